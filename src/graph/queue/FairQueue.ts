import type { Flow, Priority } from './Flow.js';

/** Something that waits. */
export interface Waiting {
  readonly flow: Flow;
  /** How much of the shared resource it will take, in any unit. */
  readonly cost: number;
}

/** People who wait get this many times what the background gets, where both want more than there is. */
export const weights: Readonly<Record<Priority, number>> = { interactive: 9, background: 1 };

/** Empty branches that are kept, for callers who come back. */
const mostIdle = 16;

/** One level of sharing. A leaf has items and no branches. */
class Branch<T extends Waiting> {
  readonly branches = new Map<string, Branch<T>>();
  readonly items: T[] = [];
  /** How many items are in it, on all levels, and their cost. */
  size = 0;
  backlog = 0;
  /** What it was given, by its weight; a branch that comes later begins with what the others have. */
  served = 0;
  /** What the branch that was served last had been given: the present of this level. */
  present = 0;

  constructor(
    readonly name: string,
    readonly weight: number,
  ) {}

  /** The branch of that name, with one more item in it. */
  grow(name: string, cost: number): Branch<T> {
    let branch = this.branches.get(name);
    if (branch === undefined) {
      branch = new Branch<T>(name, weights[name as Priority] ?? 1);
      this.branches.set(name, branch);
    }
    if (branch.size === 0) branch.served = this.present;
    branch.size += 1;
    branch.backlog += cost;
    return branch;
  }

  /** Notes that an item has left one of the branches, because it was served or not. */
  shrink(branch: Branch<T>, cost: number, isServed: boolean): void {
    branch.size -= 1;
    branch.backlog = branch.size === 0 ? 0 : branch.backlog - cost;
    if (isServed) {
      this.present = Math.max(this.present, branch.served);
      branch.served += cost / branch.weight;
    }
    if (branch.size === 0 && this.branches.size > mostIdle) this.branches.delete(branch.name);
  }

  insert(item: T): void {
    let index = this.items.length;
    while (index > 0 && (this.items[index - 1] as T).flow.order > item.flow.order) index -= 1;
    this.items.splice(index, 0, item);
  }
}

/**
 * What waits for something that all share: start-time fair queuing on every level of a flow's path (Goyal, Vin and Cheng,
 * 1996). A flow that is given less than the others comes first, so that nobody waits behind the backlog of somebody else;
 * small work is a flow of its own and does not wait behind large work.
 */
export class FairQueue<T extends Waiting> {
  private readonly root = new Branch<T>('', 1);
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(item: T): void {
    this.count += 1;
    let branch = this.root;
    for (const name of item.flow.path) branch = branch.grow(name, item.cost);
    branch.insert(item);
  }

  /** Takes out the first item, in fair order, that is accepted; of each flow only its first one is offered. */
  pop(accept: (item: T) => boolean): T | undefined {
    const item = this.count === 0 ? undefined : this.choose(this.root, accept);
    if (item !== undefined) this.take(item, true);
    return item;
  }

  /** How many items of a flow wait. */
  waitingOf(flow: Flow): number {
    return this.branchesOf(flow).at(-1)?.size ?? 0;
  }

  /** Takes out an item; false where it is not there. */
  remove(item: T): boolean {
    return this.take(item, false);
  }

  /**
   * What is done before an item of this cost is, were it to come now: what waits in its flow, and on each level of the
   * others at the most their share of the time that this takes.
   */
  ahead(flow: Flow, cost: number): number {
    const branches = this.branchesOf(flow);
    const leaf = branches.at(-1);
    return this.spread(branches, (leaf?.backlog ?? 0) + cost) - cost;
  }

  /** What waits of a flow. */
  backlogOf(flow: Flow): number {
    return this.branchesOf(flow).at(-1)?.backlog ?? 0;
  }

  /**
   * Takes out what is not to be kept, and gives it; told is what is done before each item, by what was kept so far, and how
   * much of that is of its own flow.
   */
  sift(isKept: (item: T, ahead: number, own: number) => boolean): readonly T[] {
    const removed: T[] = [];
    for (const { branches, items } of this.leaves([], this.root)) {
      let own = 0;
      for (const item of items) {
        if (isKept(item, this.spread(branches, own + item.cost) - item.cost, own)) own += item.cost;
        else removed.push(item);
      }
    }
    for (const item of removed) this.remove(item);
    return removed;
  }

  /** The last item of the flow that has the most waiting, of the background where there is any. */
  largest(): T | undefined {
    let branch = this.root;
    while (branch.items.length === 0) {
      const waiting = [...branch.branches.values()].filter(({ backlog }) => backlog > 0);
      if (waiting.length === 0) return undefined;
      branch = waiting.reduce((most, each) => (each.backlog / each.weight > most.backlog / most.weight ? each : most));
    }
    return branch.items.at(-1);
  }

  private branchesOf({ path }: Flow): readonly (Branch<T> | undefined)[] {
    const branches: (Branch<T> | undefined)[] = [this.root];
    for (const name of path) branches.push(branches.at(-1)?.branches.get(name));
    return branches;
  }

  /** While a flow is given so much, its siblings on each level are given as much by weight, if they want it. */
  private spread(branches: readonly (Branch<T> | undefined)[], own: number): number {
    let done = own;
    for (let level = branches.length - 2; level >= 0; level -= 1) {
      const parent = branches[level];
      const self = branches[level + 1];
      if (parent === undefined || parent.branches.size < 2) continue;
      const share = done / (self?.weight ?? 1);
      for (const other of parent.branches.values()) {
        if (other !== self) done += Math.min(other.backlog, share * other.weight);
      }
    }
    return done;
  }

  private *leaves(
    above: readonly Branch<T>[],
    branch: Branch<T>,
  ): Generator<{ readonly branches: readonly Branch<T>[]; readonly items: readonly T[] }> {
    const branches = [...above, branch];
    if (branch.items.length > 0) yield { branches, items: branch.items };
    for (const inner of branch.branches.values()) yield* this.leaves(branches, inner);
  }

  private choose(branch: Branch<T>, accept: (item: T) => boolean): T | undefined {
    const first = branch.items[0];
    if (first !== undefined) return accept(first) ? first : undefined;
    // Nearly always one alone has something waiting.
    let only: Branch<T> | undefined;
    let branches = 0;
    for (const inner of branch.branches.values()) {
      if (inner.size === 0) continue;
      only = inner;
      branches += 1;
    }
    if (only === undefined || branches === 1) return only && this.choose(only, accept);
    const inOrder = [...branch.branches.values()].sort((a, b) => a.served - b.served);
    for (const inner of inOrder) {
      const item = this.choose(inner, accept);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  private take(item: T, isServed: boolean): boolean {
    const branches = this.branchesOf(item.flow);
    const leaf = branches.at(-1);
    const index = leaf?.items.indexOf(item) ?? -1;
    if (leaf === undefined || index < 0) return false;
    leaf.items.splice(index, 1);
    this.count -= 1;
    for (let level = branches.length - 1; level > 0; level -= 1) {
      branches[level - 1]?.shrink(branches[level] as Branch<T>, item.cost, isServed);
    }
    return true;
  }
}
