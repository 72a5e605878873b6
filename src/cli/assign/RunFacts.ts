import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { sameId } from '../../mapping/idKey.js';
import { sameIds } from '../../writes/sameIds.js';
import { wrongUse } from '../CommandFailure.js';
import type { AssignTask } from './AssignTask.js';
import type { Chunk } from './planChunks.js';

/** What a result file is about, and to what no answer has come yet; kept beside it, because its rows have no room for it. */
export interface RunFacts extends Omit<AssignTask, 'dryRun'> {
  /** Sent, and not in the result file yet; undefined where there is none. */
  readonly unanswered?: Chunk | undefined;
}

/** The facts of a run that begins. */
export function factsOf({ allotmentId, replacedAllotmentId, isRemoval, disabledServicePlanIds }: AssignTask): RunFacts {
  return { allotmentId, replacedAllotmentId, isRemoval, disabledServicePlanIds };
}

/** Whether a run with these facts makes this change. */
export function isAbout(facts: RunFacts, task: AssignTask): boolean {
  return (
    sameId(facts.allotmentId, task.allotmentId) &&
    sameId(facts.replacedAllotmentId ?? '', task.replacedAllotmentId ?? '') &&
    facts.isRemoval === task.isRemoval &&
    sameIds(facts.disabledServicePlanIds, task.disabledServicePlanIds)
  );
}

/** Reads facts; undefined where there are none. Raises a CommandFailure for a file that holds something else. */
export function readFacts(path: string): RunFacts | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunFacts;
  } catch (error) {
    throw wrongUse(
      `${path} cannot be read, which says what the results beside it are about; give another --result`,
      error,
    );
  }
}

/** Writes facts, and returns once they are on the disk. Renamed, so that a crash leaves the old ones or the new ones. */
export function writeFacts(path: string, facts: RunFacts): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(facts)}\n`, { flush: true });
  renameSync(`${path}.new`, path);
}
