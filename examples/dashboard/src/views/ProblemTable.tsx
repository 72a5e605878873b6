import type { ReactNode } from 'react';
import { Badge } from '../parts/Badge';
import { Moment } from '../parts/Moment';
import { Table, type Column } from '../parts/Table';
import type { Person, Problem } from '../problems';

/** What can be done about the problems of a table. */
export interface ProblemActions {
  readonly selected: ReadonlySet<string>;
  /** Ids of people whose rights were worked out again since the page was opened. */
  readonly reprocessed: ReadonlySet<string>;
  readonly select: (people: ReadonlySet<string>) => void;
  readonly reprocess: (people: readonly Person[]) => void;
}

interface ProblemTableProps {
  readonly problems: readonly Problem[];
  readonly caption: string;
  readonly actions?: ProblemActions;
}

const columns: readonly Column[] = [
  { title: 'Who' },
  { title: 'Product' },
  { title: 'What is wrong' },
  { title: 'Since' },
];

function SelectAll({ problems, actions }: { readonly problems: readonly Problem[]; readonly actions: ProblemActions }) {
  const ids = problems.flatMap(({ person }) => person?.id ?? []);
  const isAll = ids.length > 0 && ids.every((id) => actions.selected.has(id));
  return (
    <input
      type="checkbox"
      aria-label="Select everybody"
      checked={isAll}
      onChange={() => actions.select(new Set(isAll ? [] : ids))}
    />
  );
}

function SelectOne({ person, actions }: { readonly person: Person; readonly actions: ProblemActions }): ReactNode {
  const { selected, select } = actions;
  const isSelected = selected.has(person.id);
  const others = [...selected].filter((id) => id !== person.id);
  return (
    <input
      type="checkbox"
      aria-label={`Select ${person.name}`}
      checked={isSelected}
      onChange={() => select(new Set(isSelected ? others : [...others, person.id]))}
    />
  );
}

function Row({
  problem,
  actions,
}: {
  readonly problem: Problem;
  readonly actions: ProblemActions | undefined;
}): ReactNode {
  const { who, person, product, code, meaning, message, since } = problem;
  return (
    <tr>
      {actions && <td className="tick">{person && <SelectOne person={person} actions={actions} />}</td>}
      <th scope="row">{who}</th>
      <td>{product}</td>
      <td className="stacked wide">
        <span>
          {meaning ?? code} {meaning && <code>{code}</code>}
        </span>
        <small className="muted">{message}</small>
      </td>
      <td className="stacked">
        <Moment moment={since} />
      </td>
      {actions && (
        <td className="stacked">
          {person && (
            <button type="button" aria-label={`Reprocess ${who}`} onClick={() => actions.reprocess([person])}>
              Reprocess
            </button>
          )}
          {person && actions.reprocessed.has(person.id) && <Badge tone="accent">Reprocessed</Badge>}
        </td>
      )}
    </tr>
  );
}

/** Problems, with what can be done about them where that is wanted. */
export function ProblemTable({ problems, caption, actions }: ProblemTableProps): ReactNode {
  const withActions = (shown: ProblemActions): readonly Column[] => [
    { title: <SelectAll problems={problems} actions={shown} /> },
    ...columns,
    { title: <span className="hidden">Actions</span> },
  ];
  return (
    <Table caption={caption} columns={actions ? withActions(actions) : columns}>
      {problems.map((problem) => (
        <Row key={problem.id} problem={problem} actions={actions} />
      ))}
    </Table>
  );
}
