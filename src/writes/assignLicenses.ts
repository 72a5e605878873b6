import type { Assignee } from './assignmentRequests.js';
import { createAssignments, type Assigning } from './createAssignments.js';
import { expectAssignments } from './dryRun.js';
import { identifyAssignees } from './identifyAssignees.js';
import { rejected, type WriteResult, type Written } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** One allotment for many, named by object ids of any kind. */
export interface BulkAssigning extends Omit<Assigning, 'assignees'> {
  readonly assigneeIds: readonly string[];
}

interface Identified {
  /** By position of the ids that were given. */
  readonly assignees: readonly (Assignee | undefined)[];
  /** Each assignee once, however often and under whatever name it was given. */
  readonly distinct: readonly Assignee[];
}

async function identify(environment: WriteEnvironment, ids: readonly string[]): Promise<Identified> {
  const found = await identifyAssignees(environment.lookAfresh(), ids);
  const byId = new Map<string, Assignee>();
  const assignees = found.map((assignee) => {
    if (assignee === undefined) return undefined;
    const known = byId.get(assignee.id.toLowerCase()) ?? assignee;
    byId.set(assignee.id.toLowerCase(), known);
    return known;
  });
  return { assignees, distinct: [...byId.values()] };
}

function nobody(id: string): WriteResult {
  return rejected('NOT_FOUND', `There is no user, group or device ${id}.`, ['input', 'assigneeIds']);
}

function spread(
  { assigneeIds }: BulkAssigning,
  { assignees, distinct }: Identified,
  results: readonly WriteResult[],
): readonly WriteResult[] {
  const resultOf = new Map(distinct.map((assignee, index) => [assignee, results[index]]));
  return assigneeIds.map((id, index) => {
    const assignee = assignees[index];
    return (assignee && resultOf.get(assignee)) ?? nobody(id);
  });
}

/** Results by position; one that is named twice is assigned once, and answered alike. */
export async function assignLicenses(
  environment: WriteEnvironment,
  assigning: BulkAssigning,
): Promise<readonly WriteResult[]> {
  const identified = await identify(environment, assigning.assigneeIds);
  if (identified.distinct.length === 0) return assigning.assigneeIds.map(nobody);
  const results = await createAssignments(environment, { ...assigning, assignees: identified.distinct });
  return spread(assigning, identified, results);
}

/** What `assignLicenses` is expected to do; writes nothing. */
export async function expectLicenses(environment: WriteEnvironment, assigning: BulkAssigning): Promise<Written> {
  const identified = await identify(environment, assigning.assigneeIds);
  const { results, plannedCalls } = await expectAssignments(environment, {
    ...assigning,
    assignees: identified.distinct,
  });
  return { results: spread(assigning, identified, results), plannedCalls: plannedCalls ?? [] };
}
