import { AskingFailed, type AnsweredAssignee } from './askGateway.js';
import { askPatiently } from './askPatiently.js';
import { newChunk, type Chunk } from './planChunks.js';
import type { Sending } from './Sending.js';

/** Those of a chunk of whom it is not known what became of them. */
export interface Doubt {
  readonly chunk: Chunk;
  /** Results that are UNKNOWN; never empty. */
  readonly unknown: readonly AnsweredAssignee[];
}

/** As long as a change whose answer was lost may still be on its way (docs/writes.md). */
const doubtMs = 60_000;

/** What asking for a chunk says of some of those in it; what was known of them where it says nothing. */
async function askOf(
  sending: Sending,
  chunk: Chunk,
  some: readonly AnsweredAssignee[],
): Promise<readonly AnsweredAssignee[]> {
  if (sending.wantsStop()) return some;
  try {
    const { results } = await askPatiently(sending, chunk);
    const ids = new Set(some.map(({ assigneeId }) => assigneeId));
    const later = results.filter(({ assigneeId }) => ids.has(assigneeId));
    sending.keep(later);
    return later;
  } catch (error) {
    if (error instanceof AskingFailed) return some;
    throw error;
  }
}

/**
 * Finds out after a minute what became of those of whom it was not known. Under the same key the gateway only looks; whom it
 * still does not find is asked for anew: nothing is on its way any more, and the gateway looks before it writes.
 */
export async function settleDoubts(sending: Sending, doubts: readonly Doubt[]): Promise<void> {
  const count = doubts.reduce((sum, { unknown }) => sum + unknown.length, 0);
  if (count === 0) return;
  if (!sending.wantsStop()) await sending.delay(doubtMs, `not known yet what became of ${count}`);
  for (const { chunk, unknown } of doubts) {
    const found = await askOf(sending, chunk, unknown);
    const missing = found.filter(({ outcome }) => outcome === 'UNKNOWN');
    sending.count(found.filter((each) => !missing.includes(each)));
    if (missing.length === 0) continue;
    sending.count(await askOf(sending, newChunk(missing.map(({ assigneeId }) => assigneeId)), missing));
  }
}
