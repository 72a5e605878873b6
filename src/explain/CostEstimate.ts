import { partsPerBatch } from '../graph/batch/batchParts.js';
import type { DescribedCall } from './DescribedCall.js';

/** What an operation costs at the most, before anything is known of the data; lists without a page size are of an assumed length. */
export interface CostEstimate {
  readonly waves: number;
  readonly httpRequests: number;
  readonly operations: number;
  /** Objects that Graph is asked for. */
  readonly objects: number;
}

/** Adds up calls, conditional ones left out: what an operation costs if every list is as long as its `first`. */
export function addUp(described: readonly DescribedCall[]): CostEstimate {
  const calls = described.filter((call) => call.onlyIf === undefined);
  const byWave = new Map<number, number>();
  for (const call of calls) byWave.set(call.wave, (byWave.get(call.wave) ?? 0) + call.count);
  const counts = [...byWave.values()];
  return {
    waves: byWave.size,
    httpRequests: counts.reduce((sum, count) => sum + Math.ceil(count / partsPerBatch), 0),
    operations: counts.reduce((sum, count) => sum + count, 0),
    objects: calls.reduce((sum, call) => sum + call.objects, 0),
  };
}
