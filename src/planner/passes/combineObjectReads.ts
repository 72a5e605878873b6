import { maxIdsPerCall } from '../../mapping/graphPaths.js';

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
  readonly path: string;
  readonly body: { readonly ids: readonly string[]; readonly types: readonly string[] };
  readonly reads: readonly ObjectRead[];
}

const typeOfCollection: Readonly<Record<string, string>> = {
  '/users': 'user',
  '/groups': 'group',
  '/devices': 'device',
};

function combine(type: string, reads: readonly ObjectRead[]): readonly CombinedRead[] {
  const ids = [...new Set(reads.map((read) => read.id.toLowerCase()))];
  return Array.from({ length: Math.ceil(ids.length / maxIdsPerCall) }, (_, index) => {
    const slice = ids.slice(index * maxIdsPerCall, (index + 1) * maxIdsPerCall);
    const members = new Set(slice);
    const part = reads.filter((read) => members.has(read.id.toLowerCase()));
    const select = [...new Set(part.flatMap((read) => read.select))];
    const path = `/directoryObjects/getByIds?$select=${select.join(',')}`;
    return { path, body: { ids: slice, types: [type] }, reads: part };
  });
}

/**
 * Reads of two and more objects of one type become getByIds calls of up to 1,000 ids, one operation instead of many;
 * a lone one stays a plain GET, which needs less permission (directoryobject-getbyids).
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
  const groups = [...byCollection].map(([collection, group]) => {
    const type = typeOfCollection[collection];
    const isLone = new Set(group.map((read) => read.id.toLowerCase())).size < 2;
    return type === undefined || isLone
      ? { singles: group, combined: [] }
      : { singles: [], combined: combine(type, group) };
  });
  return {
    singles: groups.flatMap((group) => group.singles),
    combined: groups.flatMap((group) => group.combined),
  };
}
