type Work = () => unknown;

async function measure(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const medianOf = (times: readonly number[]): number =>
  [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;

/**
 * How many times as long one piece of work takes as another, by the medians of rounds in which they take turns: for what
 * no count can tell. A slow machine is as slow for both; what is asserted has to be generous all the same.
 */
export async function timesAsLong(work: Work, yardstick: Work, rounds = 9): Promise<number> {
  const times: { readonly work: number; readonly yardstick: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push({ yardstick: await measure(yardstick), work: await measure(work) });
  }
  return medianOf(times.map((each) => each.work)) / medianOf(times.map((each) => each.yardstick));
}
