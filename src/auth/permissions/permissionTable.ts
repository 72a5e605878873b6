import type { CatalogueLadderName, PageLadderName } from './permissionLadders.js';

/**
 * One kind of Graph operation, with what either of Microsoft's two sources says of it. Nobody outside the service knows
 * which one it follows where they differ.
 */
export interface PermissionRow {
  readonly methods: readonly string[];
  /** `*` stands for one segment. `/me` is written `/users/*` where it wants the same. */
  readonly path: string;
  /** By the page of the reference; undefined where no page speaks of the operation. */
  readonly page: PageLadderName | undefined;
  /** By the permission catalogue; undefined where it does not list the operation. */
  readonly catalogue: CatalogueLadderName | undefined;
}

const read = ['GET'];
const create = ['POST'];
const change = ['PATCH', 'DELETE'];

const row = (
  methods: readonly string[],
  path: string,
  page: PageLadderName | undefined,
  catalogue?: CatalogueLadderName,
): PermissionRow => ({ methods, path, page, catalogue });

const admin = '/admin/cloudLicensing';
const user = '/users/*/cloudLicensing';
const group = '/groups/*/cloudLicensing';
const device = '/devices/*/cloudLicensing';
const me = '/me/cloudLicensing';

/**
 * Every operation that the gateway can make, and its neighbours; the first row that fits counts. From the permission
 * tables of the beta reference and the catalogue of 2026-08-07.
 */
export const permissionTable: readonly PermissionRow[] = [
  row(read, `${admin}/allotments`, 'readAdmin', 'readDirectory'),
  row(read, `${admin}/allotments/*`, 'readAdmin', 'readDirectory'),
  row(read, `${admin}/allotments/*/owner`, undefined, 'readDirectory'),
  row(read, `${admin}/allotments/*/assignments`, 'readAllotmentAssignments', 'readDirectory'),
  row(create, `${admin}/allotments/*/assignments`, 'assignToAnyone', 'writeDirectory'),
  row(read, `${admin}/allotments/*/assignments/*`, 'readAdmin', 'readDirectory'),
  row(change, `${admin}/allotments/*/assignments/*`, 'assignAsAdmin', 'writeDirectory'),
  row(read, `${admin}/allotments/*/waitingMembers`, 'readWaiting', 'readDirectory'),
  row(read, `${admin}/allotments/*/waitingMembers/*`, 'readWaiting', 'readDirectory'),
  row(read, `${admin}/assignments`, 'readAdmin', 'readDirectory'),
  row(create, `${admin}/assignments`, 'assignToAnyone', 'writeDirectory'),
  row(read, `${admin}/assignments/*`, 'readAdmin', 'readDirectory'),
  row(change, `${admin}/assignments/*`, 'assignAsAdmin', 'writeDirectory'),
  row(read, `${admin}/assignments/*/allotment`, 'readAdmin', 'readDirectory'),
  row(read, `${admin}/assignments/*/assignedTo`, 'readAdmin', 'readDirectory'),
  row(read, `${admin}/assignmentErrors`, 'listUserLicensing', 'readDirectory'),
  row(read, `${admin}/assignmentErrors/*`, 'listUserLicensing', 'readDirectory'),
  row(read, `${admin}/assignmentErrors/*/assignedTo`, 'readAdmin', 'readDirectory'),
  row(read, `${admin}/assignmentErrors/*/usageRight`, 'readAdmin', 'readDirectory'),

  // One's own. The tables of the pages speak of the permissions to read others, save for rights and waits.
  row(read, `${me}/assignments`, undefined, 'readOwn'),
  row(read, `${me}/assignmentErrors`, undefined, 'readOwn'),
  row(read, `${me}/usageRights`, 'readOwnRights', 'readOwn'),
  row(read, `${me}/usageRights/*`, 'readOwnRights', 'readOwn'),
  row(read, `${me}/waitingMembers`, 'readOwnRights', 'readOwn'),
  row(create, `${me}/assignments`, 'assignToUser', 'writeOwn'),
  row(create, `${me}/assignments/reprocessAssignments`, undefined, 'writeOwn'),
  row(change, `${me}/assignments/*`, 'changeUserAssignment', 'writeOwn'),

  row(read, `${user}/assignments`, 'listUserLicensing', 'readUser'),
  row(create, `${user}/assignments`, 'assignToUser', 'writeUser'),
  row(create, `${user}/assignments/reprocessAssignments`, 'assignToAnyone', 'writeUser'),
  row(read, `${user}/assignments/*`, 'readUserLicensing', 'readUser'),
  row(change, `${user}/assignments/*`, 'changeUserAssignment', 'writeUser'),
  row(read, `${user}/assignments/*/allotment`, 'readUserLicensing', 'readUser'),
  row(read, `${user}/assignmentErrors`, 'listUserLicensing', 'readUser'),
  row(read, `${user}/assignmentErrors/*`, 'listUserLicensing', 'readUser'),
  row(read, `${user}/usageRights`, 'readUserRights', 'readUser'),
  row(read, `${user}/usageRights/*`, 'readUserRights', 'readUser'),
  row(read, `${user}/usageRights/*/assignments`, 'readUserLicensing', 'readUser'),
  row(read, `${user}/waitingMembers`, 'readUserRights', 'readUser'),
  row(read, `${user}/waitingMembers/*`, 'readWaiting', 'readUser'),
  row(read, `${user}/waitingMembers/*/allotment`, 'readUserLicensing', 'readUser'),

  row(read, `${group}/assignments`, 'listGroupLicensing', 'readGroupLicensing'),
  row(create, `${group}/assignments`, 'assignToGroup', 'createForGroup'),
  row(create, `${group}/assignments/reprocessAssignments`, undefined, 'reprocessGroup'),
  row(read, `${group}/assignments/*`, 'readGroupLicensing', 'readGroupLicensing'),
  row(change, `${group}/assignments/*`, 'changeGroupAssignment', 'changeForGroup'),
  row(read, `${group}/assignments/*/allotment`, 'readGroupLicensing', 'readGroupLicensing'),
  row(read, `${group}/usageRights`, 'readGroupRights', 'readGroupLicensing'),
  row(read, `${group}/usageRights/*`, 'readGroupRights', 'readGroupLicensing'),
  row(read, `${group}/usageRights/*/assignments`, 'readGroupRights', 'readGroupLicensing'),

  // No page speaks of one right, wait or assignment of a device, nor of the list of assignments.
  row(read, `${device}/assignments`, undefined, 'readDevices'),
  row(create, `${device}/assignments`, 'assignToDevice', 'writeDevice'),
  row(create, `${device}/assignments/reprocessAssignments`, undefined, 'writeDevice'),
  row(read, `${device}/assignments/*`, undefined, 'readDevices'),
  row(change, `${device}/assignments/*`, undefined, 'writeDevice'),
  row(read, `${device}/assignments/*/allotment`, undefined, 'readDevices'),
  row(read, `${device}/usageRights`, 'readDeviceRights', 'readDevices'),
  row(read, `${device}/usageRights/*`, undefined, 'readDevices'),
  row(read, `${device}/usageRights/*/assignments`, undefined, 'readDevices'),
  row(read, `${device}/waitingMembers`, 'readDeviceLicensing', 'readDevices'),
  row(read, `${device}/waitingMembers/*`, undefined, 'readDevices'),
  row(read, `${device}/waitingMembers/*/allotment`, 'readDeviceLicensing', 'readDevices'),

  // The report itself is in no catalogue any more; its siblings want the same.
  row(read, '/reports/*', 'readReport'),

  row(read, '/me', 'readSelf', 'readOwn'),
  row(read, '/me/memberOf', 'readOwnMemberships', 'readOwnMemberships'),
  row(read, '/users', 'readUsers', 'readUsers'),
  row(read, '/users/*', 'readUsers', 'readUsers'),
  row(read, '/users/*/manager', 'readUser', 'readUser'),
  row(read, '/users/*/directReports', 'readUser', 'readUser'),
  row(read, '/users/*/memberOf', 'readMemberships', 'readMemberships'),
  row(read, '/users/*/transitiveMemberOf', 'readMemberships', 'readMemberships'),
  row(read, '/users/*/licenseDetails', 'readLicenseDetails'),
  row(create, '/users/*/assignLicense', 'writeUserLicense'),
  row(create, '/users/*/reprocessLicenseAssignment', 'writeUser', 'writeUser'),
  row(read, '/groups', 'readGroups', 'readGroups'),
  row(read, '/groups/*', 'readGroups', 'readGroups'),
  row(read, '/groups/*/members', 'readGroups', 'readMembers'),
  row(read, '/groups/*/owners', 'readGroups', 'readGroupRelations'),
  row(read, '/groups/*/transitiveMembers', 'readGroups', 'readMembers'),
  row(read, '/groups/*/memberOf', 'readGroups', 'readGroupRelations'),
  row(read, '/groups/*/transitiveMemberOf', 'readGroups', 'readGroupRelations'),
  row(read, '/groups/*/membersWithLicenseErrors', 'readGroups', 'readGroupRelations'),
  row(create, '/groups/*/assignLicense', 'writeGroupLicense'),
  row(read, '/devices', 'readDevices', 'readDevices'),
  row(read, '/devices/*', 'readDevices', 'readDevices'),
  row(create, '/directoryObjects/getByIds', 'readDirectory', 'readDirectory'),
  row(read, '/directoryObjects/*', 'readDirectory', 'readDirectory'),
  row(read, '/subscribedSkus', 'readProducts'),
  row(read, '/subscribedSkus/*', 'readProducts'),
  row(read, '/directory/subscriptions', 'readSubscriptions'),
  row(read, '/directory/subscriptions/*', 'readSubscriptions'),
];
