import { AskingFailed, type ChunkAnswer } from './askGateway.js';
import type { AssigneeResult } from './Assignment.js';
import type { Chunk } from './planChunks.js';

/** What the sending of chunks needs of the world around it. */
export interface Sending {
  /** Raises an AskingFailed where there are no results. */
  readonly ask: (chunk: Chunk) => Promise<ChunkAnswer>;
  /** Keeps results, and returns once they are safe. */
  readonly keep: (results: readonly AssigneeResult[]) => void;
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

/**
 * Sends chunks one after the other, and keeps the results of each before the next one leaves. Gives why it stopped before
 * the end, in a line for people; undefined where it did not.
 */
export async function assignInChunks(sending: Sending, chunks: readonly Chunk[]): Promise<string | undefined> {
  for (const [index, chunk] of chunks.entries()) {
    if (sending.wantsStop()) return 'interrupted';
    try {
      const { results, hopeless } = await askPatiently(sending, chunk);
      sending.keep(results);
      if (hopeless !== undefined && index < chunks.length - 1) return hopeless;
    } catch (error) {
      if (error instanceof AskingFailed) return error.message;
      throw error;
    }
  }
  return undefined;
}
