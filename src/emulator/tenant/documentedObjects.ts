/**
 * Objects that the examples of the documentation show, under their documented ids, as far as they fit one consistent
 * tenant. The examples do not agree with each other (one id for a user and a group, a wait for an allotment that has free
 * seats, another id in an answer than in its path): where they differ, one of the readings stands here.
 */
import { poolOf } from './documentedAllotments.js';
import type { AssignmentError, Json, Principal } from './Tenant.js';

function user(id: string, displayName: string, userPrincipalName: string): Principal {
  const [givenName = '', surname = ''] = displayName.split(' ');
  return {
    type: 'user',
    id,
    properties: {
      id,
      deletedDateTime: null,
      displayName,
      userPrincipalName,
      mail: userPrincipalName,
      mailNickname: userPrincipalName.split('@')[0],
      givenName,
      surname,
      accountEnabled: true,
      userType: 'Member',
      department: null,
      jobTitle: null,
      companyName: 'Contoso',
      officeLocation: null,
      mobilePhone: null,
      businessPhones: [],
      preferredLanguage: null,
      usageLocation: 'US',
      country: null,
      city: null,
      createdDateTime: '2021-09-13T10:07:01Z',
      assignedLicenses: [],
      employeeId: null,
    },
  };
}

const steve = 'a6c034b8-621b-dee3-6abb-52cbce801fe9';
const trevor = '84b80893-8749-40a3-97b7-68513b600544';
const billy = '5d6059b6-368d-45f8-91e1-8e07d485f1d0';
const robin = '48fbdf70-9e09-40df-9dbe-17af483ab113';
const uma = '43fe5b38-7328-40b9-a2f6-85d86ae8c34d';

/** The documented users; the names of the first three are documented. */
export const documentedUsers: readonly Principal[] = [
  user(steve, 'Steve Fred', 'stevefred@contoso.com'),
  user(trevor, 'Trevor Jones', 'trevor.jones@contoso.com'),
  user(billy, 'Billy Smith', 'billy.smith@contoso.com'),
  user(robin, 'Robin Kline', 'robin.kline@contoso.com'),
  user(uma, 'Uma Lindt', 'uma.lindt@contoso.com'),
  user('6d645c5f-089f-40d8-b0e7-136fb5c56d5b', 'Nora Stone', 'nora.stone@contoso.com'),
];

function group(id: string, displayName: string, mailNickname: string, description: string | null): Principal {
  return {
    type: 'group',
    id,
    properties: {
      id,
      deletedDateTime: null,
      displayName,
      description,
      mail: `${mailNickname}@contoso.com`,
      mailNickname,
      mailEnabled: true,
      securityEnabled: false,
      groupTypes: ['Unified'],
      visibility: 'Public',
      createdDateTime: '2021-09-13T10:07:01Z',
      membershipRule: null,
    },
  };
}

const pilots = '1003985b-dfc1-4f42-97d4-65f70a335ca8';
const professionals = '0003985b-dfc1-4f42-97d4-65f70a335ca8';

/** The documented groups with their members. */
export const documentedGroups: readonly { readonly group: Principal; readonly members: readonly string[] }[] = [
  {
    group: group(
      '4de51a22-3289-4ea5-bbdb-8503ea644f1b',
      'Library Assist',
      'library',
      'Self help community for library',
    ),
    members: [],
  },
  { group: group('11111111-2222-3333-4444-555555555555', 'Contoso Group 1', 'contoso1', null), members: [steve] },
  { group: group('22222222-3333-4444-5555-666666666666', 'Contoso Group 2', 'contoso2', null), members: [steve] },
  { group: group(pilots, 'Copilot Pilots', 'copilotpilots', null), members: [trevor] },
  { group: group(professionals, 'Copilot Professionals', 'copilotprofessionals', null), members: [billy] },
];

const device = '0231bf6c-f5ba-4133-80dd-b35d619bb4b5';

/** The documented device. */
export const documentedDevices: readonly Principal[] = [
  {
    type: 'device',
    id: device,
    properties: {
      id: device,
      deletedDateTime: null,
      displayName: 'FABRIKAM-0001',
      deviceId: 'b7c2f6b0-6d2a-4d6d-8f4b-0231bf6cf5ba',
      operatingSystem: 'Windows',
      operatingSystemVersion: '10.0',
      accountEnabled: true,
      trustType: 'AzureAd',
    },
  },
];

const copilot = '639dec6b-bb19-468b-871c-c5c441c4b0cb';
const copilotPro = '75398b2a-b060-4057-9ae2-9eb00ef68579';
const fabrikam = 'a0cfb9b5-427c-4d42-9e6d-6727c6bbd8b5';
const timeTravel = 'f48db87f-583c-486e-a6de-096155d8fb8f';
const copilotPool = '405ee855-dd74-f695-8d7e-be35a6788fe8';

/** Who is assigned what; an id is made up where none is documented. */
export const documentedAssignments: readonly {
  readonly id?: string;
  readonly assigneeId: string;
  readonly allotmentId: string;
  readonly disabledServicePlanIds?: readonly string[];
}[] = [
  {
    id: '405ee855-dd74-f695-8d7e-be35a6788fe8',
    assigneeId: steve,
    allotmentId: '551f1755-0184-9e51-0bc7-f32bae5a1afb',
    disabledServicePlanIds: ['5e62787c-c316-451f-b873-1d05acd4d12c'],
  },
  {
    id: '0b1a424d-3b9b-4446-80b9-6917dd521e03',
    assigneeId: uma,
    allotmentId: 'rkocgef3dgjhnu3gmu2mqhbdbmwcymnf6fk3k6a7zbui5e7gfpmi',
  },
  { assigneeId: robin, allotmentId: copilotPool },
  { assigneeId: robin, allotmentId: poolOf(copilotPro) },
  { assigneeId: pilots, allotmentId: copilotPool },
  { assigneeId: professionals, allotmentId: copilotPool },
  { assigneeId: professionals, allotmentId: poolOf(copilotPro) },
  { assigneeId: device, allotmentId: poolOf(fabrikam) },
  { assigneeId: steve, allotmentId: poolOf(timeTravel) },
];

/** Documented ids of usage rights, by who has the right and to which SKU. */
export const documentedRightIds: readonly (readonly [holder: string, skuId: string, id: string])[] = [
  [robin, copilot, 'i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3'],
  [robin, copilotPro, '5bbc716a-f73f-4cc1-bf16-53d38b407b8f'],
  [pilots, copilot, 'j6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby4'],
  [professionals, copilot, '1e373a1d-1f05-28cf-bfc0-ee0ecfd3db15'],
  [professionals, copilotPro, '5bbc716a-f73f-4cc1-bf16-53d38b407b8f'],
  [device, fabrikam, 'a8d33537-2833-4f1c-8797-7aa891e15723'],
  [steve, timeTravel, 'j6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby4'],
];

/** The documented assignment error. */
export const documentedErrors: readonly AssignmentError[] = [
  {
    id: '33ca790e-ed9f-b975-9ada-503e02e2b933',
    assigneeId: steve,
    code: 'MissingDependency',
    message:
      'Service plan 0337d124-4da1-45e4-9b28-936079cc72bb cannot be assigned without service plan f1df97e2-b3d9-4c17-b931-30fdbfeb5c18, which this user does not currently have.',
    occurrenceDateTime: '2024-09-22T17:11:10.6635939+00:00',
    skuId: timeTravel,
  },
];

/** Rows of the usage report, under periods that nobody asks for by accident: those of the examples are placeholders. */
export const documentedReport: readonly Json[] = [
  {
    '@odata.type': '#Microsoft.AAD.Reporting.azureADLicenseUsage',
    id: '0e602c49-2c49-0e60-492c-600e492c600e',
    period: 'parameterValue',
    snapshotDateTime: '2016-12-31T23:59:52.9238491+00:00',
    licenseInfoDetails: [{ '@odata.type': 'Microsoft.AAD.Reporting.licenseInfoDetail' }],
  },
  {
    '@odata.type': '#microsoft.graph.azureADLicenseUsage',
    id: 'de4208a6-08a6-de42-a608-42dea60842de',
    period: 'documented',
    snapshotDateTime: '2016-12-31T23:56:55.0631898+03:00',
    licenseInfoDetails: [],
  },
];
