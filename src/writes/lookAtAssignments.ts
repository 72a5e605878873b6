/** What changes look at before and after: who has which assignment, who waits for a seat, and who is in a group. */
import { idKey, sameId } from '../mapping/idKey.js';
import type { Assignee } from './assignmentRequests.js';
import { planIds } from './lookAtAllotment.js';
import { listAt, numberAt, textAt, textsAt, valueAt } from './readAnswer.js';
import type { Look } from './WriteEnvironment.js';

/** An assignment that reading has found. */
export interface FoundAssignment {
  readonly id: string;
  readonly disabledServicePlanIds: readonly string[];
}

/** The assignments of one allotment, by the key of the id of who has them. */
export type AssignmentsByAssignee = ReadonlyMap<string, FoundAssignment>;

/** An assignment with both its ends. */
export interface WholeAssignment extends FoundAssignment {
  readonly assignee: Assignee | undefined;
  readonly allotmentId: string | undefined;
  /** Service plans that the allotment has. */
  readonly servicePlanIds: readonly string[];
}

const kinds: Readonly<Record<string, Assignee['kind']>> = { User: 'user', Group: 'group', Device: 'device' };

function found(assignment: unknown): FoundAssignment {
  return {
    id: textAt(assignment, 'id'),
    disabledServicePlanIds: textsAt(assignment, 'disabledServicePlanIds'),
  };
}

/** All rows of a connection under an object; undefined where there is no such object. */
async function allRows(
  look: Look,
  { kind, id }: Assignee | { readonly kind: 'allotment'; readonly id: string },
  connection: string,
  fields: string,
): Promise<readonly unknown[] | undefined> {
  const rows: unknown[] = [];
  for (let after: unknown = null; ;) {
    const answer = await look(
      `query ($id: ID!, $after: String) { owner: ${kind}(id: $id) { ${connection}(first: 999, after: $after) {
        nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`,
      { id, after },
    );
    if (valueAt(answer, 'owner') === null) return undefined;
    rows.push(...listAt(answer, 'owner', connection, 'nodes'));
    if (valueAt(answer, 'owner', connection, 'pageInfo', 'hasNextPage') !== true) return rows;
    after = textAt(answer, 'owner', connection, 'pageInfo', 'endCursor');
  }
}

/** Those of somebody who is there: what was deleted leaves rows behind. */
function ofSomebody(rows: readonly unknown[]): readonly unknown[] {
  return rows.filter((row) => valueAt(row, 'assignedTo') !== null);
}

/** The assignments of an allotment, read as one list; undefined where there is no such allotment. */
export async function lookAtAllAssignments(
  look: Look,
  allotmentId: string,
): Promise<AssignmentsByAssignee | undefined> {
  const fields = 'id disabledServicePlanIds assignedTo { id }';
  const rows = await allRows(look, { kind: 'allotment', id: allotmentId }, 'assignments', fields);
  return rows && new Map(ofSomebody(rows).map((row) => [idKey(textAt(row, 'assignedTo', 'id')), found(row)] as const));
}

/** The assignment of an allotment to one assignee, read under the assignee; undefined where there is no such assignee. */
export async function lookAtAssignment(
  look: Look,
  allotmentId: string,
  assignee: Assignee,
): Promise<AssignmentsByAssignee | undefined> {
  const rows = await allRows(look, assignee, 'assignments', 'id disabledServicePlanIds allotment { id }');
  const row = rows?.find((each) => sameId(valueAt(each, 'allotment', 'id'), allotmentId));
  return rows && new Map(row === undefined ? [] : [[idKey(assignee.id), found(row)]]);
}

/** Keys of the ids of those who wait for a seat of an allotment; undefined where there is no such allotment. */
export async function lookAtWaitingList(look: Look, allotmentId: string): Promise<ReadonlySet<string> | undefined> {
  const rows = await allRows(look, { kind: 'allotment', id: allotmentId }, 'waitingMembers', 'assignedTo { id }');
  return rows && new Set(ofSomebody(rows).map((row) => idKey(textAt(row, 'assignedTo', 'id'))));
}

/** The same of one user or device, read under them; undefined where there is no such user or device. */
export async function lookWhetherWaiting(
  look: Look,
  allotmentId: string,
  assignee: Assignee,
): Promise<ReadonlySet<string> | undefined> {
  const rows = await allRows(look, assignee, 'waitingMembers', 'allotment { id }');
  const waits = rows?.some((row) => sameId(valueAt(row, 'allotment', 'id'), allotmentId));
  return rows && new Set(waits === true ? [idKey(assignee.id)] : []);
}

/** One assignment with its ends; undefined where there is none of that id. */
export async function lookAtWholeAssignment(look: Look, id: string): Promise<WholeAssignment | undefined> {
  const answer = await look(
    `query ($id: ID!) { assignment(id: $id) { id disabledServicePlanIds
      assignedTo { __typename id } allotment { id services { planId } } } }`,
    { id },
  );
  const assignment = valueAt(answer, 'assignment');
  if (assignment === null) return undefined;
  const allotmentId = valueAt(assignment, 'allotment', 'id');
  const kind = kinds[String(valueAt(assignment, 'assignedTo', '__typename'))];
  return {
    ...found(assignment),
    assignee: kind && { kind, id: textAt(assignment, 'assignedTo', 'id') },
    allotmentId: typeof allotmentId === 'string' ? allotmentId : undefined,
    servicePlanIds: allotmentId === null ? [] : planIds(valueAt(assignment, 'allotment')),
  };
}

/** Whether there is an assignment of that id. */
export async function lookWhetherThere(look: Look, id: string): Promise<boolean> {
  const answer = await look('query ($id: ID!) { assignment(id: $id) { id } }', { id });
  return valueAt(answer, 'assignment') !== null;
}

/** Ids of the direct members of a group; undefined where there is no such group. Who is a member of a member inherits nothing. */
export async function lookAtMembers(look: Look, groupId: string): Promise<readonly string[] | undefined> {
  const rows = await allRows(look, { kind: 'group', id: groupId }, 'members', 'id');
  return rows?.map((row) => textAt(row, 'id'));
}

/** How many direct members a group has. Rejects where Graph does not count them. */
export async function countMembers(look: Look, groupId: string): Promise<number> {
  const answer = await look('query ($id: ID!) { group(id: $id) { members { totalCount } } }', { id: groupId });
  return numberAt(answer, 'group', 'members', 'totalCount');
}
