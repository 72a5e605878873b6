/** Texts in quotes, and words with a digit in them, which are ids. Each word is looked at from its beginning alone. */
const ownInPath = /'[^']*'|(?<=[/(])[^/()\d]*\d[^/()]*/g;
/** Texts in quotes, GUIDs, and places in a list. What is left are options, the names in them, and the size of a page. */
const ownInQuery = /'[^']*'|[\da-f]{8}-[\da-f-]{27}|(?<=\$skiptoken=)[^&]*/gi;

/**
 * What a read asks for, whatever it asks of: `/users/6fd2c87f?$select=displayName` is of the kind `/users/?$select=displayName`.
 * Reads of one kind take about the same time.
 *
 * @param path with its query, as it is sent
 */
export function kindOf(path: string): string {
  const end = path.indexOf('?');
  if (end === -1) return path.replace(ownInPath, '');
  return path.slice(0, end).replace(ownInPath, '') + path.slice(end).replace(ownInQuery, '');
}
