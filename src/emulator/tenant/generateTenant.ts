import { addDocumentedObjects } from './addDocumentedObjects.js';
import { addErrors } from './addErrors.js';
import { createDice, dateTimeOf, guidOf, longIdOf } from './deterministic.js';
import { makeDevice, makeGroup, makeUser } from './principals.js';
import { skuFacts, type SkuFact } from './skuFacts.js';
import type { Allotment, Json, Principal, Tenant } from './Tenant.js';
import { TenantStore } from './TenantStore.js';

function services(sku: SkuFact): Json[] {
  return sku.plans.map(([planId, planName], index) => ({
    '@odata.type': 'microsoft.graph.cloudLicensing.service',
    assignableTo: index % 5 === 4 ? 'none' : 'user,device,group',
    planId,
    planName,
  }));
}

function subscription(sku: SkuFact, part: number, isTrial: boolean): Json {
  return {
    '@odata.type': '#microsoft.graph.cloudLicensing.subscription',
    subscriptionId: guidOf('subscription', sku.skuId, part),
    nextLifecycleDate: `202${6 + part}-09-30T00:00:00.000Z`,
    startDate: '2025-07-18T00:00:00.000Z',
    state: part === 2 ? 'warning' : 'active',
    tags: isTrial ? 'trial' : 'none',
  };
}

function allotments(users: number): Allotment[] {
  return skuFacts.flatMap((sku, index) =>
    Array.from({ length: index % 3 === 0 ? 2 : 1 }, (_, part): Allotment => ({
      id: longIdOf('allotment', sku.skuId, part),
      skuId: sku.skuId,
      skuPartNumber: sku.skuPartNumber,
      // Some pools are too small for what is assigned from them, so that people wait.
      allottedUnits: index === 3 ? Math.max(2, Math.floor(users / 40)) : Math.max(5, Math.floor(users / (part + 2))),
      assignableTo: 'user,group,device',
      services: services(sku),
      subscriptions: [subscription(sku, part, index === 5), ...(index === 0 ? [subscription(sku, 2, false)] : [])],
    })),
  );
}

function report(): Json[] {
  return [7, 30].flatMap((days) =>
    Array.from({ length: 2 }, (_, index) => ({
      '@odata.type': '#Microsoft.AAD.Reporting.azureADLicenseUsage',
      id: guidOf('report', days, index),
      period: `D${days}`,
      snapshotDateTime: dateTimeOf(500_000 - index * 1440 * days, 9_238_491),
      licenseInfoDetails: ['premiumP1', 'premiumP2', 'free'].map((licenseType, kind) => ({
        '@odata.type': 'Microsoft.AAD.Reporting.licenseInfoDetail',
        licenseType,
        totalLicenseCount: 100 * (kind + 1),
        totalAssignedCount: 80 * (kind + 1) - index,
        totalUsageCount: 50 * (kind + 1) + days,
      })),
    })),
  );
}

function byId(principals: readonly Principal[]): Map<string, Principal> {
  return new Map(principals.map((each) => [each.id, each]));
}

function assignAll(store: TenantStore, seed: number, roll: (limit: number) => number): void {
  const { tenant } = store;
  const pools = [...tenant.allotments.values()];
  const disabled = (pool: Allotment): string[] =>
    roll(3) === 0 ? [String(pool.services[roll(pool.services.length)]?.planId)] : [];
  const give = (assigneeId: string, pool: Allotment): void => {
    const id = guidOf('assignment', seed, assigneeId, pool.id);
    if (tenant.assignments.has(id)) return;
    store.assign(
      { id, allotmentId: pool.id, assigneeId, disabledServicePlanIds: disabled(pool) },
      dateTimeOf(roll(500_000), roll(9_999_999)),
    );
  };
  let turn = 0;
  for (const id of tenant.groups.keys()) if (roll(3) > 0) give(id, pools[(turn += 1) % pools.length] as Allotment);
  for (const id of tenant.users.keys()) {
    for (let count = roll(3); count > 0; count -= 1) give(id, pools[roll(pools.length)] as Allotment);
  }
  for (const id of tenant.devices.keys()) give(id, pools[roll(pools.length)] as Allotment);
}

/** Which tenant to make. */
export interface TenantWish {
  readonly size: number;
  readonly seed: number;
  readonly signedInUser: string | undefined;
  /** Whether the objects of the documentation's examples are in it too. */
  readonly documented: boolean;
}

/** A tenant of any size that is the same for the same size and seed; takes time linear in the number of users. */
export function generateTenant({ size, seed, signedInUser, documented }: TenantWish): TenantStore {
  const roll = createDice(seed);
  const users = Array.from({ length: size }, (_, index) => makeUser(index, seed, roll));
  const groups = Array.from({ length: Math.max(3, Math.ceil(size / 10)) }, (_, index) => makeGroup(index, seed, roll));
  const devices = Array.from({ length: Math.max(3, Math.ceil(size / 8)) }, (_, index) => makeDevice(index, seed, roll));
  const tenant: Tenant = {
    users: byId(users),
    groups: byId(groups),
    devices: byId(devices),
    managers: new Map(
      users.flatMap(({ id }, index) => (index % 6 === 0 ? [] : [[id, users[Math.floor(index / 6)]?.id ?? id]])),
    ),
    members: new Map(),
    owners: new Map(),
    groupsOf: new Map(),
    allotments: new Map(allotments(size).map((each) => [each.id, each])),
    assignments: new Map(),
    waiting: new Map(),
    errors: new Map(),
    rightIds: new Map(),
    report: report(),
    signedInUser: signedInUser ?? users[0]?.id ?? '',
  };
  groups.forEach(({ id }, index) => {
    // Most groups are small; the first two are larger than what an expansion brings.
    const wanted = index === 0 ? Math.min(size, 150) : index === 1 ? Math.min(size, 25) : 1 + roll(12);
    const members = new Set(
      Array.from({ length: wanted }, (_, at) => users[(at + roll(index < 2 ? 1 : size)) % size]?.id ?? ''),
    );
    if (index % 4 === 3) members.add(devices[roll(devices.length)]?.id ?? '');
    tenant.members.set(id, [...members]);
    tenant.owners.set(id, [users[roll(size)]?.id ?? '']);
    for (const member of members) {
      const known = tenant.groupsOf.get(member);
      if (known === undefined) tenant.groupsOf.set(member, [id]);
      else known.push(id);
    }
  });
  const store = new TenantStore(tenant);
  assignAll(store, seed, roll);
  addErrors(store, seed, roll);
  if (documented) addDocumentedObjects(store);
  return store;
}
