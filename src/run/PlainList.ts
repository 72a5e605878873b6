import type { ListStep } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { listedRow } from './readPages.js';
import type { ManyResult, Row } from './Row.js';

/**
 * A list that is one page of Graph, from its beginning, as most are. Its rows are made when somebody asks for them: where
 * nothing lies behind them that is when they are written, and they outlive no collection of garbage before.
 */
export class PlainList implements ManyResult {
  private made: readonly (Row | Error)[] | undefined = undefined;

  /**
   * @param address of the parent
   * @param resource the list's path, below that
   * @param items those that are wanted; an Error stands for one that cannot be read
   * @param listScope what the list is called in the scope of its cursors, whatever its parent
   */
  constructor(
    private readonly step: ListStep,
    private readonly parent: Row,
    private readonly address: string,
    private readonly resource: string,
    private readonly items: readonly (JsonObject | Error)[],
    private readonly listScope: string,
    readonly hasMore: boolean,
  ) {}

  get kind(): 'many' {
    return 'many';
  }

  get rows(): readonly (Row | Error)[] {
    return (this.made ??= this.makeRows());
  }

  get positions(): undefined {
    return undefined;
  }

  get scope(): string {
    return `${this.address} ${this.listScope}`;
  }

  get hasPrevious(): false {
    return false;
  }

  get total(): undefined {
    return undefined;
  }

  private makeRows(): readonly (Row | Error)[] {
    const place = this.address + this.resource;
    return this.items.map((item) => (item instanceof Error ? item : listedRow(this.step, item, this.parent, place)));
  }
}
