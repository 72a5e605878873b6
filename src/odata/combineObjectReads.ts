import { maxIdsPerCall } from '../mapping/graphPaths.js';

/** A user, group or device that is wanted by its id. */
export interface ObjectRead {
  /** Path of the collection, such as `/users`. */
  readonly collection: string;
  /** An escaped path segment; a GUID. */
  readonly id: string;
  readonly select: readonly string[];
}

/** One getByIds call in place of several single reads. */
export interface CombinedRead {
  /** Of the objects that it reads. */
  readonly collection: string;
  readonly path: string;
  readonly body: { readonly ids: readonly string[]; readonly types: readonly string[] };
}

const typeOfCollection: Readonly<Record<string, string>> = {
  '/users': 'user',
  '/groups': 'group',
  '/devices': 'device',
};

/** One read for each object, with the properties that any of its reads wants. */
export function mergeSame(reads: readonly ObjectRead[]): readonly ObjectRead[] {
  const byId = new Map<string, ObjectRead>();
  for (const read of reads) {
    const key = `${read.collection}/${read.id.toLowerCase()}`;
    const known = byId.get(key);
    byId.set(key, known === undefined ? read : { ...known, select: [...new Set([...known.select, ...read.select])] });
  }
  return [...byId.values()];
}

function combine(collection: string, type: string, reads: readonly ObjectRead[]): readonly CombinedRead[] {
  return Array.from({ length: Math.ceil(reads.length / maxIdsPerCall) }, (_, index) => {
    const part = reads.slice(index * maxIdsPerCall, (index + 1) * maxIdsPerCall);
    const select = new Set(['id', ...part.flatMap((read) => read.select)]);
    const ids = part.map((read) => read.id.toLowerCase());
    return {
      collection,
      path: `/directoryObjects/getByIds?$select=${[...select].join(',')}`,
      body: { ids, types: [type] },
    };
  });
}

/**
 * Reads of two and more objects of one type become getByIds calls of up to 1,000 ids, one operation instead of many;
 * a lone one stays a plain GET, which needs less permission (directoryobject-getbyids). Each object is read once.
 */
export function combineObjectReads(reads: readonly ObjectRead[]): {
  readonly singles: readonly ObjectRead[];
  readonly combined: readonly CombinedRead[];
} {
  const byCollection = new Map<string, ObjectRead[]>();
  for (const read of reads) {
    const known = byCollection.get(read.collection);
    if (known === undefined) byCollection.set(read.collection, [read]);
    else known.push(read);
  }
  const singles: ObjectRead[] = [];
  const combined: CombinedRead[] = [];
  for (const [collection, group] of byCollection) {
    const type = typeOfCollection[collection];
    const distinct = mergeSame(group);
    if (type === undefined || distinct.length < 2) singles.push(...distinct);
    else combined.push(...combine(collection, type, distinct));
  }
  return { singles, combined };
}
