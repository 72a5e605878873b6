import type { GraphOperation } from '../GraphOperation.js';
import type { BatchShare } from './SharedBatches.js';

/** What Graph gives where no size is asked for; a later page of a list may be of any size where none stands in its link. */
const plainPage = 100;

/** Reads of many objects, and pages of more rows than Graph gives by itself: a batch of them would be long in coming. */
function asksForMuch({ path, body }: GraphOperation): boolean {
  if (body !== undefined) return true;
  const size = /[?&]\$top=(\d+)/.exec(path)?.[1];
  return size === undefined ? path.includes('$skip') : Number(size) > plainPage;
}

/** Whether a share may be put into a batch with others: small reads on their first try. What has failed once does not make others fail. */
export function mayShare({ wave, group }: BatchShare, batchSize: number): boolean {
  if (wave.session.sharesReads === false || group.length > batchSize / 2) return false;
  return group.every(
    ({ operation, outcome }) => operation.repeatable && outcome === undefined && !asksForMuch(operation),
  );
}
