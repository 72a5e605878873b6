import { guidOf } from './deterministic.js';
import { documentedAllotments } from './documentedAllotments.js';
import {
  documentedAssignments,
  documentedDevices,
  documentedErrors,
  documentedGroups,
  documentedReport,
  documentedRightIds,
  documentedUsers,
} from './documentedObjects.js';
import { rightKey, type TenantStore } from './TenantStore.js';

const since = '2024-11-22T17:11:10.6635939+00:00';

function addDirectory({ tenant }: TenantStore): void {
  for (const user of documentedUsers) tenant.users.set(user.id, user);
  for (const device of documentedDevices) tenant.devices.set(device.id, device);
  for (const { group, members } of documentedGroups) {
    tenant.groups.set(group.id, group);
    tenant.members.set(group.id, members);
    for (const member of members) tenant.groupsOf.set(member, [...(tenant.groupsOf.get(member) ?? []), group.id]);
  }
}

function addLicences(store: TenantStore): void {
  const { tenant } = store;
  for (const { consumedUnits: _, ...allotment } of documentedAllotments) tenant.allotments.set(allotment.id, allotment);
  for (const [holder, skuId, id] of documentedRightIds) tenant.rightIds.set(rightKey(holder, skuId), id);
  for (const { id, assigneeId, allotmentId, disabledServicePlanIds = [] } of documentedAssignments) {
    const assignment = {
      id: id ?? guidOf('documented', assigneeId, allotmentId),
      assigneeId,
      allotmentId,
      disabledServicePlanIds: [...disabledServicePlanIds],
    };
    store.assign(assignment, since);
  }
  // The rest of the documented units is in use by people whom no example shows.
  for (const { consumedUnits, ...allotment } of documentedAllotments) {
    const occupiedElsewhere = consumedUnits - store.consumedUnits(allotment.id);
    tenant.allotments.set(allotment.id, { ...allotment, occupiedElsewhere });
  }
}

/** Objects that stand before the documented ones. */
const before = 10;

/** Moves what was added last to where it is seen on the first page of any list. */
function moveForward<T>(objects: Map<string, T>, count: number): void {
  const all = [...objects];
  const added = all.splice(all.length - count);
  all.splice(before, 0, ...added);
  objects.clear();
  for (const [id, object] of all) objects.set(id, object);
}

/** Adds what the examples of the documentation show, behind the first few objects of every list. */
export function addDocumentedObjects(store: TenantStore): void {
  const { users, groups, devices, allotments, assignments, errors } = store.tenant;
  const lists: readonly Map<string, unknown>[] = [users, groups, devices, allotments, assignments, errors];
  const sizes = lists.map((list) => list.size);
  addDirectory(store);
  addLicences(store);
  for (const error of documentedErrors) errors.set(error.id, error);
  store.tenant.report.push(...documentedReport);
  lists.forEach((list, index) => moveForward(list, list.size - (sizes[index] ?? 0)));
}
