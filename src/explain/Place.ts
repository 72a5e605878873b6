/** Where calls start from. */
export interface Place {
  readonly wave: number;
  readonly address: string;
  readonly count: number;
  readonly forEach: string | undefined;
  /** Whether `count` rests on a list without a page size, whose length is assumed. */
  readonly isAssumed: boolean;
  /** Whether the object is named by arguments, so that its own answer comes with this wave and not before. */
  readonly known: boolean;
}

/** Where root fields start from. */
export const rootPlace: Place = { wave: 1, address: '', count: 1, forEach: undefined, isAssumed: false, known: true };

/** The place of objects that are named by their ids. */
export function knownPlace(
  place: Place,
  collection: string,
  ids: readonly string[],
  name: string,
  type: string,
): Place {
  const [only] = ids;
  const isLone = ids.length === 1 && only !== undefined;
  return {
    ...place,
    address: isLone ? `${collection}/${only}` : `{${type}}`,
    count: place.count * ids.length,
    forEach: isLone ? place.forEach : name,
    known: true,
  };
}
