import type { PermissionLadderName } from './permissionLadders.js';

/** One kind of Graph operation. In `path`, `*` stands for one segment; `/me` is written `/users/*` where it wants the same. */
export interface PermissionRow {
  readonly methods: readonly string[];
  readonly path: string;
  readonly ladder: PermissionLadderName;
}

const read = ['GET'];
const create = ['POST'];
const change = ['PATCH', 'DELETE'];

const row = (methods: readonly string[], path: string, ladder: PermissionLadderName): PermissionRow => ({
  methods,
  path,
  ladder,
});

/** Which ladder an operation stands on (operations.md, rows 1 to 52 and section 8); the first row that fits counts. */
export const permissionTable: readonly PermissionRow[] = [
  row(read, '/admin/cloudLicensing/allotments', 'readAdmin'),
  row(read, '/admin/cloudLicensing/allotments/*', 'readAdmin'),
  row(read, '/admin/cloudLicensing/allotments/*/owner', 'readDirectory'),
  row(read, '/admin/cloudLicensing/allotments/*/assignments', 'readAllotmentAssignments'),
  row(create, '/admin/cloudLicensing/allotments/*/assignments', 'assignToAnyone'),
  row(read, '/admin/cloudLicensing/allotments/*/assignments/*', 'readAdmin'),
  row(change, '/admin/cloudLicensing/allotments/*/assignments/*', 'assignAsAdmin'),
  row(read, '/admin/cloudLicensing/allotments/*/waitingMembers', 'readWaiting'),
  row(read, '/admin/cloudLicensing/allotments/*/waitingMembers/*', 'readWaiting'),
  row(read, '/admin/cloudLicensing/assignments', 'readAdmin'),
  row(create, '/admin/cloudLicensing/assignments', 'assignToAnyone'),
  row(create, '/admin/cloudLicensing/assignments/reprocessAssignments', 'assignAsAdmin'),
  row(read, '/admin/cloudLicensing/assignments/*', 'readAdmin'),
  row(change, '/admin/cloudLicensing/assignments/*', 'assignAsAdmin'),
  row(read, '/admin/cloudLicensing/assignments/*/allotment', 'readAdmin'),
  row(read, '/admin/cloudLicensing/assignments/*/assignedTo', 'readAdmin'),
  row(read, '/admin/cloudLicensing/assignmentErrors', 'listUserAssignments'),
  row(read, '/admin/cloudLicensing/assignmentErrors/*', 'listUserAssignments'),
  row(read, '/admin/cloudLicensing/assignmentErrors/*/assignedTo', 'readAdmin'),
  row(read, '/admin/cloudLicensing/assignmentErrors/*/usageRight', 'readAdmin'),

  row(read, '/users/*/cloudLicensing/assignments', 'listUserAssignments'),
  row(create, '/users/*/cloudLicensing/assignments', 'assignToUser'),
  row(create, '/users/*/cloudLicensing/assignments/reprocessAssignments', 'assignAsAdmin'),
  row(read, '/users/*/cloudLicensing/assignments/*', 'readUserLicensing'),
  row(change, '/users/*/cloudLicensing/assignments/*', 'changeUserAssignment'),
  row(read, '/users/*/cloudLicensing/assignments/*/allotment', 'readUserLicensing'),
  row(read, '/users/*/cloudLicensing/assignmentErrors', 'listUserAssignments'),
  row(read, '/users/*/cloudLicensing/assignmentErrors/*', 'listUserAssignments'),
  row(read, '/users/*/cloudLicensing/usageRights', 'readUserRights'),
  row(read, '/users/*/cloudLicensing/usageRights/*', 'readUserRights'),
  row(read, '/users/*/cloudLicensing/usageRights/*/assignments', 'readUserLicensing'),
  row(read, '/users/*/cloudLicensing/waitingMembers', 'readUserRights'),
  row(read, '/users/*/cloudLicensing/waitingMembers/*', 'readWaiting'),
  row(read, '/users/*/cloudLicensing/waitingMembers/*/allotment', 'readUserLicensing'),

  row(read, '/groups/*/cloudLicensing/assignments', 'listGroupAssignments'),
  row(create, '/groups/*/cloudLicensing/assignments', 'assignToGroup'),
  row(create, '/groups/*/cloudLicensing/assignments/reprocessAssignments', 'assignToGroup'),
  row(read, '/groups/*/cloudLicensing/assignments/*', 'readGroupLicensing'),
  row(change, '/groups/*/cloudLicensing/assignments/*', 'changeGroupAssignment'),
  row(read, '/groups/*/cloudLicensing/assignments/*/allotment', 'readGroupLicensing'),
  row(read, '/groups/*/cloudLicensing/usageRights', 'readGroupRights'),
  row(read, '/groups/*/cloudLicensing/usageRights/*', 'readGroupRights'),
  row(read, '/groups/*/cloudLicensing/usageRights/*/assignments', 'readGroupRights'),

  row(read, '/devices/*/cloudLicensing/assignments', 'readDevices'),
  row(create, '/devices/*/cloudLicensing/assignments', 'assignToDevice'),
  row(create, '/devices/*/cloudLicensing/assignments/reprocessAssignments', 'assignToDevice'),
  row(read, '/devices/*/cloudLicensing/assignments/*', 'readDevices'),
  row(change, '/devices/*/cloudLicensing/assignments/*', 'assignToDevice'),
  row(read, '/devices/*/cloudLicensing/assignments/*/allotment', 'readDevices'),
  row(read, '/devices/*/cloudLicensing/usageRights', 'readDeviceRights'),
  row(read, '/devices/*/cloudLicensing/usageRights/*', 'readDeviceRights'),
  row(read, '/devices/*/cloudLicensing/usageRights/*/assignments', 'readDeviceRights'),
  row(read, '/devices/*/cloudLicensing/waitingMembers', 'readDeviceWaiting'),
  row(read, '/devices/*/cloudLicensing/waitingMembers/*', 'readDeviceWaiting'),
  row(read, '/devices/*/cloudLicensing/waitingMembers/*/allotment', 'readDeviceWaiting'),

  row(read, '/reports/*', 'readReport'),

  row(read, '/me', 'readSelf'),
  row(read, '/me/memberOf', 'readSelf'),
  row(read, '/me/cloudLicensing/usageRights', 'readOwnRights'),
  row(read, '/me/cloudLicensing/usageRights/*', 'readOwnRights'),
  row(read, '/me/cloudLicensing/waitingMembers', 'readOwnRights'),

  row(read, '/users', 'readUsers'),
  row(read, '/users/*', 'readUsers'),
  row(read, '/users/*/manager', 'readUserMore'),
  row(read, '/users/*/directReports', 'readUserMore'),
  row(read, '/users/*/memberOf', 'readUserMore'),
  row(read, '/users/*/transitiveMemberOf', 'readUserMore'),
  row(read, '/users/*/licenseDetails', 'readLicenseDetails'),
  row(create, '/users/*/assignLicense', 'writeUserLicense'),
  row(create, '/users/*/reprocessLicenseAssignment', 'reprocessUserLicense'),
  row(read, '/groups', 'readGroups'),
  row(read, '/groups/*', 'readGroups'),
  row(read, '/groups/*/members', 'readGroups'),
  row(read, '/groups/*/owners', 'readGroups'),
  row(read, '/groups/*/transitiveMembers', 'readGroups'),
  row(read, '/groups/*/memberOf', 'readGroups'),
  row(read, '/groups/*/transitiveMemberOf', 'readGroups'),
  row(read, '/groups/*/membersWithLicenseErrors', 'readGroups'),
  row(create, '/groups/*/assignLicense', 'writeGroupLicense'),
  row(read, '/devices', 'readDevices'),
  row(read, '/devices/*', 'readDevices'),
  row(create, '/directoryObjects/getByIds', 'readDirectory'),
  row(read, '/directoryObjects/*', 'readDirectory'),
  row(read, '/subscribedSkus', 'readProducts'),
  row(read, '/subscribedSkus/*', 'readProducts'),
  row(read, '/directory/subscriptions', 'readSubscriptions'),
  row(read, '/directory/subscriptions/*', 'readSubscriptions'),
];
