import type { ReactNode } from 'react';

/** What a badge says beside its words; colour never says it alone. */
export type Tone = 'neutral' | 'good' | 'caution' | 'danger' | 'accent';

/** A word or two about the state of something. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={`badge ${tone}`}>{children}</span>;
}
