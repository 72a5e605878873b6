/** Objects of the tenant as Graph shows them, and what their navigations lead to. */
import type { EntityType } from './entityTypes.js';
import type { Assignment, AssignmentError, Json, Principal, WaitingMember } from './tenant/Tenant.js';
import { externalServiceOf } from './tenant/skuFacts.js';
import type { TenantStore } from './tenant/TenantStore.js';

/** An object with its type; `owner` is the principal of a usage right. */
export interface Entity {
  readonly type: EntityType;
  readonly data: Json;
  readonly owner?: Principal;
}

const licensing = '#microsoft.graph.cloudLicensing.';

/** A user, group or device. */
export function principalEntity(principal: Principal): Entity {
  return {
    type: principal.type,
    data: { '@odata.type': `#microsoft.graph.${principal.type}`, ...principal.properties },
  };
}

/** An allotment with its seats counted; undefined where there is none of that id. */
export function allotmentEntity(store: TenantStore, id: string): Entity | undefined {
  const allotment = store.tenant.allotments.get(id);
  if (allotment === undefined) return undefined;
  const { skuId, skuPartNumber, allottedUnits, assignableTo, services, subscriptions } = allotment;
  const consumedUnits = store.consumedUnits(id);
  const data = {
    id,
    allottedUnits,
    assignableTo,
    consumedUnits,
    externalServiceIdentifier: externalServiceOf(skuId),
    services,
    skuId,
    skuPartNumber,
    subscriptions,
  };
  return { type: 'allotment', data: { '@odata.type': `${licensing}allotment`, ...data } };
}

/** An assignment; its ends are navigations. */
export function assignmentEntity({ id, disabledServicePlanIds }: Assignment): Entity {
  return { type: 'assignment', data: { '@odata.type': `${licensing}assignment`, id, disabledServicePlanIds } };
}

/** Somebody who waits for a seat; both ends are navigations. */
export function waitingEntity({ id, since }: WaitingMember): Entity {
  return {
    type: 'waitingMember',
    data: { '@odata.type': `${licensing}waitingMember`, id, waitingSinceDateTime: since },
  };
}

/** An error of group-based licensing; both ends are navigations. */
export function errorEntity({ id, code, message, occurrenceDateTime, skuId }: AssignmentError): Entity {
  const data = { id, code, message, occurrenceDateTime, skuId };
  return { type: 'assignmentError', data: { '@odata.type': `${licensing}assignmentError`, ...data } };
}

/** The usage rights of somebody: one for each SKU that they hold, directly or through groups. */
export function rightEntities(store: TenantStore, owner: Principal): readonly Entity[] {
  return store
    .usageRights(owner)
    .map((data) => ({ type: 'usageRight', data: { '@odata.type': `${licensing}usageRight`, ...data }, owner }));
}

function principals(store: TenantStore, ids: readonly string[]): readonly Entity[] {
  return ids.flatMap((id) => {
    const found = store.principal(id);
    return found === undefined ? [] : [principalEntity(found)];
  });
}

function assignee(store: TenantStore, id: string): Entity | null {
  return principals(store, [id])[0] ?? null;
}

/** A collection in the complex property `cloudLicensing` of a user, group or device. */
export function licensingOf(store: TenantStore, id: string, collection: string): readonly Entity[] | undefined {
  const principal = store.principal(id);
  if (principal === undefined) return undefined;
  switch (collection.toLowerCase()) {
    case 'usagerights':
      return rightEntities(store, principal);
    case 'assignments':
      return store.assignmentsOf(id).map(assignmentEntity);
    case 'waitingmembers':
      return store.waitingOf(id).map(waitingEntity);
    case 'assignmenterrors':
      return [...store.tenant.errors.values()].filter((each) => each.assigneeId === id).map(errorEntity);
    default:
      return undefined;
  }
}

/** What a navigation of an object leads to; undefined where there is no such navigation. */
export function navigate(
  store: TenantStore,
  { type, data, owner }: Entity,
  navigation: string,
): Entity | null | readonly Entity[] | undefined {
  const { tenant } = store;
  const id = String(data.id);
  if (navigation.startsWith('cloudLicensing/'))
    return licensingOf(store, id, navigation.slice('cloudLicensing/'.length));
  switch (`${type}.${navigation}`) {
    case 'user.manager':
      return assignee(store, tenant.managers.get(id) ?? '');
    case 'user.memberOf':
      return principals(store, tenant.groupsOf.get(id) ?? []);
    case 'user.directReports':
      return principals(
        store,
        [...tenant.managers].flatMap(([report, manager]) => (manager === id ? [report] : [])),
      );
    case 'user.ownedObjects':
      return principals(
        store,
        [...tenant.owners].flatMap(([group, owners]) => (owners.includes(id) ? [group] : [])),
      );
    case 'group.memberOf':
      return principals(store, tenant.groupsOf.get(id) ?? []);
    case 'group.members':
      return principals(store, tenant.members.get(id) ?? []);
    case 'group.owners':
      return principals(store, tenant.owners.get(id) ?? []);
    case 'allotment.assignments':
      return store.assignmentsIn(id).map(assignmentEntity);
    case 'allotment.waitingMembers':
      return store.waitingIn(id).map(waitingEntity);
    case 'assignment.allotment':
      return allotmentEntity(store, tenant.assignments.get(id)?.allotmentId ?? '') ?? null;
    case 'assignment.assignedTo':
      return assignee(store, tenant.assignments.get(id)?.assigneeId ?? '');
    case 'waitingMember.allotment':
      return allotmentEntity(store, tenant.waiting.get(id)?.allotmentId ?? '') ?? null;
    case 'waitingMember.assignedTo':
      return assignee(store, tenant.waiting.get(id)?.assigneeId ?? '');
    case 'assignmentError.assignedTo':
      return assignee(store, tenant.errors.get(id)?.assigneeId ?? '');
    case 'assignmentError.usageRight': {
      const error = tenant.errors.get(id);
      const affected = error === undefined ? undefined : store.principal(error.assigneeId);
      if (affected === undefined) return null;
      return rightEntities(store, affected).find((right) => right.data.skuId === error?.skuId) ?? null;
    }
    case 'usageRight.assignments':
      return owner === undefined ? [] : store.assignmentsForRight(owner, String(data.skuId)).map(assignmentEntity);
    case 'usageRight.allotments': {
      const origins = owner === undefined ? [] : store.assignmentsForRight(owner, String(data.skuId));
      return [...new Set(origins.map((each) => each.allotmentId))].flatMap(
        (each) => allotmentEntity(store, each) ?? [],
      );
    }
    default:
      return undefined;
  }
}
