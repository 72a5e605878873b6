import type { Random } from './random.js';

/** Ids that are really in the tenant, so that random queries find something. */
export interface KnownIds {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly devices: readonly string[];
  readonly allotments: readonly string[];
  readonly assignments: readonly string[];
  readonly assignmentErrors: readonly string[];
  readonly waitingMembers: readonly string[];
  /** Ids of rights that hold everywhere. */
  readonly rights: readonly string[];
  readonly skus: readonly string[];
  readonly plans: readonly string[];
}

const unknownId = '99999999-9999-4999-8999-999999999999';

function guidFilter(random: Random, ids: readonly string[]): object {
  const some = (): string => (random.chance(0.1) ? unknownId : random.pick(ids));
  return random.chance(0.5) ? { eq: some() } : { in: Array.from({ length: 1 + random.below(3) }, some) };
}

/** Each is what some user of the tenant has in one of these properties, but for `IT`. */
const values = ['Sales', 'IT', 'Contoso', 'Bianca', 'Braun', 'Specialist', 'DE'];

const letters = ['a', 'B', 'd', 'l', 'S', "O'", 'é'];

function textFilter(random: Random, property: string): object {
  const operators = {
    displayName: ['startsWith', 'ne', 'isNull'],
    mail: ['startsWith', 'endsWith', 'ne'],
    userPrincipalName: ['startsWith', 'endsWith', 'ne'],
    department: ['eq', 'ne', 'isNull', 'startsWith'],
    companyName: ['eq', 'ne', 'isNull', 'startsWith'],
    givenName: ['eq', 'ne', 'startsWith'],
    surname: ['eq', 'ne', 'startsWith'],
    jobTitle: ['eq', 'ne', 'isNull', 'startsWith'],
    usageLocation: ['eq', 'ne', 'startsWith'],
  }[property] ?? ['eq'];
  const operator = random.pick(operators);
  if (operator === 'isNull') return { isNull: random.chance(0.5) };
  if (operator === 'endsWith') return { endsWith: random.pick(['.com', 'a.com', 'x']) };
  return { [operator]: operator === 'startsWith' ? random.pick(letters) : random.pick(values) };
}

const textProperties = [
  'displayName',
  'mail',
  'userPrincipalName',
  'department',
  'companyName',
  'givenName',
  'surname',
  'jobTitle',
  'usageLocation',
] as const;

function userFilter(random: Random, ids: KnownIds): object {
  const property = random.pick(textProperties);
  return random.pick([
    { [property]: textFilter(random, property) },
    { accountEnabled: { eq: random.chance(0.5) }, userType: { in: ['Member', 'Guest'] } },
    { assignedSkuId: { eq: random.pick(ids.skus) } },
    { hasLicense: { eq: random.chance(0.5) } },
    { userType: { ne: 'Guest' }, department: textFilter(random, 'department') },
    { createdDateTime: { ge: `2024-0${1 + random.below(9)}-01T00:00:00Z` } },
  ]);
}

/** A random value for a filter input of the schema. */
export function randomFilter(random: Random, ids: KnownIds, type: string): object {
  switch (type) {
    case 'UsageRightFilter':
      return random.chance(0.5)
        ? { skuId: guidFilter(random, ids.skus) }
        : { servicePlanId: guidFilter(random, ids.plans) };
    case 'AllotmentFilter':
    case 'AssignmentFilter':
    case 'AssignmentErrorFilter':
      return { skuId: guidFilter(random, ids.skus) };
    case 'UserFilter':
      return userFilter(random, ids);
    case 'GroupFilter':
      return random.pick([
        { securityEnabled: { eq: random.chance(0.5) } },
        { displayName: { startsWith: random.pick(letters) }, mailEnabled: { eq: random.chance(0.5) } },
        { displayName: { ne: 'Engineering Team 2' } },
        { mail: { endsWith: '.com' } },
        { groupTypes: { eq: 'Unified' } },
      ]);
    case 'DeviceFilter':
      return random.pick([
        { operatingSystem: { eq: 'Windows' }, accountEnabled: { eq: random.chance(0.5) } },
        { operatingSystem: { ne: 'Windows' } },
        { displayName: { startsWith: random.pick(letters) } },
      ]);
    default:
      throw new Error(`No random filter is known for ${type}.`);
  }
}
