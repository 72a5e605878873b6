import { AskingFailed, type AnsweredAssignee, type ChunkAnswer } from './askGateway.js';
import { isThrottled, type AssigneeResult } from './AssigneeResult.js';
import type { Chunk } from './planChunks.js';

/** What the sending of chunks needs of the world around it. */
export interface Sending {
  /** Raises an AskingFailed where there are no results. */
  readonly ask: (chunk: Chunk) => Promise<ChunkAnswer>;
  /** Keeps results, and returns once they are safe. */
  readonly keep: (results: readonly AnsweredAssignee[]) => void;
  /** Notes results that are not the last ones, for the run that goes on should this one be killed. */
  readonly note: (results: readonly AssigneeResult[]) => void;
  /** Whether the user wants to stop; heeded between chunks. */
  readonly wantsStop: () => boolean;
  /** Ends early when the user wants to stop. */
  readonly delay: (milliseconds: number) => Promise<unknown>;
}

const maxTries = 4;
const firstDelayMs = 1_000;
const longestDelayMs = 120_000;

/** Asks again, with the same key, where the gateway could not be reached or says that this may help. */
async function askPatiently({ ask, delay, wantsStop }: Sending, chunk: Chunk): Promise<ChunkAnswer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask(chunk);
    } catch (error) {
      if (!(error instanceof AskingFailed) || !error.retryable || tries === maxTries) throw error;
      const wait = error.retryAfterMs ?? firstDelayMs * 2 ** (tries - 1);
      if (wait > longestDelayMs) throw error;
      await delay(wait);
      if (wantsStop()) throw error;
    }
  }
}

/** Graph counts changes over 150 seconds; three waits outlast that. */
const firstThrottledDelayMs = 30_000;

/**
 * Sends a chunk, and those in it again for whom Graph was too busy, under keys of their own. Which try it was has to be on
 * the disk before the next one leaves: a run that goes on finds its key by that. Gives why no other chunk can do better;
 * undefined where others may.
 */
async function assignChunk(sending: Sending, chunk: Chunk): Promise<string | undefined> {
  let open = chunk;
  for (let tries = 1; ; tries += 1) {
    const { results, hopeless } = await askPatiently(sending, open);
    const throttled = results.filter(isThrottled);
    const isLast = throttled.length === 0 || tries === maxTries;
    sending.keep(isLast ? results : results.filter((each) => !isThrottled(each)));
    if (isLast) return throttled[0]?.message ?? hopeless;
    sending.note(throttled);
    await sending.delay(firstThrottledDelayMs * 2 ** (tries - 1));
    if (sending.wantsStop()) return undefined;
    open = { ids: throttled.map(({ assigneeId }) => assigneeId), attempt: chunk.attempt + tries };
  }
}

/**
 * Sends chunks one after the other, and keeps the results of each before the next one leaves. Gives why it stopped before
 * the end, in a line for people; undefined where it did not.
 */
export async function assignInChunks(sending: Sending, chunks: readonly Chunk[]): Promise<string | undefined> {
  for (const [index, chunk] of chunks.entries()) {
    if (sending.wantsStop()) return 'interrupted';
    try {
      const hopeless = await assignChunk(sending, chunk);
      if (hopeless !== undefined && index < chunks.length - 1) return hopeless;
    } catch (error) {
      if (error instanceof AskingFailed) return error.message;
      throw error;
    }
  }
  return undefined;
}
