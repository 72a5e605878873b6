import type { WriteOutcome } from '../generated/resolversTypes.js';
import type { WriteResult } from './WriteResult.js';

interface WithId {
  readonly id: string;
}

/** The results of one change, as they come in, by the objects that they are about. */
export class Results<Outcome extends string = WriteOutcome> {
  private readonly results = new Map<WithId, WriteResult<Outcome>>();

  set(item: WithId, result: WriteResult<Outcome>): void {
    this.results.set(item, result);
  }

  has(item: WithId): boolean {
    return this.results.has(item);
  }

  /** Throws where there is none yet. */
  of(item: WithId): WriteResult<Outcome> {
    const result = this.results.get(item);
    if (result === undefined) throw new TypeError(`The change of ${item.id} came back without a result.`);
    return result;
  }

  /** One for each, by position. Throws where one is missing. */
  inOrder(items: readonly WithId[]): readonly WriteResult<Outcome>[] {
    return items.map((item) => this.of(item));
  }
}
