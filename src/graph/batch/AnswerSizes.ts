import { LRUCache } from 'lru-cache';

/**
 * What the answer to a shared batch may have, in bytes. A request costs as much as a few kB of its answer, so larger ones save
 * next to nothing; nobody in the batch is answered before its last byte has come; and a text of more than 128 kB costs V8
 * memory of its own from the kernel.
 */
const mostBytes = 80 * 1024;

/** Kinds of reads whose answers are remembered. */
const mostKinds = 1_000;

/** How long the last answers to each kind of read were, which says how many of the kind may share a batch. */
export class AnswerSizes {
  private readonly bytesOf = new LRUCache<string, number>({ max: mostKinds });

  /** How many shares of a kind fit into one batch; as many as there are where nothing is known of it. */
  mostShares(kind: string): number {
    return Math.max(1, Math.floor(mostBytes / (this.bytesOf.get(kind) ?? 1)));
  }

  /** @param bytes of the part of an answer that belongs to one share */
  note(kind: string, bytes: number): void {
    this.bytesOf.set(kind, Math.max(1, bytes));
  }
}
