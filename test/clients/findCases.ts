import type { ClientStand } from './openClientStand.js';

interface Right {
  readonly usageRightId: string;
  readonly skuId: string;
}

interface Owner {
  readonly id: string;
  readonly usageRights: { readonly nodes: readonly Right[] };
}

interface Seats {
  readonly id: string;
  readonly skuId: string;
  readonly availableUnits: number;
  readonly services: readonly { readonly planId: string }[];
}

/** Asks without any client, and gives the data. */
export async function askPlainly<TData>({ url }: ClientStand, query: string): Promise<TData> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { readonly data: TData }).data;
}

const rights = 'nodes { id usageRights { nodes { usageRightId skuId } } }';

/** A user and a group who have a right under one id of Graph. */
export interface SharedRight {
  readonly userId: string;
  readonly groupId: string;
  readonly usageRightId: string;
}

/** Looks for one in the tenant; the examples of Graph's documentation hold it. */
export async function findSharedRight(stand: ClientStand): Promise<SharedRight> {
  const owners = await askPlainly<Record<'users' | 'groups', { nodes: Owner[] }>>(
    stand,
    `{ users { ${rights} } groups { ${rights} } }`,
  );
  const idsOf = ({ usageRights }: Owner): string[] => usageRights.nodes.map(({ usageRightId }) => usageRightId);
  for (const user of owners.users.nodes)
    for (const group of owners.groups.nodes) {
      const usageRightId = idsOf(user).find((id) => idsOf(group).includes(id));
      if (usageRightId !== undefined) return { userId: user.id, groupId: group.id, usageRightId };
    }
  throw new Error('No user and group of the tenant have a right under one id.');
}

/** An allotment with a free seat, and a user who has nothing of its SKU. */
export interface FreeSeat {
  readonly allotmentId: string;
  readonly userId: string;
  /** One of the service plans of the allotment. */
  readonly planId: string;
}

/** Looks for one in the tenant. */
export async function findFreeSeat(stand: ClientStand): Promise<FreeSeat> {
  const { users, allotments } = await askPlainly<{ users: { nodes: Owner[] }; allotments: { nodes: Seats[] } }>(
    stand,
    `{ users { ${rights} } allotments { nodes { id skuId availableUnits services { planId } } } }`,
  );
  for (const { id: allotmentId, skuId, availableUnits, services } of allotments.nodes) {
    const user = users.nodes.find(({ usageRights }) => usageRights.nodes.every((right) => right.skuId !== skuId));
    const [service] = services;
    if (availableUnits > 0 && user !== undefined && service !== undefined)
      return { allotmentId, userId: user.id, planId: service.planId };
  }
  throw new Error('No allotment of the tenant has a seat for a user who is without its SKU.');
}

interface NamedPlan {
  readonly planId: string;
  readonly displayName: string;
}

/** An assignment, and two service plans of it with their names. */
export interface TwoPlans {
  readonly assignmentId: string;
  readonly plans: readonly [NamedPlan, NamedPlan];
}

/** Looks for one in the tenant. */
export async function findTwoPlans(stand: ClientStand): Promise<TwoPlans> {
  const { assignments } = await askPlainly<{
    assignments: { nodes: { id: string; allotment: { services: NamedPlan[] } }[] };
  }>(stand, '{ assignments { nodes { id allotment { services { planId displayName } } } } }');
  for (const { id, allotment } of assignments.nodes) {
    const [one, other] = allotment.services;
    if (one !== undefined && other !== undefined) return { assignmentId: id, plans: [one, other] };
  }
  throw new Error('No assignment of the tenant has two service plans.');
}
