/**
 * Ids, texts in quotes, sizes and places in a list: what is other in two reads of one kind. Looked for at the beginning of
 * a word alone, so that a long one takes no longer than it is long.
 */
const ownToEach = /'[^']*'|(?<![^/?&=,();])[^/?&=,();\d]*\d[^/?&=,();]*/g;

/**
 * What a read asks for, whatever it asks of: `/users/6fd2c87f?$select=displayName` is of the kind `/users/?$select=displayName`.
 * Reads of one kind take about the same time.
 *
 * @param path with its query
 */
export function kindOf(path: string): string {
  return path.replace(ownToEach, '');
}
