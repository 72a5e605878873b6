/** A path without its query: what is reported of a call holds no values of callers. */
export function withoutQuery(path: string): string {
  const end = path.indexOf('?');
  return end === -1 ? path : path.slice(0, end);
}
