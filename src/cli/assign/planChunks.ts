import { createHash } from 'node:crypto';
import { idKey } from '../../mapping/idKey.js';
import { isFinal, type AssigneeResult } from './AssigneeResult.js';
import type { AssignTask } from './AssignTask.js';

/** Assignees who are sent in one mutation. */
export interface Chunk {
  readonly ids: readonly string[];
  /** From 1: how often the most tried of them has been sent, this time included. */
  readonly attempt: number;
}

/** What earlier runs made of an assignee. */
export interface Tried {
  readonly last: Pick<AssigneeResult, 'outcome'>;
  readonly times: number;
}

/** What earlier runs made of everybody, by the key of the id. */
export type History = ReadonlyMap<string, Tried>;

/**
 * Who is to be sent together. The file is cut at the same places in every run, and only then are those left out who
 * have a final outcome: so a chunk whose answer was lost in a crash is made up of the same ids again, and has the same
 * key.
 */
export function planChunks(ids: readonly string[], size: number, history: History): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < ids.length; start += size) {
    const open = ids.slice(start, start + size).filter((id) => !isDone(history.get(idKey(id))));
    const times = open.map((id) => history.get(idKey(id))?.times ?? 0);
    if (open.length > 0) chunks.push({ ids: open, attempt: Math.max(...times) + 1 });
  }
  return chunks;
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
