import { useId, type ReactNode } from 'react';
import type { PartError } from '../partErrors';
import { ErrorNotice } from './ErrorNotice';

interface PanelProps {
  readonly title: string;
  /** What the heading says beside the title, such as a link to the whole list. */
  readonly aside?: ReactNode;
  readonly errors?: readonly PartError[];
  readonly isLoading?: boolean;
  /** Undefined while nothing is known: the panel then shows that it loads, or why it could not. */
  readonly children: ReactNode;
  readonly onRetry?: () => void;
}

function Skeleton(): ReactNode {
  return (
    <div className="skeleton" role="status">
      <span className="hidden">Loading</span>
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      <i aria-hidden="true" />
    </div>
  );
}

/** A part of the page that loads, fails and is shown by itself: its errors stand above what could be read. */
export function Panel({ title, aside, errors = [], isLoading = false, children, onRetry }: PanelProps): ReactNode {
  const id = useId();
  const isWaiting = isLoading && children === undefined && errors.length === 0;
  return (
    <section className="panel" aria-labelledby={id} aria-busy={isLoading}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {errors.length > 0 && (
        <ErrorNotice errors={errors} isPartial={children !== undefined} {...(onRetry && { onRetry })} />
      )}
      {isWaiting ? <Skeleton /> : children}
    </section>
  );
}
