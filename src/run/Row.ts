import type { JsonObject } from '../mapping/mappingTypes.js';
import { addressIn } from '../odata/addressIn.js';

/** A value, or a promise of one: most of what rows need has come with them, and a promise for each would be most of the work. */
export type PromiseOrValue<T> = Promise<T> | T;

const noData: JsonObject = {};

/**
 * One object, with what was found at the other end of its relations: the result of a step that leads to it. One that a list
 * lends (`ManyResult.at`), or that stands for one item after another, is written anew for each.
 */
export class Row implements OneResult {
  /** The result of the step of slot 0: hardly any row has more than one. */
  private first: StepResult | undefined = undefined;
  /** The results of the other steps, by their slot less one. */
  private others: StepResult[] | undefined = undefined;

  constructor(
    /** GraphQL type. */
    readonly type: string,
    /** Path under which the object can be read again; undefined where it has none, or where `collection` tells it. */
    private readonly fixedAddress: string | undefined,
    /** The object that this one was reached from. */
    readonly parent: Row | undefined,
    /** Properties as Graph sent them; those that have to be read by themselves come while its relations are read. */
    public data: JsonObject = noData,
    /** Why properties that `data` lacks could not be had. */
    public failure: Error | undefined = undefined,
    /** Path of the collection that the object can be read under by its id: most addresses are never asked for. */
    private readonly collection: string | undefined = undefined,
  ) {}

  /** Path under which the object can be read again; undefined where it has none. */
  get address(): string | undefined {
    return this.collection === undefined ? this.fixedAddress : addressIn(this.collection, this.data);
  }

  get kind(): 'one' {
    return 'one';
  }

  get row(): this {
    return this;
  }

  get notFound(): false {
    return false;
  }

  /** The result of the step of this slot; undefined where nobody asked. */
  resultOf(slot: number): StepResult | undefined {
    return slot === 0 ? this.first : this.others?.[slot - 1];
  }

  /** Notes the result of the step of this slot. */
  keep(slot: number, result: StepResult): void {
    if (slot === 0) this.first = result;
    else {
      // Room for a few: an empty array makes room for seventeen with its first element.
      this.others ??= new Array<StepResult>(Math.max(slot, 3));
      this.others[slot - 1] = result;
    }
  }

  /** The same object with other properties, and with what was found already. */
  withDataAndResults(data: JsonObject): Row {
    const row = new Row(this.type, this.fixedAddress, this.parent, data, this.failure, this.collection);
    row.first = this.first;
    row.others = this.others;
    return row;
  }
}

/** The result of a step. An Error nulls this relation and nothing else. */
export type StepResult = OneResult | ManyResult | Error;

/** At most one object: a Row, or that there is none. */
export interface OneResult {
  readonly kind: 'one';
  readonly row: Row | null;
  /** Graph answered 404. */
  readonly notFound: boolean;
}

/** Nothing at the other end: Graph answered 404, or has nothing of that key. */
export const absent: OneResult = { kind: 'one', row: null, notFound: true };

/** Nothing at the other end, of an object that is there. */
export const none: OneResult = { kind: 'one', row: null, notFound: false };

/** A list, or as much of it as was wanted. */
export interface ManyResult {
  readonly kind: 'many';
  /** Null stands for an id that Graph does not know, an Error for an item that cannot be read. */
  readonly rows: readonly (Row | null | Error)[];
  /** How many rows there are. */
  readonly count: number;
  /** The place of each row in Graph's pages; undefined where the rows are the beginning of one page. */
  readonly positions: PositionsOfRows | undefined;
  /** The list that a cursor into it is bound to. */
  readonly scope: string;
  /** Whether more rows follow the last one. */
  readonly hasMore: boolean;
  readonly hasPrevious: boolean;
  /** The count of the whole list, or why it is not known; undefined where nobody asked. */
  readonly total: number | Error | undefined;
  /**
   * The row at an index, which is not to be kept.
   *
   * @param spare what the list gave before to whoever asks, and who is done with it: it may stand for the row
   */
  at(index: number, spare?: Row | null | Error): Row | null | Error;
}

/** A list whose rows are there. */
export class RowList implements ManyResult {
  readonly positions: PositionsOfRows | undefined;
  readonly scope: string;
  readonly hasMore: boolean;
  readonly hasPrevious: boolean;
  readonly total: number | Error | undefined;

  /** @param about what is not said is that of a list that is whole and has no cursors */
  constructor(
    readonly rows: ManyResult['rows'],
    about: Partial<Pick<ManyResult, 'positions' | 'scope' | 'hasMore' | 'hasPrevious' | 'total'>> = {},
  ) {
    this.positions = about.positions;
    this.scope = about.scope ?? '';
    this.hasMore = about.hasMore ?? false;
    this.hasPrevious = about.hasPrevious ?? false;
    this.total = about.total;
  }

  get kind(): 'many' {
    return 'many';
  }

  get count(): number {
    return this.rows.length;
  }

  at(index: number): Row | null | Error {
    return this.rows[index] ?? null;
  }
}

/** Where rows stand, by their index. */
export interface PositionsOfRows {
  at(row: number): Position | undefined;
}

/** A list without any rows. */
export const emptyList = new RowList([], { total: 0 });

/** Where a row stands. */
export interface Position {
  /** Which of the list's requests. */
  readonly source: number;
  /** Path and query of the page; the empty text for the first page. */
  readonly page: string;
  readonly index: number;
  /** How many items of the request stand before it. */
  readonly ordinal: number;
  /** Whether the page belongs to an advanced query, which wants its header on every page. */
  readonly eventual: boolean;
  /** What the page's link carries, by `describeFields`; the empty text on a first page. */
  readonly fields: string;
}

/** The place of an item on a first page. */
export function onFirstPage(index: number): Position {
  return { source: 0, page: '', index, ordinal: index, eventual: false, fields: '' };
}
