/** Replicas on one quota of Graph, simulated over minutes: what is served of the quota, and how many calls are refused. */
import { simulateQuota, type QuotaSimulation } from '../test/graph/support/simulateQuota.js';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What is measured, in seconds from the start; the store is away from the 60th to the 80th. */
const parts: readonly (readonly [string, Pick<QuotaSimulation, 'warmUp' | 'seconds' | 'storeIsAway'>])[] = [
  ['the first 30 s', { warmUp: 0, seconds: 30 }],
  ['once it is learned', { warmUp: 30, seconds: 120 }],
  ['the store is away', { warmUp: 60, seconds: 80, storeIsAway: [60, 80] }],
  ['the store is back', { warmUp: 80, seconds: 110, storeIsAway: [60, 80] }],
];

/** Prints a line for each number of replicas and each way in which Graph may count. */
export async function simulateQuotas(): Promise<void> {
  const graphs: readonly (Pick<QuotaSimulation, 'unitsPerSecond' | 'windowMs' | 'warns' | 'units'> & {
    title: string;
  })[] = [
    { title: '60/s, counted over 1 s, 429 alone', unitsPerSecond: 60, windowMs: 1_000, warns: false },
    { title: '60/s, counted over 1 s, with warnings', unitsPerSecond: 60, windowMs: 1_000, warns: true },
    { title: '350/s, counted over 10 s, 429 alone', unitsPerSecond: 350, windowMs: 10_000, warns: false },
    { title: '350/s, counted over 10 s, with warnings', unitsPerSecond: 350, windowMs: 10_000, warns: true },
    {
      title: '350/s in batches of 20, over 10 s, with warnings',
      unitsPerSecond: 350,
      windowMs: 10_000,
      warns: true,
      units: 20,
    },
  ];
  for (const { title, ...graph } of graphs) {
    console.log(title);
    for (const replicas of [1, 3, 10]) {
      for (const [part, times] of parts) {
        const figures = await simulateQuota({ ...graph, ...times, replicas });
        console.log(
          `  ${replicas} replicas, ${part}: goodput ${percent(figures.goodput)}, 429 ${percent(figures.throttled)}, the least served ${percent(figures.least)} of a fair share`,
        );
      }
    }
  }
}
