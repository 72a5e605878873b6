import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import {
  connectionAt,
  connectionsBehind,
  nextCursor,
  type AnsweredConnection,
  type Found,
} from './AnsweredConnection.js';
import { addedKeys, type PagedList } from './PagedDocument.js';

type Variables = Readonly<Record<string, unknown>>;

/** Asks for the page that the variables name. */
type AskPage = (variables: Variables) => Promise<FormattedExecutionResult>;

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
