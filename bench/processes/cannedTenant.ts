/**
 * A tenant worked out from numbers alone: 10,000 users, 12 products, three rights and three assignments a user. Plain
 * objects with the properties that Graph documents, as many as Graph sends.
 */

/** A JSON object as Graph sends it. */
export type Json = Readonly<Record<string, unknown>>;

/** How many users there are. */
export const userCount = 10_000;
/** Rights, and assignments, of each user. */
export const rightsOfUser = 3;

const skuCount = 12;

function guid(kind: string, number: number): string {
  return `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The id of a user, by its number from 0. */
export function userId(number: number): string {
  return guid('a', number);
}

/** The number of a user, by its id; undefined where there is none. */
export function userNumber(id: string): number | undefined {
  const number = Number(/^aaaaaaaa-0000-4000-8000-(\d{12})$/.exec(id)?.[1]);
  return number < userCount ? number : undefined;
}

const notFilledIn = [
  'ageGroup',
  'consentProvidedForMinor',
  'creationType',
  'deletedDateTime',
  'employeeHireDate',
  'employeeLeaveDateTime',
  'employeeOrgData',
  'employeeType',
  'externalUserState',
  'externalUserStateChangeDateTime',
  'faxNumber',
  'infoCatalogs',
  'isManagementRestricted',
  'legalAgeGroupClassification',
  'mobilePhone',
  'onPremisesDistinguishedName',
  'onPremisesDomainName',
  'onPremisesImmutableId',
  'onPremisesLastSyncDateTime',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'onPremisesUserPrincipalName',
  'passwordPolicies',
  'postalCode',
  'preferredDataLocation',
  'state',
  'streetAddress',
];
const nobody = Object.fromEntries(notFilledIn.map((name) => [name, null]));
const noAttributes = Object.fromEntries(
  Array.from({ length: 15 }, (_, index) => [`extensionAttribute${index + 1}`, null]),
);

function planOf(sku: number, plan: number): Json {
  return {
    planId: guid('d', sku * 100 + plan),
    planName: `SERVICE_PLAN_${sku}_${plan}`,
    assignableTo: plan % 3 === 0 ? 'user' : 'user,group',
  };
}

interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly services: readonly Json[];
}

const skus = Array.from({ length: skuCount }, (_, sku): Sku => {
  const services = Array.from({ length: 8 + (sku % 5) * 4 }, (_each, plan) => planOf(sku, plan));
  return { skuId: guid('c', sku), skuPartNumber: `PRODUCT_E${sku}`, services };
});

function skuOf(user: number, place: number): number {
  return (user + place * 5) % skuCount;
}

/** A user as the beta version answers where nothing is selected: all properties. */
export function user(number: number): Json {
  const name = `person.${number}`;
  return {
    ...nobody,
    id: userId(number),
    displayName: `Person ${number}`,
    userPrincipalName: `${name}@contoso.com`,
    mail: `${name}@contoso.com`,
    mailNickname: name,
    givenName: 'Person',
    surname: String(number),
    accountEnabled: number % 17 !== 0,
    userType: 'Member',
    department: `Department ${number % 40}`,
    jobTitle: `Specialist ${number % 9}`,
    companyName: 'Contoso',
    officeLocation: `Building ${number % 30}`,
    city: 'Redmond',
    country: 'US',
    usageLocation: 'US',
    preferredLanguage: 'en-US',
    createdDateTime: '2021-09-13T10:07:01Z',
    refreshTokensValidFromDateTime: '2021-09-13T10:07:01Z',
    signInSessionsValidFromDateTime: '2021-09-13T10:07:01Z',
    lastPasswordChangeDateTime: '2024-02-11T08:00:00Z',
    businessPhones: ['+1 425 555 0100'],
    imAddresses: [`${name}@contoso.com`],
    otherMails: [],
    proxyAddresses: [`SMTP:${name}@contoso.com`, `smtp:${name}@contoso.onmicrosoft.com`],
    assignedLicenses: skusOf(number).map(({ skuId }) => ({ disabledPlans: [], skuId })),
    assignedPlans: skusOf(number).flatMap(({ services }) =>
      services.slice(0, 3).map(({ planId, planName }) => ({
        assignedDateTime: '2024-02-11T08:00:00Z',
        capabilityStatus: 'Enabled',
        service: planName,
        servicePlanId: planId,
      })),
    ),
    identities: [{ signInType: 'userPrincipalName', issuer: 'contoso.com', issuerAssignedId: `${name}@contoso.com` }],
    onPremisesExtensionAttributes: noAttributes,
    onPremisesProvisioningErrors: [],
    provisionedPlans: [],
    serviceProvisioningErrors: [],
  };
}

function skusOf(number: number): readonly Sku[] {
  return Array.from({ length: rightsOfUser }, (_, place) => skus[skuOf(number, place)] as Sku);
}

/** An allotment: one for each product. */
function allotment(sku: number): Json {
  const { skuId, skuPartNumber, services } = skus[sku] as Sku;
  return {
    id: `allotment${sku}x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3tt`,
    skuId,
    skuPartNumber,
    allottedUnits: 5000 + sku,
    consumedUnits: 2500 + sku,
    assignableTo: 'user,group',
    services,
    subscriptions: [
      {
        subscriptionId: guid('e', sku),
        startDate: '2024-01-01',
        nextLifecycleDate: '2027-01-01',
        state: 'active',
        tags: null,
      },
    ],
    externalServiceIdentifier: null,
  };
}

/** An assignment by its number from 0, with its relations. */
export function assignment(number: number): {
  readonly data: Json;
  readonly relations: Readonly<Record<string, Json>>;
} {
  const holder = Math.floor(number / rightsOfUser);
  return {
    data: {
      id: `assignment${String(number).padStart(6, '0')}bkifv7m42xdaugc6lfpqf3ozgvdl`,
      disabledServicePlanIds: [],
    },
    relations: {
      assignedTo: { '@odata.type': '#microsoft.graph.user', ...user(holder) },
      allotment: allotment(skuOf(holder, number % rightsOfUser)),
    },
  };
}

/** The id of a right of a user. */
export function rightId(owner: number, place: number): string {
  return `right${String(owner).padStart(5, '0')}x${place}esbkifv7m42xdaugc6lfpqf3ozgvdlvk3tt`;
}

/** A right of a user, with the one allotment and the one assignment that it follows from. */
export function right(
  owner: number,
  place: number,
): { readonly data: Json; readonly relations: Readonly<Record<string, readonly Json[]>> } {
  const { skuId, skuPartNumber, services } = skus[skuOf(owner, place)] as Sku;
  const { data } = assignment(owner * rightsOfUser + place);
  return {
    data: { id: rightId(owner, place), skuId, skuPartNumber, services, externalServiceIdentifier: null },
    relations: { allotments: [allotment(skuOf(owner, place))], assignments: [data] },
  };
}

/** The usage report: seven to twelve rows, whatever the period. */
export function licenseUsage(days: number): readonly Json[] {
  return Array.from({ length: 7 + (days % 6) }, (_, day) => ({
    id: guid('f', day),
    snapshotDateTime: `2026-${String(1 + (day % 12)).padStart(2, '0')}-11T17:11:10.66359Z`,
    licenseInfoDetails: ['free', 'basic', 'premiumP1', 'premiumP2'].map((licenseType, index) => ({
      licenseType,
      totalLicenseCount: 1000 + day,
      totalAssignedCount: 800 + index,
      totalUsageCount: 500 + day,
    })),
  }));
}
