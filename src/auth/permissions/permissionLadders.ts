/**
 * Graph permissions that allow one kind of operation, the least first (operations.md "Permission short names", drawn from
 * the permission tables of the Graph beta reference). A higher one is as good as the least.
 */
export interface PermissionLadder {
  readonly delegated: readonly string[];
  /** Empty where Graph offers no application permission. */
  readonly application: readonly string[];
}

const directoryRead = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const userRead = ['User.Read.All', 'User.ReadWrite.All'];
const groupRead = ['Group.Read.All', 'Group.ReadWrite.All'];

/** The same steps for both kinds of token. */
function forBoth(...steps: readonly string[]): PermissionLadder {
  return { delegated: steps, application: steps };
}

const userWrite = [
  'AgentIdUser.ReadWrite.IdentityParentedBy',
  'AgentIdUser.ReadWrite.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const anyAssign = [
  'User-CloudLicensing.AssignLicenses.Organization',
  'Group-CloudLicensing.AssignLicenses.Organization',
  'User.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const assigneeRead = [
  'User-CloudLicensing.Read.All',
  'Group-CloudLicensing.Read.All',
  ...userRead,
  ...groupRead,
  ...directoryRead,
];

/** Ladders by what is done; the rows of `permissionTable` name them. */
export const permissionLadders = {
  readAdmin: {
    delegated: ['CloudLicensing.Read', 'CloudLicensing.Read.All', ...directoryRead],
    application: ['CloudLicensing.Read.All', ...directoryRead],
  },
  readAllotmentAssignments: {
    delegated: ['CloudLicensing.Read', 'CloudLicensing.Read.All', ...assigneeRead],
    application: ['CloudLicensing.Read.All', ...assigneeRead],
  },
  readWaiting: {
    delegated: [
      'CloudLicensing.Read',
      'CloudLicensing.Read.All',
      'User-CloudLicensing.Read',
      'User-CloudLicensing.Read.All',
      ...userRead,
      ...directoryRead,
    ],
    application: ['CloudLicensing.Read.All', 'User-CloudLicensing.Read.All', ...userRead, ...directoryRead],
  },
  listUserAssignments: {
    delegated: [
      'CloudLicensing.Read',
      'CloudLicensing.Read.All',
      'User-CloudLicensing.Read.All',
      ...userRead,
      ...directoryRead,
    ],
    application: ['CloudLicensing.Read.All', 'User-CloudLicensing.Read.All', ...userRead, ...directoryRead],
  },
  listGroupAssignments: {
    delegated: [
      'CloudLicensing.Read',
      'CloudLicensing.Read.All',
      'Group-CloudLicensing.Read.All',
      ...groupRead,
      ...directoryRead,
    ],
    application: ['CloudLicensing.Read.All', 'Group-CloudLicensing.Read.All', ...groupRead, ...directoryRead],
  },
  readUserLicensing: {
    delegated: ['User-CloudLicensing.Read', 'User-CloudLicensing.Read.All', ...userRead, ...directoryRead],
    application: ['User-CloudLicensing.Read.All', ...userRead, ...directoryRead],
  },
  readGroupLicensing: {
    delegated: ['Group-CloudLicensing.Read', 'Group-CloudLicensing.Read.All', ...groupRead, ...directoryRead],
    application: ['Group-CloudLicensing.Read.All', ...groupRead, ...directoryRead],
  },
  readUserRights: {
    delegated: [
      'User-UsageRight.Read',
      ...userRead,
      ...directoryRead,
      'User-CloudLicensing.Read',
      'User-CloudLicensing.Read.All',
      'User-UsageRight.Read.All',
    ],
    application: ['User-UsageRight.Read.All', ...userRead, ...directoryRead, 'User-CloudLicensing.Read.All'],
  },
  readOwnRights: {
    delegated: [
      'User-UsageRight.Read',
      'User.Read',
      'User.ReadWrite',
      ...userRead,
      ...directoryRead,
      'User-CloudLicensing.Read',
      'User-CloudLicensing.Read.All',
      'User-UsageRight.Read.All',
    ],
    application: [],
  },
  readGroupRights: {
    delegated: [
      'Group-UsageRight.Read.All',
      'Group-CloudLicensing.Read',
      'Group-CloudLicensing.Read.All',
      ...groupRead,
      ...userRead,
      ...directoryRead,
    ],
    application: [
      'Group-UsageRight.Read.All',
      'Group-CloudLicensing.Read.All',
      ...groupRead,
      ...userRead,
      ...directoryRead,
    ],
  },
  readDeviceRights: {
    delegated: ['CloudLicensing-UsageRights.Read', 'Device.Read.All', ...directoryRead],
    application: ['CloudLicensing-UsageRights.Read.All', 'Device.Read.All', ...directoryRead],
  },
  readDeviceWaiting: {
    delegated: ['Device-CloudLicensing.Read', 'Device-CloudLicensing.Read.All', 'Device.Read.All', ...directoryRead],
    application: ['Device-CloudLicensing.Read.All', 'Device.Read.All', ...directoryRead],
  },
  assignAsAdmin: {
    delegated: [
      'CloudLicensing.AssignLicenses',
      'CloudLicensing.AssignLicenses.Organization',
      'Directory.ReadWrite.All',
    ],
    application: ['CloudLicensing.AssignLicenses.Organization', 'Directory.ReadWrite.All'],
  },
  assignToAnyone: {
    delegated: ['CloudLicensing.AssignLicenses', 'CloudLicensing.AssignLicenses.Organization', ...anyAssign],
    application: ['CloudLicensing.AssignLicenses.Organization', ...anyAssign],
  },
  assignToUser: forBoth('User-CloudLicensing.AssignLicenses.Organization', ...userWrite),
  assignToGroup: forBoth(
    'CloudLicensing.AssignLicenses.Organization',
    'Group-CloudLicensing.AssignLicenses.Organization',
    'Group.ReadWrite.All',
    'User.ReadWrite.All',
    'Directory.ReadWrite.All',
  ),
  assignToDevice: {
    delegated: ['CloudLicensing-Assignment.ReadWrite', 'Directory.ReadWrite.All'],
    application: ['CloudLicensing-Assignment.ReadWrite.All', 'Device.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  changeUserAssignment: {
    delegated: ['User-CloudLicensing.AssignLicenses', 'User-CloudLicensing.AssignLicenses.Organization', ...userWrite],
    application: ['User-CloudLicensing.AssignLicenses.Organization', ...userWrite],
  },
  changeGroupAssignment: {
    delegated: [
      'Group-CloudLicensing.AssignLicenses',
      'Group-CloudLicensing.AssignLicenses.Organization',
      'Group.ReadWrite.All',
      'Directory.ReadWrite.All',
    ],
    application: ['Group-CloudLicensing.AssignLicenses.Organization', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  readReport: forBoth('Reports.Read.All'),
  readUsers: {
    delegated: ['User.ReadBasic.All', ...userRead, ...directoryRead],
    application: [...userRead, ...directoryRead],
  },
  readUserMore: forBoth(...userRead, ...directoryRead),
  readSelf: { delegated: ['User.Read', 'User.ReadWrite', ...userRead, ...directoryRead], application: [] },
  readGroups: forBoth('GroupMember.Read.All', ...groupRead, ...directoryRead),
  readDevices: forBoth('Device.Read.All', ...directoryRead),
  readDirectory: forBoth(...directoryRead),
  readProducts: forBoth('LicenseAssignment.Read.All', 'Organization.Read.All', ...directoryRead),
  readLicenseDetails: forBoth('LicenseAssignment.Read.All', ...userRead, ...directoryRead),
  writeUserLicense: forBoth('LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'),
  writeGroupLicense: forBoth('LicenseAssignment.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'),
  reprocessUserLicense: forBoth('User.ReadWrite.All', 'Directory.ReadWrite.All'),
  readSubscriptions: forBoth('Organization.Read.All', ...directoryRead),
} as const satisfies Record<string, PermissionLadder>;

/** Name of a ladder. */
export type PermissionLadderName = keyof typeof permissionLadders;
