import { Device } from '../mapping/Device.js';
import { maxIdsPerCall } from '../mapping/graphPaths.js';
import { Group } from '../mapping/Group.js';
import { User } from '../mapping/User.js';
import { chunk } from './chunk.js';
import { printGetByIds } from './printGetByIds.js';

/** Users, groups or devices that are wanted by their ids. */
export interface ObjectRead {
  /** Path of the collection, such as `/users`. */
  readonly collection: string;
  /** Each a path segment: a GUID, in lower case; each once. */
  readonly ids: readonly string[];
  readonly select: readonly string[];
}

/** One getByIds call in place of several single reads. */
export interface CombinedRead {
  readonly collection: string;
  readonly path: string;
  readonly body: { readonly ids: readonly string[]; readonly types: readonly string[] };
}

/** One object that is read by itself. */
export interface SingleRead {
  readonly collection: string;
  readonly id: string;
  readonly select: readonly string[];
}

/** What getByIds calls the objects of a collection. */
const typeOfCollection: ReadonlyMap<string | undefined, string> = new Map([
  [User.collection, 'user'],
  [Group.collection, 'group'],
  [Device.collection, 'device'],
]);

/** What stands in any of the lists, each once. */
function unionOf(lists: readonly (readonly string[])[]): readonly string[] {
  const [only] = lists;
  return lists.length === 1 && only !== undefined ? only : [...new Set(lists.flat())];
}

/** Reads of one collection as a single one, which asks for all that any of them wants. */
function gather(reads: readonly ObjectRead[]): readonly ObjectRead[] {
  const byCollection = new Map<string, ObjectRead[]>();
  for (const read of reads) {
    const known = byCollection.get(read.collection);
    if (known === undefined) byCollection.set(read.collection, [read]);
    else known.push(read);
  }
  return [...byCollection].map(([collection, some]) => ({
    collection,
    ids: unionOf(some.map(({ ids }) => ids)),
    select: unionOf(some.map(({ select }) => select)),
  }));
}

function combine({ collection, ids, select }: ObjectRead, type: string): readonly CombinedRead[] {
  const path = printGetByIds(unionOf([['id'], select]));
  return chunk(ids, maxIdsPerCall).map((some) => ({ collection, path, body: { ids: some, types: [type] } }));
}

/** Each object by itself, with the properties that any of its reads wants. */
export function readSingly(reads: readonly ObjectRead[]): readonly SingleRead[] {
  return gather(reads).flatMap(({ collection, ids, select }) =>
    ids.map((id): SingleRead => ({ collection, id, select })),
  );
}

/**
 * Reads of two and more objects of one type become getByIds calls of up to 1,000 ids, one operation instead of many;
 * a lone one stays a plain GET, which needs less permission (directoryobject-getbyids). Each object is read once.
 */
export function combineObjectReads(reads: readonly ObjectRead[]): {
  readonly singles: readonly SingleRead[];
  readonly combined: readonly CombinedRead[];
} {
  const singles: SingleRead[] = [];
  const combined: CombinedRead[] = [];
  for (const read of gather(reads)) {
    const { collection, ids, select } = read;
    const type = typeOfCollection.get(collection);
    const [only] = ids;
    if (type !== undefined && ids.length > 1) combined.push(...combine(read, type));
    else if (only !== undefined) singles.push({ collection, id: only, select });
  }
  return { singles, combined };
}
