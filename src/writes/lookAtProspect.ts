/** What a dry run looks at of somebody who is to have a licence: where they are, and what they have through groups. */
import type { Assignee } from './assignmentRequests.js';
import { listAt, textAt, valueAt } from './readAnswer.js';
import type { Look } from './WriteEnvironment.js';

/** Where a user is: Graph assigns nothing to somebody without. Null for one who has none, undefined for one who is not there. */
export async function lookAtUsageLocation(look: Look, id: string): Promise<string | null | undefined> {
  const answer = await look('query ($id: ID!) { user(id: $id) { id usageLocation } }', { id });
  if (valueAt(answer, 'user') === null) return undefined;
  const location = valueAt(answer, 'user', 'usageLocation');
  return typeof location === 'string' && location !== '' ? location : null;
}

/** A group through which somebody has a right to a SKU, and the allotment that the seat is of. */
export interface Inheritance {
  readonly groupId: string;
  readonly allotmentId: string | undefined;
}

/** The groups, each once: one may give a product out of several allotments. */
export function groupsIn(inheritances: readonly Inheritance[]): readonly string[] {
  return [...new Set(inheritances.map(({ groupId }) => groupId))];
}

/** Groups through which an assignee has a right to a SKU. */
export async function lookAtInheritance(
  look: Look,
  skuId: string,
  { kind, id }: Assignee,
): Promise<readonly Inheritance[]> {
  if (kind === 'group') return [];
  const rights = await look(
    `query ($id: ID!, $skuId: UUID!) { assignee: ${kind}(id: $id) {
      usageRights(first: 999, filter: { skuId: { eq: $skuId } }) { nodes { id } } } }`,
    { id, skuId },
  );
  if (valueAt(rights, 'assignee') === null) return [];
  const [right] = listAt(rights, 'assignee', 'usageRights', 'nodes');
  if (right === undefined) return [];
  const sources = await look(
    `query ($id: ID!, $right: ID!) { assignee: ${kind}(id: $id) { usageRight(id: $right) {
      assignments(first: 999) { nodes { assignedTo { __typename id } allotment { id } } } } } }`,
    { id, right: textAt(right, 'id') },
  );
  if (valueAt(sources, 'assignee', 'usageRight') === null) return [];
  return listAt(sources, 'assignee', 'usageRight', 'assignments', 'nodes')
    .filter((each) => valueAt(each, 'assignedTo', '__typename') === 'Group')
    .map((each) => {
      const allotmentId = valueAt(each, 'allotment', 'id');
      return {
        groupId: textAt(each, 'assignedTo', 'id'),
        allotmentId: typeof allotmentId === 'string' ? allotmentId : undefined,
      };
    });
}
