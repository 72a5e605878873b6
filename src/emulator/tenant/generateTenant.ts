import { addDocumentedObjects } from './addDocumentedObjects.js';
import { createDice, dateTimeOf, guidOf, longIdOf } from './deterministic.js';
import { skuFacts, type SkuFact } from './skuFacts.js';
import type { Allotment, Json, Principal, Tenant } from './Tenant.js';
import { TenantStore } from './TenantStore.js';

const givenNames = [
  'Adele',
  'Alex',
  'Bianca',
  'Cameron',
  'Diego',
  'Emily',
  'Grady',
  'Henrietta',
  'Isaiah',
  'Johanna',
  'Lee',
  'Megan',
  'Nestor',
  'Patti',
  'Pradeep',
  'Shea',
];
const surnames = [
  'Vance',
  'Wilber',
  'Pisani',
  'Marsh',
  'Siciliani',
  'Braun',
  'Archie',
  'Müller',
  'Langer',
  'Lorenz',
  'Gu',
  'Bowen',
  'Wilke',
  'Fernández',
  'Gupta',
  "O'Neil",
];
const departments = ['Sales', 'Marketing', 'Engineering', 'Finance', 'Human Resources', 'Legal', 'Operations'];
const countryNames: Readonly<Record<string, string>> = {
  US: 'United States',
  DE: 'Germany',
  FR: 'France',
  GB: 'United Kingdom',
  JP: 'Japan',
  NL: 'Netherlands',
};
const countries = Object.keys(countryNames);

/** Where somebody uses licences, and the country of their address. */
function placeOf(code: string | undefined) {
  return { usageLocation: code ?? null, country: code === undefined ? null : (countryNames[code] ?? null) };
}

/** A name as mail addresses have it: without apostrophes and accents. */
function asciiOf(name: string): string {
  return name.normalize('NFD').replace(/[^A-Za-z]/g, '');
}

function user(index: number, seed: number, roll: (limit: number) => number): Principal {
  const givenName = givenNames[roll(givenNames.length)] ?? '';
  const surname = surnames[roll(surnames.length)] ?? '';
  const isGuest = roll(20) === 0;
  const name = `${givenName}.${asciiOf(surname)}${index}`.toLowerCase();
  const id = guidOf('user', seed, index);
  const userPrincipalName = isGuest ? `${name}_fabrikam.com#EXT#@contoso.com` : `${name}@contoso.com`;
  return {
    type: 'user',
    id,
    properties: {
      id,
      deletedDateTime: null,
      displayName: `${givenName} ${surname} ${index}`,
      userPrincipalName,
      mail: isGuest ? `${name}@fabrikam.com` : userPrincipalName,
      mailNickname: name,
      givenName,
      surname,
      accountEnabled: roll(12) !== 0,
      userType: isGuest ? 'Guest' : 'Member',
      department: roll(10) === 0 ? null : departments[roll(departments.length)],
      jobTitle: roll(3) === 0 ? null : 'Specialist',
      companyName: 'Contoso',
      officeLocation: `${1 + roll(40)}/${1000 + roll(900)}`,
      mobilePhone: null,
      businessPhones: [],
      preferredLanguage: 'en-US',
      ...placeOf(roll(15) === 0 ? undefined : countries[roll(countries.length)]),
      city: null,
      createdDateTime: `${dateTimeOf(roll(400_000), 0).slice(0, 19)}Z`,
      assignedLicenses: [],
      employeeId: String(10_000 + index),
    },
  };
}

function group(index: number, seed: number, roll: (limit: number) => number): Principal {
  const id = guidOf('group', seed, index);
  const isUnified = roll(3) === 0;
  const displayName = `${departments[index % departments.length] ?? ''} ${isUnified ? 'Team' : 'Licences'} ${index}`;
  return {
    type: 'group',
    id,
    properties: {
      id,
      deletedDateTime: null,
      displayName,
      description: roll(4) === 0 ? null : `Everybody of ${displayName}`,
      mail: isUnified ? `group${index}@contoso.com` : null,
      mailNickname: `group${index}`,
      mailEnabled: isUnified,
      securityEnabled: !isUnified || roll(2) === 0,
      groupTypes: isUnified ? ['Unified'] : [],
      visibility: isUnified ? 'Private' : null,
      createdDateTime: `${dateTimeOf(roll(400_000), 0).slice(0, 19)}Z`,
      membershipRule: null,
    },
  };
}

function device(index: number, seed: number, roll: (limit: number) => number): Principal {
  const id = guidOf('device', seed, index);
  const properties = {
    id,
    deletedDateTime: null,
    displayName: `DESKTOP-${String(index).padStart(4, '0')}`,
    deviceId: guidOf('deviceId', seed, index),
    operatingSystem: roll(4) === 0 ? 'macOS' : 'Windows',
    operatingSystemVersion: '10.0',
    accountEnabled: true,
    trustType: 'AzureAd',
  };
  return { type: 'device', id, properties };
}

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

/** What an error says; `[plan]` and `[needed]` stand for service plans of the product. */
interface ErrorKind {
  readonly code: string;
  readonly message: string;
}

/** The code of the documentation's example, and those of `licenseAssignmentState`, which tells of the same (Graph: resource types). */
const errorKinds: readonly [ErrorKind, ...ErrorKind[]] = [
  {
    code: 'MissingDependency',
    message:
      'Service plan [plan] cannot be assigned without service plan [needed], which this user does not currently have.',
  },
  { code: 'CountViolation', message: 'There are no more licenses available for this product.' },
  {
    code: 'MutuallyExclusiveViolation',
    message: 'Service plan [plan] cannot be assigned together with service plan [needed], which this user has.',
  },
  { code: 'DependencyViolation', message: 'Service plan [plan] is needed by another service plan of this user.' },
  {
    code: 'ProhibitedInUsageLocationViolation',
    message: 'Service plan [plan] is not available in the usage location of this user.',
  },
  { code: 'UniquenessViolation', message: 'The proxy address of this user is in use already.' },
  { code: 'Other', message: 'The license could not be applied.' },
];

/** Some errors, and at least one of each kind. */
function addErrors(store: TenantStore, seed: number, roll: (limit: number) => number): void {
  const { tenant } = store;
  const users = [...tenant.users.values()];
  const rolled = Math.max(3, Math.floor(users.length / 40));
  for (let index = 0; index < Math.max(rolled, errorKinds.length); index += 1) {
    // What comes after the errors is made by the same dice, however many kinds there are.
    const pick = (limit: number): number => (index < rolled ? roll(limit) : (index * 7) % limit);
    const assignee = users[pick(users.length)] as Principal;
    const sku = skuFacts[pick(skuFacts.length)] as SkuFact;
    const [plan, needed] = [sku.plans[0]?.[0] ?? '', sku.plans.at(-1)?.[0] ?? ''];
    const { code, message } = errorKinds[index % errorKinds.length] ?? errorKinds[0];
    const id = guidOf('error', seed, index);
    tenant.errors.set(id, {
      id,
      assigneeId: assignee.id,
      code,
      message: message.replace('[plan]', plan).replace('[needed]', needed),
      occurrenceDateTime: dateTimeOf(pick(500_000), pick(9_999_999)),
      skuId: sku.skuId,
    });
  }
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
  const users = Array.from({ length: size }, (_, index) => user(index, seed, roll));
  const groups = Array.from({ length: Math.max(3, Math.ceil(size / 10)) }, (_, index) => group(index, seed, roll));
  const devices = Array.from({ length: Math.max(3, Math.ceil(size / 8)) }, (_, index) => device(index, seed, roll));
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
