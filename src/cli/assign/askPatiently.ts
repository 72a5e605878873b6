import { AskingFailed, type ChunkAnswer } from './askGateway.js';
import type { Chunk } from './planChunks.js';
import type { Sending } from './Sending.js';

const maxTries = 4;
const firstDelayMs = 1_000;
const longestDelayMs = 120_000;

/**
 * Asks for a chunk, and again with the same key where the gateway could not be reached or says that this may help. Raises an
 * AskingFailed where it does not.
 */
export async function askPatiently({ ask, delay, wantsStop }: Sending, chunk: Chunk): Promise<ChunkAnswer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask(chunk);
    } catch (error) {
      if (!(error instanceof AskingFailed) || !error.retryable || tries === maxTries) throw error;
      const wait = error.retryAfterMs ?? firstDelayMs * 2 ** (tries - 1);
      if (wait > longestDelayMs) throw error;
      await delay(wait, error.message);
      if (wantsStop()) throw error;
    }
  }
}
