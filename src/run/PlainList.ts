import type { ListStep } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { listedRow } from './readPages.js';
import { Row, type ManyResult } from './Row.js';
import type { RowTypes } from './RowTypes.js';

/** What lists have in common that a step leads to, each from another parent. */
export interface PlainListKind {
  readonly step: ListStep;
  readonly types: RowTypes;
  /** The path of the lists, below the address of their parents. */
  readonly resource: string;
  /** What the lists are called in the scope of their cursors, whatever their parents. */
  readonly scope: string;
  /** Rows that are wanted of each. */
  readonly first: number;
  /** Whether more lies behind the rows. */
  readonly isFollowed: boolean;
}

/**
 * A list that is one page of Graph, from its beginning, as most are. Its rows are made when somebody asks for them. Where
 * nothing lies behind them that is when they are written, and one may stand for each of them in turn.
 */
export class PlainList implements ManyResult {
  readonly count: number;
  private made: readonly (Row | Error)[] | undefined = undefined;

  /**
   * @param address of the parent
   * @param items of the page; an Error stands for one that cannot be read
   */
  constructor(
    private readonly listKind: PlainListKind,
    private readonly parent: Row,
    private readonly address: string,
    private readonly items: readonly (JsonObject | Error)[],
  ) {
    this.count = Math.min(items.length, listKind.first);
  }

  get kind(): 'many' {
    return 'many';
  }

  get rows(): readonly (Row | Error)[] {
    return (this.made ??= this.items.slice(0, this.count).map((item) => this.rowFor(item)));
  }

  get positions(): undefined {
    return undefined;
  }

  get scope(): string {
    return `${this.address} ${this.listKind.scope}`;
  }

  get hasMore(): boolean {
    return this.items.length > this.count;
  }

  get hasPrevious(): false {
    return false;
  }

  get total(): undefined {
    return undefined;
  }

  at(index: number, spare?: Row | Error | null): Row | Error | null {
    const item = this.items[index];
    if (item === undefined || item instanceof Error) return item ?? null;
    const { isFollowed, types } = this.listKind;
    if (isFollowed || this.made !== undefined) return this.rows[index] ?? null;
    if (!types.isOne || !(spare instanceof Row)) return this.rowFor(item);
    spare.data = item;
    return spare;
  }

  private rowFor(item: JsonObject | Error): Row | Error {
    if (item instanceof Error) return item;
    const { step, types, resource } = this.listKind;
    return listedRow(step, types.typeOf(item), item, this.parent, this.address + resource);
  }
}
