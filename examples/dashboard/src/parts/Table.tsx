import type { ReactNode } from 'react';

/** A heading of a column; `isNumber` sets its column flush right. */
export interface Column {
  readonly title: ReactNode;
  readonly isNumber?: boolean;
}

interface TableProps {
  /** What the table shows, for those who hear it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}

/** A table that scrolls sideways in itself where the screen is narrow, with the keyboard too. */
export function Table({ caption, columns, children }: TableProps): ReactNode {
  return (
    <div className="scroll" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber = false }, index) => (
              <th key={index} scope="col" className={isNumber ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
