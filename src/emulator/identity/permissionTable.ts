/** Who may make a call: any one of these, for a user's token and for an application's. */
export interface AllowedPermissions {
  readonly user: readonly string[];
  readonly application: readonly string[];
}

/**
 * Words from the permission tables of the Graph reference and from the permission catalogue. Where the two differ, both
 * are accepted: which one the service follows is not known. `?` behind a name: only users can hold it; `!`: only
 * applications. `User.Read` and `User.ReadWrite` reach no further than one's own.
 */
const sets = {
  'R-admin': 'CloudLicensing.Read? CloudLicensing.Read.All Directory.Read.All Directory.ReadWrite.All',
  'R-user':
    'User-CloudLicensing.Read? User-CloudLicensing.Read.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-right-assignments':
    'User-CloudLicensing.Read? User-CloudLicensing.Read.All Group-CloudLicensing.Read? Group-CloudLicensing.Read.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-group':
    'Group-CloudLicensing.Read? Group-CloudLicensing.Read.All Group.Read.All Group.ReadWrite.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-device':
    'Device-CloudLicensing.Read? Device-CloudLicensing.Read.All Device.Read.All Directory.Read.All Directory.ReadWrite.All',
  'R-right-user':
    'User-UsageRight.Read? User.Read? User.ReadWrite? User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All User-CloudLicensing.Read? User-CloudLicensing.Read.All User-UsageRight.Read.All',
  'R-right-group':
    'Group-UsageRight.Read.All Group-CloudLicensing.Read? Group-CloudLicensing.Read.All Group.Read.All Group.ReadWrite.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-right-device':
    'Device-UsageRight.Read.All Device-CloudLicensing.Read? Device-CloudLicensing.Read.All Device.Read.All Directory.Read.All Directory.ReadWrite.All',
  'R-allotment-assignments':
    'CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read.All Group-CloudLicensing.Read.All User.Read.All User.ReadWrite.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-waiting':
    'CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read? User-CloudLicensing.Read.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-errors':
    'CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-user-list':
    'User.Read? User.ReadWrite? CloudLicensing.Read? CloudLicensing.Read.All User-CloudLicensing.Read.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'R-group-list':
    'CloudLicensing.Read? CloudLicensing.Read.All Group-CloudLicensing.Read.All Group.Read.All Group.ReadWrite.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'W-admin': 'CloudLicensing.AssignLicenses? CloudLicensing.AssignLicenses.Organization Directory.ReadWrite.All',
  'W-any':
    'CloudLicensing.AssignLicenses? CloudLicensing.AssignLicenses.Organization User-CloudLicensing.AssignLicenses? User-CloudLicensing.AssignLicenses.Organization Group-CloudLicensing.AssignLicenses? Group-CloudLicensing.AssignLicenses.Organization User.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All',
  'W-reprocess-user':
    'User.ReadWrite? CloudLicensing.AssignLicenses? CloudLicensing.AssignLicenses.Organization User-CloudLicensing.AssignLicenses? User-CloudLicensing.AssignLicenses.Organization Group-CloudLicensing.AssignLicenses? Group-CloudLicensing.AssignLicenses.Organization User.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All',
  'W-user':
    'User.ReadWrite? User-CloudLicensing.AssignLicenses? User-CloudLicensing.AssignLicenses.Organization AgentIdUser.ReadWrite.IdentityParentedBy AgentIdUser.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All',
  'W-user-create':
    'User.ReadWrite? User-CloudLicensing.AssignLicenses.Organization AgentIdUser.ReadWrite.IdentityParentedBy AgentIdUser.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All',
  'W-group':
    'Group-CloudLicensing.AssignLicenses? Group-CloudLicensing.AssignLicenses.Organization Group.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All',
  'W-group-create':
    'CloudLicensing.AssignLicenses.Organization Group-CloudLicensing.AssignLicenses.Organization Group.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All',
  'W-reprocess-group': 'Group.ReadWrite.All Directory.ReadWrite.All',
  'W-device':
    'Device-CloudLicensing.AssignLicenses? Device-CloudLicensing.AssignLicenses.Organization Device.ReadWrite.All! Directory.ReadWrite.All',
  report: 'Reports.Read.All',
  users: 'User.ReadBasic.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  user: 'User.Read? User.ReadWrite? User.ReadBasic.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  // User.Read.All is not enough here.
  memberships:
    'User.Read? User.ReadWrite? GroupMember.Read.All? GroupMember.ReadBasic.All! Group.ReadBasic.All! Directory.Read.All Directory.ReadWrite.All',
  manager: 'User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  groups:
    'Group.ReadBasic.All GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'group-members':
    'GroupMember.ReadBasic.All GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'group-relations':
    'GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  devices: 'Device.Read.All Directory.Read.All Directory.ReadWrite.All',
  directory: 'Directory.Read.All Directory.ReadWrite.All',
  products:
    'LicenseAssignment.Read.All LicenseAssignment.ReadWrite.All Organization.Read.All Directory.Read.All Directory.ReadWrite.All',
  details:
    'LicenseAssignment.Read.All LicenseAssignment.ReadWrite.All User.Read? User.ReadWrite? User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  'license-user': 'LicenseAssignment.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All',
  'license-group': 'LicenseAssignment.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All',
  reprocess: 'User.ReadWrite.All Directory.ReadWrite.All',
  organization: 'Organization.Read.All Directory.Read.All Directory.ReadWrite.All',
} as const;

/**
 * Operation and set, one a line. `:p` is a user, group or device id, `:x` any id. What no line names is open to every valid token and left to the routes.
 */
const lines: readonly (readonly [operation: string, set: keyof typeof sets])[] = [
  ['GET /admin/cloudLicensing/allotments', 'R-admin'],
  ['GET /admin/cloudLicensing/allotments/:x', 'R-admin'],
  ['GET /admin/cloudLicensing/allotments/:x/owner', 'directory'],
  ['GET /admin/cloudLicensing/allotments/:x/assignments', 'R-allotment-assignments'],
  ['POST /admin/cloudLicensing/allotments/:x/assignments', 'W-any'],
  ['GET /admin/cloudLicensing/allotments/:x/assignments/:x', 'R-admin'],
  ['PATCH|DELETE /admin/cloudLicensing/allotments/:x/assignments/:x', 'W-admin'],
  ['GET /admin/cloudLicensing/allotments/:x/waitingMembers', 'R-waiting'],
  ['GET /admin/cloudLicensing/allotments/:x/waitingMembers/:x', 'R-waiting'],
  ['GET /admin/cloudLicensing/assignments', 'R-admin'],
  ['POST /admin/cloudLicensing/assignments', 'W-any'],
  ['GET /admin/cloudLicensing/assignments/:x', 'R-admin'],
  ['PATCH|DELETE /admin/cloudLicensing/assignments/:x', 'W-admin'],
  ['GET /admin/cloudLicensing/assignments/:x/(allotment|assignedTo)', 'R-admin'],
  ['GET /admin/cloudLicensing/assignmentErrors', 'R-errors'],
  ['GET /admin/cloudLicensing/assignmentErrors/:x', 'R-errors'],
  ['GET /admin/cloudLicensing/assignmentErrors/:x/(assignedTo|usageRight)', 'R-admin'],
  ['GET /users/:p/cloudLicensing/assignments', 'R-user-list'],
  ['POST /users/:p/cloudLicensing/assignments', 'W-user-create'],
  ['POST /users/:p/cloudLicensing/assignments/reprocessAssignments', 'W-reprocess-user'],
  ['GET /users/:p/cloudLicensing/assignments/:x', 'R-user'],
  ['PATCH|DELETE /users/:p/cloudLicensing/assignments/:x', 'W-user'],
  ['GET /users/:p/cloudLicensing/assignments/:x/allotment', 'R-user'],
  ['GET /users/:p/cloudLicensing/assignmentErrors', 'R-user-list'],
  ['GET /users/:p/cloudLicensing/assignmentErrors/:x', 'R-errors'],
  ['GET /users/:p/cloudLicensing/usageRights', 'R-right-user'],
  ['GET /users/:p/cloudLicensing/usageRights/:x', 'R-right-user'],
  ['GET /users/:p/cloudLicensing/usageRights/:x/assignments', 'R-right-assignments'],
  ['GET /users/:p/cloudLicensing/waitingMembers', 'R-right-user'],
  ['GET /users/:p/cloudLicensing/waitingMembers/:x', 'R-waiting'],
  ['GET /users/:p/cloudLicensing/waitingMembers/:x/allotment', 'R-user'],
  ['GET /groups/:p/cloudLicensing/assignments', 'R-group-list'],
  ['POST /groups/:p/cloudLicensing/assignments', 'W-group-create'],
  ['POST /groups/:p/cloudLicensing/assignments/reprocessAssignments', 'W-reprocess-group'],
  ['GET /groups/:p/cloudLicensing/assignments/:x', 'R-group'],
  ['PATCH|DELETE /groups/:p/cloudLicensing/assignments/:x', 'W-group'],
  ['GET /groups/:p/cloudLicensing/assignments/:x/allotment', 'R-group'],
  ['GET /groups/:p/cloudLicensing/usageRights', 'R-right-group'],
  ['GET /groups/:p/cloudLicensing/usageRights/:x', 'R-right-group'],
  ['GET /groups/:p/cloudLicensing/usageRights/:x/assignments', 'R-right-group'],
  ['GET /devices/:p/cloudLicensing/assignments', 'R-device'],
  ['POST /devices/:p/cloudLicensing/assignments', 'W-device'],
  ['POST /devices/:p/cloudLicensing/assignments/reprocessAssignments', 'W-device'],
  ['GET /devices/:p/cloudLicensing/assignments/:x', 'R-device'],
  ['PATCH|DELETE /devices/:p/cloudLicensing/assignments/:x', 'W-device'],
  ['GET /devices/:p/cloudLicensing/assignments/:x/allotment', 'R-device'],
  ['GET /devices/:p/cloudLicensing/usageRights', 'R-right-device'],
  ['GET /devices/:p/cloudLicensing/usageRights/:x', 'R-right-device'],
  ['GET /devices/:p/cloudLicensing/usageRights/:x/assignments', 'R-right-device'],
  ['GET /devices/:p/cloudLicensing/waitingMembers', 'R-device'],
  ['GET /devices/:p/cloudLicensing/waitingMembers/:x', 'R-device'],
  ['GET /devices/:p/cloudLicensing/waitingMembers/:x/allotment', 'R-device'],
  ['GET /reports/:x', 'report'],
  ['GET /users', 'users'],
  ['GET /users/:p', 'user'],
  ['GET /users/:p/manager', 'manager'],
  ['GET /users/:p/(memberOf|transitiveMemberOf)', 'memberships'],
  ['GET /users/:p/directReports', 'manager'],
  ['GET /users/:p/licenseDetails', 'details'],
  ['POST /users/:p/assignLicense', 'license-user'],
  ['POST /users/:p/reprocessLicenseAssignment', 'reprocess'],
  ['GET /groups', 'groups'],
  ['GET /groups/:p', 'groups'],
  ['GET /groups/:p/(members|transitiveMembers)', 'group-members'],
  ['GET /groups/:p/(owners|memberOf|transitiveMemberOf|membersWithLicenseErrors)', 'group-relations'],
  ['POST /groups/:p/assignLicense', 'license-group'],
  ['GET /devices', 'devices'],
  ['GET /devices/:p', 'devices'],
  ['POST /directoryObjects/getByIds', 'directory'],
  ['GET /directoryObjects/:x', 'directory'],
  ['GET /subscribedSkus', 'products'],
  ['GET /subscribedSkus/:x', 'products'],
  ['GET /directory/subscriptions', 'organization'],
  ['GET /directory/subscriptions/:x', 'organization'],
];

const rules = lines.map(([operation, set]) => {
  const [methods = '', path = ''] = operation.split(' ');
  const pattern = path.replace(/:[xp]/g, '[^/]+');
  return { expression: new RegExp(`^(${methods}) ${pattern}$`, 'i'), allowed: readSet(sets[set]) };
});

/**
 * Who may call, for a method and a path that begins behind `/beta` and has no query. `/me` counts as the user's own
 * `/users/{id}`. Undefined where the table says nothing.
 */
export function allowedPermissions(method: string, path: string): AllowedPermissions | undefined {
  const target = path.replace(/^\/me(?=\/|$)/i, '/users/me').replace(/^\/users\([^)/]*\)/i, '/users/key');
  return rules.find(({ expression }) => expression.test(`${method} ${target}`))?.allowed;
}

function readSet(words: string): AllowedPermissions {
  const all = words.split(' ');
  return {
    user: all.filter((word) => !word.endsWith('!')).map((word) => word.replace('?', '')),
    application: all.filter((word) => !word.endsWith('?')).map((word) => word.replace('!', '')),
  };
}
