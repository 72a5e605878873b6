import { randomUUID } from 'node:crypto';
import { idKey } from '../../mapping/idKey.js';
import { isFinal, type AssigneeResult } from './AssigneeResult.js';

/** Assignees who are sent in one mutation. */
export interface Chunk {
  readonly ids: readonly string[];
  /** Under which the gateway carries the mutation out once, however often it is asked. */
  readonly key: string;
}

/** The last outcome of everybody whom earlier runs have results of, by the key of the id. */
export type History = ReadonlyMap<string, AssigneeResult['outcome']>;

/** Whether somebody has a final outcome. */
export function isDone(history: History, id: string): boolean {
  const outcome = history.get(idKey(id));
  return outcome !== undefined && isFinal({ outcome });
}

/** Assignees who are sent together for the first time. */
export function newChunk(ids: readonly string[]): Chunk {
  return { ids, key: `assign-${randomUUID()}` };
}

/**
 * Who is to be sent together: whoever has no final outcome yet, in the order of the file. The chunk to which a run that was
 * killed had no answer comes first, as it was, since it may have been carried out. It does not where somebody in it has been
 * taken out of the file: nobody is sent against what the file says.
 */
export function planChunks(
  ids: readonly string[],
  size: number,
  history: History,
  unanswered: Chunk | undefined,
): readonly Chunk[] {
  const named = new Set(ids.map(idKey));
  const chunks = unanswered?.ids.every((id) => named.has(idKey(id))) ? [unanswered] : [];
  const planned = new Set(chunks.flatMap((chunk) => chunk.ids.map(idKey)));
  const open = ids.filter((id) => !planned.has(idKey(id)) && !isDone(history, id));
  for (let start = 0; start < open.length; start += size) chunks.push(newChunk(open.slice(start, start + size)));
  return chunks;
}
