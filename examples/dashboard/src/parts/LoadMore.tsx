import { useState, type ReactNode } from 'react';

interface LoadMoreProps {
  /** What is loaded, such as "people". */
  readonly what: string;
  load(): Promise<unknown>;
}

/** A button for the next page of a list; says so where it cannot be had. */
export function LoadMore({ what, load }: LoadMoreProps): ReactNode {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const start = (): void => {
    setState('loading');
    load().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <p className="more">
      <button type="button" onClick={start} disabled={state === 'loading'}>
        {state === 'loading' ? `Loading more ${what}…` : `Load more ${what}`}
      </button>
      {state === 'failed' && <span role="alert"> The next page could not be read.</span>}
    </p>
  );
}
