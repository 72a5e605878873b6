import { useSyncExternalStore } from 'react';

/** The views, in the order of the navigation. */
export const routes = ['overview', 'renewals', 'waiting', 'problems', 'people'] as const;

/** One of the views. */
export type Route = (typeof routes)[number];

function readRoute(): Route {
  const name = location.hash.replace(/^#\/?/, '');
  return routes.find((route) => route === name) ?? 'overview';
}

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

/** The view that the address names behind `#/`; the overview where it names none. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, readRoute);
}
