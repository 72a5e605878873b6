import { describe, expect, it } from '@jest/globals';
import { advisePermission } from '../../../src/auth/permissions/advisePermission.js';
import { permissionFor } from '../../../src/auth/permissions/permissionFor.js';
import { permissionTable } from '../../../src/auth/permissions/permissionTable.js';

const directoryRead = 'Directory.Read.All';

describe('the permission to grant for a Graph call', () => {
  it.each([
    // What tenants cannot grant is not named first, nor at all.
    ['GET', '/admin/cloudLicensing/allotments', 'delegated', directoryRead],
    ['GET', '/admin/cloudLicensing/allotments', 'application', directoryRead],
    ['DELETE', '/admin/cloudLicensing/assignments/9', 'delegated', 'Directory.ReadWrite.All'],
    // Where page and catalogue disagree, the broader one.
    ['GET', '/admin/cloudLicensing/allotments/1/assignments', 'delegated', directoryRead],
    ['GET', '/admin/cloudLicensing/allotments/1/waitingMembers', 'application', directoryRead],
    ['GET', '/admin/cloudLicensing/assignmentErrors', 'application', directoryRead],
    ['POST', '/admin/cloudLicensing/assignments', 'application', 'Directory.ReadWrite.All'],
    ['POST', '/admin/cloudLicensing/allotments/1/assignments', 'delegated', 'Directory.ReadWrite.All'],
    ['POST', '/groups/4/cloudLicensing/assignments', 'delegated', 'Group.ReadWrite.All'],
    ['POST', '/groups/4/cloudLicensing/assignments', 'application', 'User.ReadWrite.All'],
    ['PATCH', '/groups/4/cloudLicensing/assignments/9', 'application', 'Group.ReadWrite.All'],
    // Reprocessing wants no more than writing users.
    ['POST', '/users/4/cloudLicensing/assignments/reprocessAssignments', 'delegated', 'User.ReadWrite.All'],
    ['POST', '/users/4/cloudLicensing/assignments/reprocessAssignments', 'application', 'User.ReadWrite.All'],
    // Memberships of users.
    ['GET', '/users/4/memberOf', 'delegated', 'GroupMember.Read.All'],
    ['GET', '/users/4/memberOf', 'application', directoryRead],
    ['GET', '/me/memberOf', 'delegated', 'User.Read'],
    // Devices.
    ['GET', '/devices/4/cloudLicensing/usageRights', 'application', 'Device.Read.All'],
    ['POST', '/devices/4/cloudLicensing/assignments', 'application', 'Device.ReadWrite.All'],
    ['POST', '/devices/4/cloudLicensing/assignments', 'delegated', 'Directory.ReadWrite.All'],
    // One's own.
    ['GET', '/me/cloudLicensing/usageRights', 'delegated', 'User.Read'],
    ['GET', '/me/cloudLicensing/assignments', 'delegated', 'User.Read'],
    ['GET', '/me/cloudLicensing/assignmentErrors', 'delegated', 'User.Read'],
    ['GET', '/me/cloudLicensing/waitingMembers', 'delegated', 'User.Read'],
    // The rest.
    ['GET', '/users/4/cloudLicensing/usageRights', 'delegated', 'User.Read.All'],
    ['PATCH', '/users/4/cloudLicensing/assignments/9', 'application', 'User.ReadWrite.All'],
    ['GET', '/groups/4/cloudLicensing/usageRights', 'application', 'Group.Read.All'],
    ['GET', '/users', 'delegated', 'User.ReadBasic.All'],
    ['GET', '/users', 'application', 'User.Read.All'],
    ['GET', '/me', 'delegated', 'User.Read'],
    ['POST', '/directoryObjects/getByIds', 'application', directoryRead],
    ['GET', "/reports/getAzureADLicenseUsage(period='D30')", 'application', 'Reports.Read.All'],
    ['GET', '/groups/4/members/microsoft.graph.user', 'delegated', 'GroupMember.Read.All'],
    ['GET', '/users/$count', 'delegated', 'User.ReadBasic.All'],
    ['GET', "/users('%24abc%40example.com')/cloudLicensing/usageRights", 'delegated', 'User.Read.All'],
  ] as const)('%s %s (%s) is %s', (method, path, mode, grant) => {
    expect(permissionFor(method, path, mode)).toMatchObject({ grant });
  });

  it.each([
    ['granted by id', '/devices/4/cloudLicensing/usageRights', 'Device-UsageRight.Read.All', 'page and catalogue'],
    [
      'granted by id',
      '/devices/4/cloudLicensing/waitingMembers',
      'Device-CloudLicensing.Read.All',
      'page and catalogue',
    ],
    ['granted by id', '/groups/4/cloudLicensing/usageRights', 'Group-UsageRight.Read.All', 'page and catalogue'],
    ['of one source', '/admin/cloudLicensing/assignmentErrors', 'User.Read.All', 'page and catalogue'],
    ['of one source', '/groups', 'Group.ReadBasic.All', 'page and catalogue'],
    ['of one source', '/groups/4/members', 'GroupMember.ReadBasic.All', 'page and catalogue'],
  ] as const)('comes with what is narrower and may do, %s: %s', (_, path, name, sureness) => {
    const hint = permissionFor('GET', path, 'application');
    expect(hint?.narrower).toContain(name);
    expect(hint?.sureness).toBe(sureness);
  });

  it.each([
    ['/me/cloudLicensing/assignments', 'catalogue only'],
    ['/devices/4/cloudLicensing/assignments', 'catalogue only'],
    ['/devices/4/cloudLicensing/assignments/9', 'catalogue only'],
    ['/devices/4/cloudLicensing/usageRights/9', 'catalogue only'],
    ['/devices/4/cloudLicensing/usageRights/9/assignments', 'catalogue only'],
    ['/devices/4/cloudLicensing/waitingMembers/9', 'catalogue only'],
    ['/devices/4/cloudLicensing/usageRights', 'page and catalogue'],
    ['/devices/4/cloudLicensing/waitingMembers', 'page and catalogue'],
    ["/reports/getAzureADLicenseUsage(period='D30')", 'page only'],
  ])('says where one source alone knows the call: %s', (path, sureness) => {
    expect(permissionFor('GET', path, 'delegated')?.sureness).toBe(sureness);
  });

  it.each([
    ['a list of groups', '/groups', 'GroupMember.ReadBasic.All'],
    ['members', '/groups/4/members', 'Group.ReadBasic.All'],
    ['owners', '/groups/4/owners', 'GroupMember.ReadBasic.All'],
  ])('names nothing narrower that no source names: %s', (_, path, name) => {
    expect(permissionFor('GET', path, 'application')?.accepted).not.toContain(name);
  });

  it('is found for full addresses and for paths with a version or a query', () => {
    const plain = permissionFor('GET', '/users/4', 'delegated');
    for (const path of [
      'users/4',
      '/beta/users/4?$select=id',
      'https://graph.microsoft.com/v1.0/users/4',
      '/USERS/4',
    ]) {
      expect(permissionFor('get', path, 'delegated')).toEqual(plain);
    }
  });

  it.each([
    ['an operation the table does not hold', 'GET', '/teams/1', 'delegated'],
    ['a verb that is not offered', 'DELETE', '/users/1', 'delegated'],
    ['/me for the application itself', 'GET', '/me', 'application'],
    ['something below /me for the application itself', 'GET', '/me/cloudLicensing/usageRights', 'application'],
    ['nothing', 'GET', '/', 'delegated'],
  ] as const)('is not claimed for %s', (_name, method, path, mode) => {
    expect(permissionFor(method, path, mode)).toBeUndefined();
  });

  it('names nothing that no tenant can grant, in any row', () => {
    const hints = permissionTable.flatMap(({ methods, path }) =>
      methods.flatMap((method) =>
        (['delegated', 'application'] as const).flatMap((mode) => permissionFor(method, path, mode) ?? []),
      ),
    );
    const named = new Set(hints.flatMap(({ grant, narrower }) => [grant, ...narrower]));
    expect([...named].filter((name) => /^(CloudLicensing[.-]|AgentIdUser)/.test(name))).toEqual([]);
    for (const { grant, narrower, accepted } of hints) {
      expect(narrower).not.toContain(grant);
      expect(accepted).toEqual(expect.arrayContaining([grant, ...narrower]));
      expect(new Set(accepted).size).toBe(accepted.length);
    }
  });

  it('is in every row for delegated calls, and for applications wherever it is not the user’s own', () => {
    for (const { methods, path } of permissionTable) {
      for (const method of methods) {
        expect([path, permissionFor(method, path, 'delegated')]).toEqual([path, expect.anything()]);
        const isOwn = path.startsWith('/me');
        expect([path, permissionFor(method, path, 'application') === undefined]).toEqual([path, isOwn]);
      }
    }
  });
});

describe('the advice with a forbidden call', () => {
  it.each([
    [
      'what to grant and whose role counts',
      '/admin/cloudLicensing/allotments',
      'delegated',
      'Grant the delegated permission Directory.Read.All. The user also needs a directory role that allows it.',
    ],
    [
      'what is narrower, and why it is not named first',
      '/admin/cloudLicensing/assignmentErrors',
      'application',
      "Grant the application permission Directory.Read.All. By one of Microsoft's two lists less is enough: User.Read.All. Narrower, granted by id since the portal does not list them: User-CloudLicensing.Read.All.",
    ],
    [
      'nothing of roles where it is about oneself',
      '/beta/me/cloudLicensing/assignments',
      'delegated',
      'Grant the delegated permission User.Read.',
    ],
  ] as const)('says %s', (_, path, type, explanation) => {
    expect(advisePermission('GET', path, type)?.explanation).toBe(explanation);
  });
});
