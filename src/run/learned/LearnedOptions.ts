import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock/Clock.js';
import { systemClock } from '../../clock/systemClock.js';
import { isObject } from '../objectOf.js';
import type { LearnedStore } from './LearnedStore.js';

/** What is known of an option that no page documents. */
export type Verdict = 'taken' | 'refused' | 'unknown';

/** How many items of an expanded collection are known to come whole, and how many at the most where it is cut off. */
export interface KnownLength {
  readonly complete: number;
  readonly cap: number | undefined;
}

/** A fact that was learned. */
type Fact = { readonly verdict: 'taken' | 'refused' } | KnownLength;

interface Known {
  readonly fact: Fact;
  /** In milliseconds since 1970: other replicas read it. */
  readonly until: number;
}

/** A collection that was seen to be whole. */
interface Whole {
  readonly length: number;
  /** By `Clock.now`. */
  readonly until: number;
}

/** Of how many objects it is remembered that their collections came whole. */
const mostOwners = 5_000;

/**
 * How long that is taken to tell of the next answer, in milliseconds: a collection that has grown past the cap since looks as it
 * did, where it was just as long as the cap.
 */
const staysWholeMs = 60_000;

/** How long nobody asks the store again what others have learned, in milliseconds. */
const hearAgainMs = 1_000;

const dayMs = 24 * 60 * 60 * 1000;
const unknownLength: KnownLength = { complete: 0, cap: undefined };

function isFact(value: unknown): value is Fact {
  if (!isObject(value)) return false;
  const { verdict, complete, cap } = value;
  if (verdict !== undefined) return verdict === 'taken' || verdict === 'refused';
  return typeof complete === 'number' && (cap === undefined || typeof cap === 'number');
}

/** Whether what the store holds is a fact: a replica of another version may have written it in another shape. */
function isKnown(value: unknown): value is Known {
  return isObject(value) && typeof value.until === 'number' && isFact(value.fact);
}

/** Options that were tried together and refused: from then on they are tried one by one. */
interface Group {
  refusals: number;
}

/**
 * The memory of what the service at hand takes: options that no page documents, and the caps of expanded collections that
 * no page states. Kept for a day, in this process and in the store that replicas share. Reading it costs nothing: what
 * others have learned arrives by `refresh`.
 */
export class LearnedOptions {
  private readonly known = new Map<string, Known>();
  private readonly whole = new LRUCache<string, Whole>({ max: mostOwners });
  private heardAt = -Infinity;
  private hearing: Promise<void> | undefined;
  private readonly onTrial = new Set<string>();
  private readonly groups = new Map<string, Group>();

  /** @param store what replicas share; a failure of it is as if there were none */
  constructor(
    private readonly clock: Pick<Clock, 'now' | 'date'> = systemClock,
    private readonly store?: LearnedStore,
  ) {}

  verdictOf(option: string): Verdict {
    const fact = this.factOf(option);
    return fact !== undefined && 'verdict' in fact ? fact.verdict : 'unknown';
  }

  /** Whether an option is known to be refused; what a page documents has no name here, and is not. */
  isRefused(option: string | undefined): boolean {
    return option !== undefined && this.verdictOf(option) === 'refused';
  }

  lengthOf(collection: string): KnownLength {
    const fact = this.factOf(collection);
    return fact !== undefined && 'complete' in fact ? fact : unknownLength;
  }

  /**
   * The options of a query that one read may try now: all that are unknown, or, where such a try was refused, one of them.
   * Empty where somebody else tries them at this moment. Whoever gets some has to call `record` or `release` for each.
   */
  claim(options: readonly string[]): readonly string[] {
    const unknown = options.filter((option) => this.verdictOf(option) === 'unknown');
    if (unknown.length === 0 || unknown.some((option) => this.onTrial.has(option))) return [];
    const isRefusedTogether = this.groups.has(groupOf(options));
    const tried = isRefusedTogether ? unknown.slice(0, 1) : unknown;
    for (const option of tried) this.onTrial.add(option);
    return tried;
  }

  /** Notes whether Graph took an option. */
  record(option: string, verdict: 'taken' | 'refused'): void {
    this.onTrial.delete(option);
    this.keep(option, { verdict });
  }

  /** Ends a try that has told nothing. */
  release(options: readonly string[]): void {
    for (const option of options) this.onTrial.delete(option);
  }

  /**
   * Notes that a read with these options was refused. One option alone is refused for the day; of several it is not known
   * which, so they are tried one by one, until as many tries were refused as there are options.
   *
   * @param all every option of the query
   */
  recordRefusal(tried: readonly string[], all: readonly string[]): void {
    this.release(tried);
    const key = groupOf(all);
    const group = this.groups.get(key) ?? { refusals: 0 };
    group.refusals += 1;
    this.groups.set(key, group);
    const [only] = tried;
    if (tried.length === 1 && only !== undefined) this.record(only, 'refused');
    if (group.refusals < all.length) return;
    for (const option of all) if (this.verdictOf(option) === 'unknown') this.record(option, 'refused');
  }

  /** Notes that options that were taken before are refused now: each is tried anew. */
  forget(options: readonly string[]): void {
    for (const option of options) this.known.delete(option);
  }

  /**
   * Notes that an expanded collection of this many items was whole.
   *
   * @param owner the object whose collection it was, and who saw it
   */
  recordComplete(collection: string, length: number, owner?: string): void {
    const { complete, cap } = this.lengthOf(collection);
    if (owner !== undefined)
      this.whole.set(`${collection} ${owner}`, { length, until: this.clock.now() + staysWholeMs });
    if (length > complete)
      this.keep(collection, { complete: length, cap: cap !== undefined && cap < length ? undefined : cap });
  }

  /** Whether the collection of this very object was seen to be whole at this length just now; known in this process alone. */
  wasWhole(collection: string, owner: string | undefined, length: number): boolean {
    const known = owner === undefined ? undefined : this.whole.get(`${collection} ${owner}`);
    return known !== undefined && known.length === length && known.until > this.clock.now();
  }

  /** Notes that an expanded collection is cut off after this many items. */
  recordCap(collection: string, cap: number): void {
    const { complete } = this.lengthOf(collection);
    this.keep(collection, { complete: Math.min(complete, cap - 1), cap });
  }

  /** What has been learned and is still held to be true, in the order of the names. */
  list(): readonly (readonly [name: string, fact: Fact])[] {
    return [...this.known]
      .filter(([, { until }]) => until > this.clock.date())
      .map(([name, { fact }]) => [name, fact] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The same as lines for people. */
  describe(): readonly string[] {
    return this.list().map(([name, fact]) => {
      if ('verdict' in fact) return `${name}: ${fact.verdict}`;
      return fact.cap === undefined
        ? `${name}: whole up to ${fact.complete} items`
        : `${name}: cut off after ${fact.cap} items`;
    });
  }

  /** Takes over what other replicas have learned; never rejects. */
  async refresh(): Promise<void> {
    const stored = await this.store?.load().catch(() => undefined);
    for (const [name, known] of Object.entries(stored ?? {})) {
      const own = this.known.get(name);
      if (isKnown(known) && (own === undefined || own.until < known.until)) this.known.set(name, known);
    }
  }

  /**
   * Takes over what other replicas have learned before an option is tried that is not known here; undefined where there is
   * nothing to wait for. The store is asked once in a while at the most, so that one that does not answer holds nobody up.
   */
  hearOf(options: readonly string[]): Promise<void> | undefined {
    if (this.store === undefined || options.every((option) => this.verdictOf(option) !== 'unknown')) return undefined;
    const now = this.clock.now();
    if (now - this.heardAt >= hearAgainMs) {
      this.heardAt = now;
      this.hearing = this.refresh().finally(() => (this.hearing = undefined));
    }
    return this.hearing;
  }

  private factOf(name: string): Fact | undefined {
    const known = this.known.get(name);
    if (known === undefined) return undefined;
    if (known.until > this.clock.date()) return known.fact;
    this.known.delete(name);
    this.groups.clear();
    return undefined;
  }

  private keep(name: string, fact: Fact): void {
    const known: Known = { fact, until: this.clock.date() + dayMs };
    this.known.set(name, known);
    this.store?.save(name, known).catch(() => undefined);
  }
}

function groupOf(options: readonly string[]): string {
  return options.join('\n');
}
