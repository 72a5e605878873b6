import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { CommandFailure } from '../CommandFailure.js';
import { addedKeys, type AddedFields, type PagedList } from './PagedDocument.js';

/** A connection as it was answered: items under `nodes` or `edges`, by whatever key, and what was added. */
export type AnsweredConnection = AddedFields & Readonly<Record<string, unknown>>;

type Variables = Readonly<Record<string, unknown>>;

/** Asks for the page that the variables name. */
export type AskPage = (variables: Variables) => Promise<FormattedExecutionResult>;

/** What stands behind keys, and whether a list without pages lies on the way. */
interface Found {
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

/** Adds the items of another page; `into` then stands where that page stands. */
function append(into: AnsweredConnection, page: AnsweredConnection): void {
  for (const [key, items] of Object.entries(into)) {
    if (Array.isArray(items)) items.push(...(page[key] as readonly unknown[]));
  }
  Object.assign(into, { [addedKeys.pageInfo]: page[addedKeys.pageInfo] });
}

function goesOn(name: string): GraphQLFormattedError {
  return { message: `${name} goes on after its page, and hangs below a list without pages: ask for more with first` };
}

/**
 * Reads the lists inside an answer to their ends, where their first page was not all. A further page is asked for by the
 * same document: of each list above only the one item, which stands after the cursor of the item before it.
 */
export class ListCompleter {
  readonly errors: GraphQLFormattedError[] = [];

  constructor(
    private readonly ask: AskPage,
    private readonly nameOf: (list: PagedList) => string,
  ) {}

  /**
   * Completes what hangs below one item of a connection.
   *
   * @param where the variables that lead to the page of the connection
   */
  async completeItem(above: AnsweredConnection, list: PagedList, index: number, where: Variables): Promise<void> {
    const cursor = index === 0 ? where[list.after] : above[addedKeys.cursors][index - 1]?.cursor;
    const place = { ...where, [list.first]: 1, [list.after]: cursor };
    for (const child of list.lists) {
      const [wrapper = '', ...keys] = child.keys.slice(list.keys.length);
      const items = above[wrapper] as readonly unknown[] | undefined;
      for (const found of connectionsBehind(items?.[index], keys)) await this.complete(found, child, place);
    }
  }

  /** Completes a connection, and everything below it. */
  async complete({ connection, isListed }: Found, list: PagedList, place: Variables): Promise<void> {
    const where = { ...place, [list.after]: list.given.after };
    if (!isListed) await this.readOn(connection, list, where);
    else if (connection[addedKeys.pageInfo].hasNextPage) this.errors.push(goesOn(this.nameOf(list)));
    for (const index of connection[addedKeys.cursors].keys()) await this.completeItem(connection, list, index, where);
  }

  private async readOn(connection: AnsweredConnection, list: PagedList, where: Variables): Promise<void> {
    let cursor = nextCursor(connection, where[list.after]);
    while (cursor !== undefined) {
      const { data, errors = [] } = await this.ask({ ...where, [list.after]: cursor });
      this.errors.push(...errors);
      const page = connectionAt(data, list);
      if (page === undefined) return;
      append(connection, page);
      cursor = nextCursor(page, cursor);
    }
  }
}
