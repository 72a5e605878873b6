import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isPrefix, type AnswerPath } from './AnswerPath.js';
import { askPatiently, type Asking, type Question } from './askPatiently.js';
import {
  connectionAt,
  connectionsBehind,
  listsGoingOn,
  nextCursor,
  type AnsweredConnection,
} from './AnsweredConnection.js';
import { findMissing } from './findMissing.js';
import { ListCompleter } from './ListCompleter.js';
import { addedKeys, type PagedDocument, type PagedList } from './PagedDocument.js';
import { objectOf, placesOfRow, rowsIn, type Row, type RowList } from './RowList.js';

/** A part of the rows. */
export interface RowPage {
  /** Items of the followed list that the page has. */
  readonly items: number;
  /** The rows that no error has touched. */
  readonly rows: readonly Row[];
  /** How many rows were left out, because something in them could not be read. */
  readonly leftOut: number;
  readonly errors: readonly GraphQLFormattedError[];
  /** What is not there on the way to the rows, without an error. */
  readonly missing: readonly string[];
  /** Where the next page begins; undefined where this is the last one. */
  readonly cursor: string | undefined;
}

/** What to read. */
export interface RowSource {
  readonly document: PagedDocument;
  readonly rowList: RowList;
  /** The outermost list above the rows, which is read page by page; undefined where there is none. */
  readonly followed: PagedList | undefined;
  /** Asks how many items the followed list has; undefined where Graph cannot count it. */
  readonly count: Question | undefined;
  /** How people call a list. */
  readonly nameOf: (list: PagedList) => string;
}

/** What Graph serves at the most. */
const largestPage = 999;

/** The places that a row is made of: its own, and those of the columns above it. */
function placesOf(row: Row, { above, again }: RowList): readonly AnswerPath[] {
  return [...placesOfRow(row, again), ...above.map((column) => [...objectOf(row, column).path, ...column.keys])];
}

/** Whether an error lies in one of some places, or has taken something with it that one of them hangs from. */
function touches({ path }: GraphQLFormattedError, places: readonly AnswerPath[]): boolean {
  return path !== undefined && places.some((place) => isPrefix(place, path) || isPrefix(path, place));
}

/** The rows that no error has touched. */
function wholeRows(rows: readonly Row[], rowList: RowList, errors: readonly GraphQLFormattedError[]): readonly Row[] {
  if (errors.length === 0) return rows;
  return rows.filter((row) => {
    const places = placesOf(row, rowList);
    return !errors.some((error) => touches(error, places));
  });
}

/** A smaller page, where this one was too much to ask for, or took too long; undefined where that is not the trouble. */
function smallerSize({ errors = [] }: FormattedExecutionResult, size: number): number | undefined {
  if (size === 1) return undefined;
  for (const { extensions: { code, cost, max } = {} } of errors) {
    if (code === 'QUERY_TOO_COMPLEX' && typeof cost === 'number' && typeof max === 'number') {
      return Math.max(1, Math.min(size - 1, Math.floor((size * max) / cost)));
    }
    if (code === 'UPSTREAM_TIMEOUT') return Math.ceil(size / 4);
  }
  return undefined;
}

/** Reads rows page by page. */
export class RowReader {
  private size: number;

  constructor(
    private readonly asking: Asking,
    private readonly source: RowSource,
  ) {
    this.size = source.followed?.given.first ?? largestPage;
  }

  /** The page that the document itself asks for, the answer it is made of, and the names of the lists that go on after it. */
  async readPage(): Promise<RowPage & { readonly data: unknown; readonly goingOn: readonly string[] }> {
    const { document, nameOf } = this.source;
    const result = await this.ask(document.variables);
    const goingOn = listsGoingOn(result.data, document.lists).map(nameOf);
    return { ...this.toPage(result, result.errors ?? [], undefined), data: result.data, goingOn };
  }

  /**
   * All rows, page after page, each list inside them to its end. Ends early, with errors, where the list of the rows cannot
   * be read.
   *
   * @param after where to begin; undefined: where the document says
   */
  async *readAll(after: string | undefined): AsyncGenerator<RowPage> {
    const { followed, document } = this.source;
    if (followed === undefined) {
      const result = await this.ask(document.variables);
      yield this.toPage(result, await this.completeWhole(result), undefined);
      return;
    }
    let cursor: string | null | undefined = after ?? followed.given.after;
    while (cursor !== undefined) {
      const { result, variables } = await this.askFollowed(followed, cursor);
      const connection = connectionAt(result.data, followed);
      const errors =
        connection === undefined
          ? (result.errors ?? [])
          : await this.completeItems(result, connection, followed, variables);
      cursor = connection === undefined ? undefined : nextCursor(connection, cursor);
      yield { ...this.toPage(result, errors, cursor), items: connection?.[addedKeys.cursors].length ?? 0 };
    }
  }

  /** How many items the followed list has; undefined where it cannot be read, which does no harm. */
  async readTotal(): Promise<number | undefined> {
    const { count, followed } = this.source;
    if (count === undefined || followed === undefined) return undefined;
    const { data } = await askPatiently(this.asking, count);
    const connection = connectionAt(data, followed);
    return typeof connection?.totalCount === 'number' ? connection.totalCount : undefined;
  }

  private ask(variables: Question['variables']): Promise<FormattedExecutionResult> {
    const { source } = this.source.document;
    return askPatiently(this.asking, { source, variables });
  }

  /** Asks for a page of the followed list, and for a smaller one where it is too large: all of them are read anyway. */
  private async askFollowed({ first, after }: PagedList, cursor: string | null) {
    for (;;) {
      const variables = { ...this.source.document.variables, [first]: this.size, [after]: cursor };
      const result = await this.ask(variables);
      const smaller = smallerSize(result, this.size);
      if (smaller === undefined || this.asking.signal.aborted) return { result, variables };
      this.size = smaller;
    }
  }

  /** Completes what hangs below each item of a page, and gives all errors, each with the place of its item. */
  private async completeItems(
    { errors = [] }: FormattedExecutionResult,
    connection: AnsweredConnection,
    list: PagedList,
    variables: Question['variables'],
  ): Promise<readonly GraphQLFormattedError[]> {
    const all = [...errors];
    const [wrapper = ''] = this.source.rowList.keys.slice(list.keys.length);
    for (const index of connection[addedKeys.cursors].keys()) {
      const completer = new ListCompleter((page) => this.ask(page), this.source.nameOf);
      await completer.completeItem(connection, list, index, variables);
      all.push(...completer.errors.map((error) => ({ ...error, path: [...list.keys, wrapper, index] })));
    }
    return all;
  }

  private async completeWhole({
    data,
    errors = [],
  }: FormattedExecutionResult): Promise<readonly GraphQLFormattedError[]> {
    const { document } = this.source;
    const completer = new ListCompleter((page) => this.ask(page), this.source.nameOf);
    for (const list of document.lists) {
      for (const found of connectionsBehind(data, list.keys)) await completer.complete(found, list, document.variables);
    }
    return [...errors, ...completer.errors];
  }

  private toPage(
    { data }: FormattedExecutionResult,
    errors: readonly GraphQLFormattedError[],
    cursor: string | undefined,
  ): RowPage {
    const { rowList } = this.source;
    const found = [...rowsIn(data, rowList)];
    const rows = wholeRows(found, rowList, errors);
    const missing = findMissing(data, rowList.keys, errors);
    return { items: 0, rows, leftOut: found.length - rows.length, errors, missing, cursor };
  }
}
