import { maxIdsPerCall } from '../mapping/graphPaths.js';

/** Users, groups or devices that are wanted by their ids. */
export interface ObjectRead {
  /** Path of the collection, such as `/users`. */
  readonly collection: string;
  /** Each a path segment: a GUID, in lower case. */
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

const typeOfCollection: Readonly<Record<string, string>> = {
  '/users': 'user',
  '/groups': 'group',
  '/devices': 'device',
};

/** What is asked of one collection, over all reads of it. */
interface Wanted {
  readonly ids: Set<string>;
  readonly select: Set<string>;
}

function gather(reads: readonly ObjectRead[]): ReadonlyMap<string, Wanted> {
  const byCollection = new Map<string, Wanted>();
  for (const { collection, ids, select } of reads) {
    const wanted = byCollection.get(collection) ?? { ids: new Set(), select: new Set() };
    byCollection.set(collection, wanted);
    for (const id of ids) wanted.ids.add(id);
    for (const property of select) wanted.select.add(property);
  }
  return byCollection;
}

function combine(collection: string, type: string, { ids, select }: Wanted): readonly CombinedRead[] {
  const all = [...ids];
  const path = `/directoryObjects/getByIds?$select=${[...new Set(['id', ...select])].join(',')}`;
  return Array.from({ length: Math.ceil(all.length / maxIdsPerCall) }, (_, index) => ({
    collection,
    path,
    body: { ids: all.slice(index * maxIdsPerCall, (index + 1) * maxIdsPerCall), types: [type] },
  }));
}

/** Each object by itself, with the properties that any of its reads wants. */
export function readSingly(reads: readonly ObjectRead[]): readonly SingleRead[] {
  return [...gather(reads)].flatMap(([collection, { ids, select }]) =>
    [...ids].map((id): SingleRead => ({ collection, id, select: [...select] })),
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
  for (const [collection, wanted] of gather(reads)) {
    const type = typeOfCollection[collection];
    const [only] = wanted.ids;
    if (type !== undefined && wanted.ids.size > 1) combined.push(...combine(collection, type, wanted));
    else if (only !== undefined) singles.push({ collection, id: only, select: [...wanted.select] });
  }
  return { singles, combined };
}
