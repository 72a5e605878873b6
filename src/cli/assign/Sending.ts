import type { AnnouncedDelay } from '../announceDelay.js';
import type { AnsweredAssignee, ChunkAnswer } from './askGateway.js';
import type { Chunk } from './planChunks.js';

/** What the sending of chunks needs of the world around it. */
export interface Sending {
  /** Raises an AskingFailed where there are no results. */
  readonly ask: (chunk: Chunk) => Promise<ChunkAnswer>;
  /** Keeps results, and returns once they are safe. */
  readonly keep: (results: readonly AnsweredAssignee[]) => void;
  /** Counts results that are the last ones of this run. */
  readonly count: (results: readonly AnsweredAssignee[]) => void;
  /** Whether the user wants to stop; heeded between chunks. */
  readonly wantsStop: () => boolean;
  /** Ends early when the user wants to stop. */
  readonly delay: AnnouncedDelay;
}
