import type { ErrorLike } from '@apollo/client';
import { useState, type ReactNode } from 'react';
import { readErrors, type PartError } from '../partErrors';

interface LoadMoreProps {
  /** What is loaded, such as "people". */
  readonly what: string;
  /**
   * Asks for the next page; rejects or resolves to an error where it cannot be read. Of a page that can be read in part,
   * `fetchMore` keeps that part only where it is told `errorPolicy: 'all'`: it does not heed the default of the client.
   */
  readonly load: () => Promise<{ readonly error?: ErrorLike | undefined }>;
}

/** A button for the next page of a list; says so where it cannot be read. */
export function LoadMore({ what, load }: LoadMoreProps): ReactNode {
  const [isLoading, setLoading] = useState(false);
  const [errors, setErrors] = useState<readonly PartError[]>([]);
  const start = async (): Promise<void> => {
    setLoading(true);
    const error = await load().then(
      (answer) => answer.error,
      (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
    );
    setErrors(readErrors(error));
    setLoading(false);
  };
  return (
    <div className="more">
      <button type="button" onClick={() => void start()} disabled={isLoading}>
        {isLoading ? `Loading more ${what}…` : `Load more ${what}`}
      </button>
      <span role="alert">
        {errors.map(({ code, message }) => (
          <span key={`${code} ${message}`}>
            {' '}
            <code>{code}</code> {message}
          </span>
        ))}
      </span>
    </div>
  );
}
