import { AskingFailed } from './askGateway.js';
import { askPatiently } from './askPatiently.js';
import { turnedAway } from './AssigneeResult.js';
import { newChunk, type Chunk } from './planChunks.js';
import type { Sending } from './Sending.js';
import { settleDoubts, type Doubt } from './settleDoubts.js';

const maxTries = 4;
/** Graph counts changes over 150 seconds; three waits outlast that. */
const firstThrottledDelayMs = 30_000;

/**
 * Sends a chunk, and those in it again whom Graph turned away, under keys of their own. Gives why no other chunk can do
 * better; undefined where others may.
 *
 * @param doubts takes those of whom it is not known what became of them; they are not counted yet
 */
async function assignChunk(sending: Sending, chunk: Chunk, doubts: Doubt[]): Promise<string | undefined> {
  let open = chunk;
  for (let tries = 1; ; tries += 1) {
    const { results, hopeless } = await askPatiently(sending, open);
    sending.keep(results);
    const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN');
    if (unknown.length > 0) doubts.push({ chunk: open, unknown });
    const away = turnedAway(results);
    const isLast = away.length === 0 || tries === maxTries;
    const uncounted = new Set(isLast ? unknown : [...unknown, ...away]);
    sending.count(results.filter((each) => !uncounted.has(each)));
    if (isLast) return away[0]?.message ?? hopeless;
    await sending.delay(firstThrottledDelayMs * 2 ** (tries - 1), 'Graph is busy or away');
    if (sending.wantsStop()) return undefined;
    open = newChunk(away.map(({ assigneeId }) => assigneeId));
  }
}

async function assignEach(sending: Sending, chunks: readonly Chunk[], doubts: Doubt[]): Promise<string | undefined> {
  for (const [index, chunk] of chunks.entries()) {
    if (sending.wantsStop()) return 'interrupted';
    try {
      const hopeless = await assignChunk(sending, chunk, doubts);
      if (hopeless !== undefined && index < chunks.length - 1) return hopeless;
    } catch (error) {
      if (error instanceof AskingFailed) return error.message;
      throw error;
    }
  }
  return undefined;
}

/**
 * Sends chunks one after the other, and keeps the results of each before the next one leaves; at the end asks once more of
 * whom it is not known what became of them. Gives why it stopped before the end, in a line for people; undefined where it
 * did not.
 */
export async function assignInChunks(sending: Sending, chunks: readonly Chunk[]): Promise<string | undefined> {
  const doubts: Doubt[] = [];
  const stopped = await assignEach(sending, chunks, doubts);
  await settleDoubts(sending, doubts);
  return stopped;
}
