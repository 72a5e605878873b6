import type { Assignee } from './assignmentRequests.js';
import { createAssignments, notSeen, type Assigning } from './createAssignments.js';
import { expectAssignments } from './dryRun.js';
import { identifyAssignees, type Identity } from './identifyAssignees.js';
import { idKey } from './ids.js';
import { notIdentified } from './refusals.js';
import { rejected, type WriteResult, type Written } from './WriteResult.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** One allotment for many, named by object ids of any kind. */
export interface BulkAssigning extends Omit<Assigning, 'assignees'> {
  readonly assigneeIds: readonly string[];
}

interface Identified {
  /** By position of the ids that were given. */
  readonly identities: readonly Identity[];
  /** Each assignee once, however often and under whatever name it was given. */
  readonly distinct: readonly Assignee[];
}

async function identify(environment: WriteEnvironment, ids: readonly string[]): Promise<Identified> {
  const identities = await identifyAssignees(environment.lookAfresh(), ids);
  const byId = new Map<string, Assignee>();
  for (const identity of identities) {
    if (identity !== undefined && 'id' in identity && !byId.has(idKey(identity.id))) {
      byId.set(idKey(identity.id), identity);
    }
  }
  return { identities, distinct: [...byId.values()] };
}

const field = ['input', 'assigneeIds'];

function spread(
  { assigneeIds, settleOnly = false }: BulkAssigning,
  { identities, distinct }: Identified,
  results: readonly WriteResult[],
): readonly WriteResult[] {
  const resultOf = new Map(distinct.map(({ id }, index) => [idKey(id), results[index]]));
  return assigneeIds.map((id, index) => {
    const identity = identities[index];
    if (identity !== undefined && 'unread' in identity) {
      return settleOnly ? notSeen(false) : notIdentified(id, identity, field);
    }
    const result = identity && resultOf.get(idKey(identity.id));
    return result ?? rejected('NOT_FOUND', `There is no user, group or device ${id}.`, field);
  });
}

/** Results by position; one that is named twice is assigned once, and answered alike. */
export async function assignLicenses(
  environment: WriteEnvironment,
  assigning: BulkAssigning,
): Promise<readonly WriteResult[]> {
  const identified = await identify(environment, assigning.assigneeIds);
  const { distinct: assignees } = identified;
  const results = assignees.length === 0 ? [] : await createAssignments(environment, { ...assigning, assignees });
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
