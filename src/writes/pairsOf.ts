/** The items of two lists, position by position. Throws where one of the lists is longer. */
export function pairsOf<One, Other>(
  some: readonly One[],
  others: readonly Other[],
): readonly (readonly [One, Other])[] {
  if (some.length !== others.length) throw new TypeError(`${some.length} items have ${others.length} counterparts.`);
  return some.map((one, position) => [one, others[position] as Other]);
}
