import { createHash } from 'node:crypto';
import { idKey } from '../../mapping/idKey.js';
import { isFinal, isThrottled, type AssigneeResult } from './AssigneeResult.js';
import type { AssignTask } from './AssignTask.js';

/** Assignees who are sent in one mutation. */
export interface Chunk {
  readonly ids: readonly string[];
  /** From 1: how often each of them has been sent, this time included. */
  readonly attempt: number;
}

/** What earlier runs made of an assignee. */
export interface Tried {
  readonly last: Pick<AssigneeResult, 'outcome' | 'code'>;
  readonly times: number;
}

/** What earlier runs made of everybody, by the key of the id. */
export type History = ReadonlyMap<string, Tried>;

/**
 * Who is to be sent together. The file is cut at the same places in every run, and only then are those left out who
 * have a final outcome; and who was tried alike is sent together, since a run asks again for those alone for whom Graph was
 * too busy. So a chunk whose answer was lost in a crash is made up of the same ids again, and has the same key.
 */
export function planChunks(ids: readonly string[], size: number, history: History): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < ids.length; start += size) {
    const open = ids.slice(start, start + size).filter((id) => !isDone(history.get(idKey(id))));
    chunks.push(...chunksOf(open, history));
  }
  return chunks;
}

function chunksOf(open: readonly string[], history: History): readonly Chunk[] {
  const chunks = new Map<string, Chunk>();
  for (const id of open) {
    const tried = history.get(idKey(id));
    const attempt = (tried?.times ?? 0) + 1;
    const fate = `${attempt} ${tried !== undefined && isThrottled(tried.last)}`;
    chunks.set(fate, { ids: [...(chunks.get(fate)?.ids ?? []), id], attempt });
  }
  return [...chunks.values()];
}

function isDone(tried: Tried | undefined): boolean {
  return tried !== undefined && isFinal(tried.last);
}

/**
 * The key under which the gateway sends a chunk once: the same for the same chunk of the same run, whichever process
 * sends it.
 *
 * @param run names the result file, so that who begins anew is not answered from an earlier run
 */
export function idempotencyKey(run: string, task: AssignTask, { ids, attempt }: Chunk): string {
  const { allotmentId, replacedAllotmentId = '', isRemoval, disabledServicePlanIds } = task;
  const allotments = [allotmentId, replacedAllotmentId].map(idKey);
  const parts = [run, allotments, ids.map(idKey), disabledServicePlanIds.map(idKey).toSorted(), attempt];
  return `${isRemoval ? 'remove' : 'assign'}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
