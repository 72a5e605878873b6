/** Properties of directory objects that follow from licences; worked out only when somebody looks at them. */
import type { Entity } from './entities.js';
import type { Json, Principal } from './tenant/Tenant.js';
import type { TenantStore } from './tenant/TenantStore.js';

function assignedLicense(store: TenantStore, user: Principal, right: Json): Json {
  const origins = store.assignmentsForRight(user, String(right.skuId));
  const all = origins.flatMap(({ allotmentId }) => store.tenant.allotments.get(allotmentId)?.services ?? []);
  const on = new Set((right.services as readonly Json[]).map((service) => service.planId));
  const off = new Set(all.map((service) => service.planId).filter((planId) => !on.has(planId)));
  return { disabledPlans: [...off], skuId: right.skuId };
}

function assignedLicenses(store: TenantStore, id: string): readonly Json[] {
  const user = store.tenant.users.get(id);
  return user === undefined ? [] : store.usageRights(user).map((right) => assignedLicense(store, user, right));
}

/** An object's data with `assignedLicenses` of users: the SKUs that a user holds, directly or through groups. */
export function completeData(store: TenantStore, { type, data }: Entity): Json {
  if (type !== 'user' && data['@odata.type'] !== '#microsoft.graph.user') return data;
  return {
    ...data,
    get assignedLicenses() {
      return assignedLicenses(store, String(data.id));
    },
  };
}

/** What filters see of an object: of groups also `hasMembersWithLicenseErrors`, which no answer ever shows. */
export function filteredData(store: TenantStore, entity: Entity): Json {
  if (entity.type !== 'group') return completeData(store, entity);
  return {
    ...entity.data,
    get hasMembersWithLicenseErrors() {
      const affected = new Set([...store.tenant.errors.values()].map((error) => error.assigneeId));
      return (store.tenant.members.get(String(entity.data.id)) ?? []).some((member) => affected.has(member));
    },
  };
}
