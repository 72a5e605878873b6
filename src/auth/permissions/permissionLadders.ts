/**
 * Graph permissions that one source names for one kind of call, the narrowest first. A broader one is as good as the
 * narrowest.
 */
export interface PermissionLadder {
  readonly delegated: readonly string[];
  /** Empty where Graph offers no application permission. */
  readonly application: readonly string[];
}

/** A question mark behind a name: only users can hold it. */
function ladder(delegated: string, application?: string): PermissionLadder {
  const names = delegated.split(' ').filter(Boolean);
  return {
    delegated: names.map((name) => name.replace('?', '')),
    application: application?.split(' ').filter(Boolean) ?? names.filter((name) => !name.endsWith('?')),
  };
}

const directory = 'Directory.Read.All Directory.ReadWrite.All';
const users = `User.Read.All User.ReadWrite.All ${directory}`;
const groups = `Group.Read.All Group.ReadWrite.All ${directory}`;
const own = `User.Read? User.ReadWrite? ${users}`;
const agents = 'AgentIdUser.ReadWrite.IdentityParentedBy AgentIdUser.ReadWrite.All';
const writeUsers = 'User.ReadWrite.All Directory.ReadWrite.All';
const assignAll = 'CloudLicensing.AssignLicenses? CloudLicensing.AssignLicenses.Organization';
const assignUsers = 'User-CloudLicensing.AssignLicenses? User-CloudLicensing.AssignLicenses.Organization';
const assignGroups = 'Group-CloudLicensing.AssignLicenses? Group-CloudLicensing.AssignLicenses.Organization';
const assignAnyone = `${assignAll} ${assignUsers} ${assignGroups} User.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All`;
const anyGroup = `GroupMember.Read.All ${groups}`;

/**
 * What the permission tables of the Graph beta reference name. The pages of devices print names that exist in no tenant
 * (`CloudLicensing-UsageRights.Read` and the like); the provisioned names of the same meaning stand here.
 */
export const pageLadders = {
  readAdmin: ladder(`CloudLicensing.Read? CloudLicensing.Read.All ${directory}`),
  readAllotmentAssignments: ladder(
    `CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read.All Group-CloudLicensing.Read.All User.Read.All User.ReadWrite.All ${groups}`,
  ),
  readWaiting: ladder(
    `CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read? User-CloudLicensing.Read.All ${users}`,
  ),
  listUserLicensing: ladder(`CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read.All ${users}`),
  listGroupLicensing: ladder(`CloudLicensing.Read? CloudLicensing.Read.All Group-CloudLicensing.Read.All ${groups}`),
  readUserLicensing: ladder(`User-CloudLicensing.Read? User-CloudLicensing.Read.All ${users}`),
  readGroupLicensing: ladder(`Group-CloudLicensing.Read? Group-CloudLicensing.Read.All ${groups}`),
  readDeviceLicensing: ladder(
    `Device-CloudLicensing.Read? Device-CloudLicensing.Read.All Device.Read.All ${directory}`,
  ),
  readUserRights: ladder(
    `User-UsageRight.Read? User-UsageRight.Read.All User-CloudLicensing.Read? User-CloudLicensing.Read.All ${users}`,
  ),
  readOwnRights: ladder(
    `User-UsageRight.Read? User-CloudLicensing.Read? ${own} User-UsageRight.Read.All User-CloudLicensing.Read.All`,
    '',
  ),
  readGroupRights: ladder(
    `Group-UsageRight.Read.All Group-CloudLicensing.Read? Group-CloudLicensing.Read.All Group.Read.All Group.ReadWrite.All ${users}`,
  ),
  readDeviceRights: ladder(
    `Device-UsageRight.Read.All Device-CloudLicensing.Read? Device-CloudLicensing.Read.All Device.Read.All ${directory}`,
  ),
  assignAsAdmin: ladder(`${assignAll} Directory.ReadWrite.All`),
  assignToAnyone: ladder(assignAnyone),
  assignToUser: ladder(`User-CloudLicensing.AssignLicenses.Organization ${agents} ${writeUsers}`),
  assignToGroup: ladder(
    `CloudLicensing.AssignLicenses.Organization Group-CloudLicensing.AssignLicenses.Organization Group.ReadWrite.All ${writeUsers}`,
  ),
  assignToDevice: ladder(
    'Device-CloudLicensing.AssignLicenses? Device-CloudLicensing.AssignLicenses.Organization Directory.ReadWrite.All',
    'Device-CloudLicensing.AssignLicenses.Organization Device.ReadWrite.All Directory.ReadWrite.All',
  ),
  changeUserAssignment: ladder(`${assignUsers} ${agents} ${writeUsers}`),
  changeGroupAssignment: ladder(`${assignGroups} Group.ReadWrite.All Directory.ReadWrite.All`),
  readReport: ladder('Reports.Read.All'),
  readUsers: ladder(`User.ReadBasic.All? ${users}`),
  readUser: ladder(users),
  readSelf: ladder(own, ''),
  readMemberships: ladder(`GroupMember.Read.All? ${directory}`),
  readOwnMemberships: ladder(`User.Read? User.ReadWrite? GroupMember.Read.All? ${directory}`, ''),
  readGroups: ladder(anyGroup),
  readDevices: ladder(`Device.Read.All ${directory}`),
  readDirectory: ladder(directory),
  readProducts: ladder(`LicenseAssignment.Read.All Organization.Read.All ${directory}`),
  readLicenseDetails: ladder(`LicenseAssignment.Read.All ${users}`),
  writeUserLicense: ladder(`LicenseAssignment.ReadWrite.All ${writeUsers}`),
  writeGroupLicense: ladder('LicenseAssignment.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All'),
  writeUser: ladder(writeUsers),
  readSubscriptions: ladder(`Organization.Read.All ${directory}`),
} as const satisfies Record<string, PermissionLadder>;

/**
 * What the permission catalogue of Graph names (`permissions/new/permissions.json` of microsoftgraph/microsoft-graph-devx-content,
 * 2026-08-07). It has none of the names with `CloudLicensing` or `UsageRight` at any path.
 */
export const catalogueLadders = {
  readDirectory: ladder(directory),
  readUsers: ladder(`User.ReadBasic.All ${users}`),
  readUser: ladder(users),
  readOwn: ladder(own, ''),
  readGroupLicensing: ladder(`Group.Read.All Group.ReadWrite.All ${users}`),
  readGroups: ladder(`Group.ReadBasic.All ${anyGroup}`),
  readMembers: ladder(`GroupMember.ReadBasic.All ${anyGroup}`),
  readGroupRelations: ladder(anyGroup),
  readDevices: ladder(`Device.Read.All ${directory}`),
  readMemberships: ladder(
    `GroupMember.Read.All ${directory}`,
    `GroupMember.ReadBasic.All Group.ReadBasic.All ${directory}`,
  ),
  readOwnMemberships: ladder(`User.Read? User.ReadWrite? GroupMember.Read.All? ${directory}`, ''),
  readReport: ladder('Reports.Read.All'),
  writeDirectory: ladder('Directory.ReadWrite.All'),
  writeUser: ladder(writeUsers),
  writeOwn: ladder(`User.ReadWrite? ${writeUsers}`, ''),
  createForGroup: ladder(`Group.ReadWrite.All ${writeUsers}`, writeUsers),
  changeForGroup: ladder(`Group.ReadWrite.All ${writeUsers}`),
  reprocessGroup: ladder('Group.ReadWrite.All Directory.ReadWrite.All'),
  writeDevice: ladder('Directory.ReadWrite.All', 'Device.ReadWrite.All Directory.ReadWrite.All'),
} as const satisfies Record<string, PermissionLadder>;

/** Name of a ladder of the reference. */
export type PageLadderName = keyof typeof pageLadders;
/** Name of a ladder of the catalogue. */
export type CatalogueLadderName = keyof typeof catalogueLadders;
