import { CommandFailure } from '../CommandFailure.js';
import { addedKeys, type AddedFields, type PagedList } from './PagedDocument.js';

/** A connection as it was answered: items under `nodes` or `edges`, by whatever key, and what was added. */
export type AnsweredConnection = AddedFields & Readonly<Record<string, unknown>>;

/** What stands behind keys, and whether a list without pages lies on the way. */
export interface Found {
  readonly connection: AnsweredConnection;
  readonly isListed: boolean;
}

/** Every connection behind keys of an answer, or of a part of it. */
export function* connectionsBehind(value: unknown, keys: readonly string[], isListed = false): Generator<Found> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* connectionsBehind(item, keys, true);
    return;
  }
  const [key, ...others] = keys;
  if (key === undefined) yield { connection: value as AnsweredConnection, isListed };
  else yield* connectionsBehind((value as Record<string, unknown>)[key], others, isListed);
}

/** Those of some lists, and of the lists inside them, that go on after their page. */
export function listsGoingOn(data: unknown, lists: readonly PagedList[]): readonly PagedList[] {
  const goesOn = ({ connection }: Found): boolean => connection[addedKeys.pageInfo].hasNextPage;
  return lists.flatMap((list) => [
    ...([...connectionsBehind(data, list.keys)].some(goesOn) ? [list] : []),
    ...listsGoingOn(data, list.lists),
  ]);
}

/** The first connection behind keys. */
export function connectionAt(data: unknown, { keys }: PagedList): AnsweredConnection | undefined {
  const [found] = connectionsBehind(data, keys);
  return found?.connection;
}

/** The cursor after which a list goes on; undefined at its end. Raises a CommandFailure where it leads nowhere. */
export function nextCursor({ [addedKeys.pageInfo]: page }: AnsweredConnection, last: unknown): string | undefined {
  if (!page.hasNextPage) return undefined;
  if (page.endCursor !== null && page.endCursor !== last) return page.endCursor;
  throw new CommandFailure('a list says that it goes on, and not where', 3);
}
