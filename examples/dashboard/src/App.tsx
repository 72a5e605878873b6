import { useReactiveVar } from '@apollo/client/react';
import { useEffect, useRef, type ReactNode } from 'react';
import { lastCost } from './queryCost';
import { useDashboard, type Dashboard } from './useDashboard';
import { routes, useRoute, type Route } from './useRoute';
import { Overview } from './views/Overview';
import { People } from './views/People';
import { Problems } from './views/Problems';
import { Renewals } from './views/Renewals';
import { Waiting } from './views/Waiting';

const titles: Readonly<Record<Route, string>> = {
  overview: 'Overview',
  renewals: 'Renewals',
  waiting: 'Who waits',
  problems: 'Problems',
  people: 'People',
};

function View({ route, dashboard }: { readonly route: Route; readonly dashboard: Dashboard }): ReactNode {
  switch (route) {
    case 'overview':
      return <Overview dashboard={dashboard} />;
    case 'renewals':
      return <Renewals dashboard={dashboard} />;
    case 'waiting':
      return <Waiting dashboard={dashboard} />;
    case 'problems':
      return <Problems dashboard={dashboard} />;
    case 'people':
      return <People />;
  }
}

function Navigation({ current }: { readonly current: Route }): ReactNode {
  return (
    <nav aria-label="Views">
      {routes.map((route) => (
        <a key={route} href={`#/${route}`} aria-current={route === current ? 'page' : undefined}>
          {titles[route]}
        </a>
      ))}
    </nav>
  );
}

/** What the gateway said that the last query cost. */
function Cost(): ReactNode {
  const cost = useReactiveVar(lastCost);
  if (cost === null) return null;
  const { name, operations, waves } = cost;
  return (
    <p>
      Last query: <code>{name}</code>, {operations} {operations === 1 ? 'call' : 'calls'} of Microsoft Graph in {waves}{' '}
      {waves === 1 ? 'round trip' : 'round trips'}
    </p>
  );
}

/** The page: a head with the views, the view that the address names, and a foot. */
export function App(): ReactNode {
  const route = useRoute();
  const dashboard = useDashboard();
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${titles[route]} – Licences`;
    // Whoever moves by keyboard, or hears the page, goes on at the new view; the first one is left as the browser has it.
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [route]);
  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          heading.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header className="head">
        <p className="brand">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <rect width="16" height="16" rx="4" />
            <path d="M4 11V8m4 3V5m4 6V7" />
          </svg>
          Licences
        </p>
        <Navigation current={route} />
      </header>
      <main id="main">
        <div className="title">
          <h1 ref={heading} tabIndex={-1}>
            {titles[route]}
          </h1>
          {route !== 'people' && (
            <button type="button" disabled={dashboard.isLoading} onClick={() => void dashboard.refresh()}>
              {dashboard.isLoading ? 'Loading…' : 'Refresh'}
            </button>
          )}
        </div>
        <View route={route} dashboard={dashboard} />
      </main>
      <footer className="foot">
        <Cost />
      </footer>
    </>
  );
}
