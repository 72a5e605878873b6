import { writeNodeId, writeRightId } from '../reference/globalIds.js';
import { ReferenceGraph, type Json } from '../reference/ReferenceGraph.js';
import type { KnownIds } from './randomQuery.js';

/** What the tests know of the tenant behind a Graph, read over HTTP like everything else. */
export interface Tenant extends KnownIds {
  /** A user who has usage rights and is in a group. */
  readonly user: string;
  readonly right: string;
  /** The SKU of that right. */
  readonly sku: string;
}

const licensing = '/admin/cloudLicensing';

function ids(items: readonly Json[] | null): string[] {
  return (items ?? []).map((item) => String(item.id));
}

/** Reads the ids of a tenant, whoever serves it. */
export async function readTenant(serviceRoot: string): Promise<Tenant> {
  const graph = new ReferenceGraph(serviceRoot);
  const [users, groups, devices, allotments, assignments, errors] = await Promise.all([
    graph.list('/users?$select=id'),
    graph.list('/groups?$select=id'),
    graph.list('/devices?$select=id'),
    graph.list(`${licensing}/allotments`),
    graph.list(`${licensing}/assignments`),
    graph.list(`${licensing}/assignmentErrors`),
  ]);
  const skus = [...new Set((allotments ?? []).map((allotment) => String(allotment.skuId)))];
  const services = (allotments ?? []).flatMap((allotment) => allotment.services as Json[]);
  const { user, right } = await findUserWithRight(graph, ids(users));
  const [waiting, rights] = await Promise.all([
    readUnder(graph, ids(allotments).slice(0, 10), (id) => `${licensing}/allotments/${id}/waitingMembers`),
    Promise.all([
      readRights(graph, 'User', ids(users).slice(0, 12)),
      readRights(graph, 'Group', ids(groups).slice(0, 4)),
      readRights(graph, 'Device', ids(devices).slice(0, 4)),
    ]),
  ]);
  return {
    waitingMembers: ids(waiting),
    rights: rights.flat(),
    users: ids(users),
    groups: ids(groups),
    devices: ids(devices),
    allotments: ids(allotments),
    assignments: ids(assignments),
    assignmentErrors: ids(errors),
    skus,
    plans: [...new Set(services.map((service) => String(service.planId)))],
    user,
    right: String(right.id),
    sku: String(right.skuId),
  };
}

async function readUnder(
  graph: ReferenceGraph,
  owners: readonly string[],
  pathOf: (id: string) => string,
): Promise<readonly Json[]> {
  const lists = await Promise.all(owners.map((id) => graph.list(pathOf(id))));
  return lists.flatMap((rows) => rows ?? []);
}

/** The ids of rights that hold everywhere. */
async function readRights(graph: ReferenceGraph, type: string, owners: readonly string[]): Promise<readonly string[]> {
  const collection = `/${type.toLowerCase()}s`;
  const lists = await Promise.all(owners.map((id) => graph.list(`${collection}/${id}/cloudLicensing/usageRights`)));
  return lists.flatMap((rows, index) =>
    (rows ?? []).map((right) => writeRightId(type, owners[index] ?? '', String(right.id))),
  );
}

async function findUserWithRight(
  graph: ReferenceGraph,
  users: readonly string[],
): Promise<{ user: string; right: Json }> {
  for (const user of users) {
    const [rights, groups] = await Promise.all([
      graph.list(`/users/${user}/cloudLicensing/usageRights`),
      graph.list(`/users/${user}/memberOf`),
    ]);
    const [right] = rights ?? [];
    if (right !== undefined && (groups ?? []).length > 0) return { user, right };
  }
  throw new Error('The tenant has no user with a usage right and a group.');
}

/** Puts ids of the tenant in place of `$user`, `$right`, `$sku2` … in a query of a golden case. */
export function fillPlaceholders(query: string, tenant: Tenant): string {
  const otherUser = tenant.users.find((id) => id !== tenant.user) ?? '';
  const otherSku = tenant.skus.find((id) => id !== tenant.sku) ?? '';
  const [group = '', group2 = ''] = tenant.groups;
  const [assignment = ''] = tenant.assignments;
  const values: Record<string, string> = {
    user: tenant.user,
    user2: otherUser,
    right: tenant.right,
    sku: tenant.sku,
    sku2: otherSku,
    device: tenant.devices[0] ?? '',
    group,
    group2,
    allotment: tenant.allotments[0] ?? '',
    assignment,
    assignmentError: tenant.assignmentErrors[0] ?? '',
    userNode: writeNodeId('User', tenant.user),
    user2Node: writeNodeId('User', otherUser),
    unknownNode: writeNodeId('User', '99999999-9999-4999-8999-999999999999'),
    groupNode: writeNodeId('Group', group),
    skuNode: writeNodeId('Sku', tenant.sku),
    rightNode: writeNodeId('UsageRight', tenant.rights[0] ?? ''),
    assignmentNode: writeNodeId('Assignment', assignment),
  };
  return query.replace(/"\$(\w+)"/g, (_, name: string) => JSON.stringify(values[name] ?? ''));
}
