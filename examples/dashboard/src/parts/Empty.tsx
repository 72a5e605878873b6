import type { ReactNode } from 'react';

/** What a list says that is known to be empty. */
export function Empty({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="empty">{children}</p>;
}
