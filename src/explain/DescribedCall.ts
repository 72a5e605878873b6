import type { BoundRead } from '../bind/BoundOperation.js';
import type { ObjectRead } from '../odata/combineObjectReads.js';
import { printOnce } from '../odata/printOnce.js';
import type { Place } from './Place.js';

/** One kind of call. */
export interface DescribedCall {
  /** The round trip that it leaves with, from 1. */
  readonly wave: number;
  readonly method: 'GET' | 'POST';
  /** Path and query; `{User}` stands for the path of an object that is not known before the call is made. */
  readonly path: string;
  /** The relation that the call is made for. */
  readonly name: string;
  /** How many such calls there are at the most, one for each object that it starts from. */
  readonly count: number;
  /** Whether that rests on a list without a page size, whose length is assumed: then there may be more. Undefined if not. */
  readonly isAssumed: true | undefined;
  /** How many objects it brings at the most, over all calls. */
  readonly objects: number;
  /** The object that it is repeated for; undefined where it is made once. */
  readonly forEach: string | undefined;
  /** When it is sent, if not in any case: an expansion that was cut off, say. Not a part of what an operation costs. */
  readonly onlyIf: string | undefined;
  /** What it becomes where Graph takes options that no page documents. */
  readonly learned: LearnedCall | undefined;
}

/** A kind of call with what all such calls cost together, in Graph's resource units. */
export interface PricedCall extends DescribedCall {
  readonly units: number;
}

/** A call with options that no page documents. */
export interface LearnedCall {
  readonly path: string;
  /** Relations that need no calls of their own then. */
  readonly spares: readonly string[];
}

/** A list without a page size is assumed to hold this many objects. */
export const assumedListSize = 10;

/** A read of directory objects, for a relation. */
export interface ObjectsRead extends ObjectRead {
  readonly wave: number;
  readonly name: string;
}

/** Readable text for people; what is sent stays encoded. */
export function readable(query: string): string {
  return query.replace(/%20/g, ' ').replace(/%22/g, '"').replace(/%3A/g, ':');
}

/** A GET. The limit on cost asks for no text, so its path is made when somebody reads it. */
export class Read implements DescribedCall {
  readonly method = 'GET';
  readonly wave: number;
  readonly count: number;
  readonly isAssumed: true | undefined;
  readonly objects: number;
  readonly forEach: string | undefined;

  constructor(
    private readonly place: Place,
    readonly name: string,
    private readonly text: string | (() => string),
    size: number,
    readonly onlyIf: string | undefined,
    readonly learned: LearnedCall | undefined,
  ) {
    this.wave = place.wave;
    this.count = place.count;
    this.isAssumed = place.isAssumed || undefined;
    this.objects = place.count * size;
    this.forEach = place.forEach;
  }

  get path(): string {
    return this.place.address + (typeof this.text === 'string' ? this.text : this.text());
  }
}

/** The same read with options that no page documents, its path made when somebody reads it. */
export class LearnedRead implements LearnedCall {
  constructor(
    private readonly place: Place,
    private readonly read: BoundRead,
    readonly spares: readonly string[],
  ) {}

  get path(): string {
    return this.place.address + this.read.resource + readable(printOnce(this.read.query));
  }
}
