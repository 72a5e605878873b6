import type { ReactNode } from 'react';
import type { PartError } from '../partErrors';

interface ErrorNoticeProps {
  readonly errors: readonly PartError[];
  /** Whether something is shown all the same, which then is not all there is. */
  readonly isPartial: boolean;
  readonly onRetry?: () => void;
}

/** Each error once, with how often it came. */
function distinct(errors: readonly PartError[]): readonly (PartError & { readonly count: number })[] {
  const found = new Map<string, PartError & { readonly count: number }>();
  for (const error of errors) {
    const key = `${error.code} ${error.message}`;
    found.set(key, { ...error, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/** What could not be read, in the words of the gateway and with the code to ask about. */
export function ErrorNotice({ errors, isPartial, onRetry }: ErrorNoticeProps): ReactNode {
  return (
    <div className="notice danger" role="alert">
      <p>
        <strong>{isPartial ? 'This is not everything: a part could not be read.' : 'This could not be read.'}</strong>
      </p>
      <ul>
        {distinct(errors).map(({ code, message, count }) => (
          <li key={`${code} ${message}`}>
            <code>{code}</code> {message}
            {count > 1 && ` (${count} times)`}
          </li>
        ))}
      </ul>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
      {errors.every(({ isRetryable }) => !isRetryable) && (
        <p className="muted">Trying again alone will not help: somebody has to mend what the message names.</p>
      )}
    </div>
  );
}
