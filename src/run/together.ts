function done(): void {}

/** Waits for all of some work that never rejects; undefined where there is none. */
export function together(work: readonly (Promise<void> | undefined)[]): Promise<void> | undefined {
  const open = work.filter((each) => each !== undefined);
  return open.length < 2 ? open[0] : Promise.all(open).then(done);
}
