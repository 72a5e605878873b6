import type { Held } from '../../resilience/Bag.js';

/** Who waits for the answer: people, or something that runs in the background (bulk changes, exports). */
export type Priority = 'interactive' | 'background';

/** The levels between which a fair queue shares, from the outermost inwards. */
export type FlowPath = readonly [priority: Priority, tenant: string, caller: string, size: string];

/**
 * Whose work an operation is. Operations with the same path are done in their order; the others share with them what there
 * is, fairly on each level.
 */
export class Flow implements Held {
  /** The path as one text. */
  readonly key: string;
  /** Requests that have left for Graph, or wait to. */
  requests = 0;
  /** Those of them that have left. */
  sent = 0;
  /** Graph operations that another operation had under way already. */
  shared = 0;
  place: number | undefined = undefined;

  /** @param order place among the operations of the same path: what came first ends first */
  constructor(
    readonly path: FlowPath,
    readonly order: number,
  ) {
    this.key = path.join('\n');
  }

  /** The tenant whose quota the operation uses up. */
  get tenant(): string {
    return this.path[1];
  }

  /** Whether the operation has asked Graph for anything yet. */
  get hasBegun(): boolean {
    return this.requests + this.shared > 0;
  }
}
