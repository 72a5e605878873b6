/** What a look shows; undefined where it has failed, for looks that a change can do without. */
export function ifRead<T>(look: Promise<T>): Promise<T | undefined> {
  return look.catch(() => undefined);
}
