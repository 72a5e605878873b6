/** Waits for all of some work; undefined where there is none. */
export function together(work: readonly (Promise<unknown> | undefined)[]): Promise<void> | undefined {
  const open = work.filter((each) => each !== undefined);
  const [only] = open;
  if (only === undefined) return undefined;
  return (open.length === 1 ? only : Promise.all(open)).then(() => undefined);
}
