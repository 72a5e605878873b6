import { describe, expect, it } from '@jest/globals';
import { leastPermissionFor } from '../../../src/auth/permissions/leastPermissionFor.js';
import { permissionTable } from '../../../src/auth/permissions/permissionTable.js';

describe('the least permission for a Graph call', () => {
  it.each([
    ['GET', '/admin/cloudLicensing/allotments', 'delegated', 'CloudLicensing.Read', 'Directory.Read.All'],
    ['GET', '/admin/cloudLicensing/allotments', 'application', 'CloudLicensing.Read.All', 'Directory.Read.All'],
    ['GET', '/users/4/cloudLicensing/usageRights', 'delegated', 'User-UsageRight.Read', 'User.Read.All'],
    ['GET', '/me/cloudLicensing/usageRights/1', 'delegated', 'User-UsageRight.Read', 'User.Read'],
    ['GET', '/me/cloudLicensing/assignments', 'delegated', 'CloudLicensing.Read', 'User.Read.All'],
    ['GET', '/me/memberOf', 'delegated', 'User.Read', 'User.Read'],
    ['GET', '/users/4/memberOf', 'delegated', 'User.Read.All', 'User.Read.All'],
    [
      'PATCH',
      '/users/4/cloudLicensing/assignments/9',
      'application',
      'User-CloudLicensing.AssignLicenses.Organization',
      'User.ReadWrite.All',
    ],
    ['GET', '/groups/4/cloudLicensing/usageRights', 'application', 'Group-UsageRight.Read.All', 'Group.Read.All'],
    [
      'POST',
      '/admin/cloudLicensing/assignments',
      'application',
      'CloudLicensing.AssignLicenses.Organization',
      'User.ReadWrite.All',
    ],
    [
      'POST',
      '/devices/4/cloudLicensing/assignments',
      'application',
      'CloudLicensing-Assignment.ReadWrite.All',
      'Device.ReadWrite.All',
    ],
    [
      'DELETE',
      '/admin/cloudLicensing/assignments/9',
      'delegated',
      'CloudLicensing.AssignLicenses',
      'Directory.ReadWrite.All',
    ],
    ['GET', '/users', 'delegated', 'User.ReadBasic.All', 'User.ReadBasic.All'],
    ['GET', '/users', 'application', 'User.Read.All', 'User.Read.All'],
    ['GET', '/me', 'delegated', 'User.Read', 'User.Read'],
    ['POST', '/directoryObjects/getByIds', 'application', 'Directory.Read.All', 'Directory.Read.All'],
    ['GET', "/reports/getAzureADLicenseUsage(period='D30')", 'application', 'Reports.Read.All', 'Reports.Read.All'],
    ['GET', '/groups/4/members/microsoft.graph.user', 'delegated', 'GroupMember.Read.All', 'GroupMember.Read.All'],
    ['GET', '/users/$count', 'delegated', 'User.ReadBasic.All', 'User.ReadBasic.All'],
  ] as const)('%s %s (%s) is %s', (method, path, mode, least, grantable) => {
    expect(leastPermissionFor(method, path, mode)).toMatchObject({ least, grantable });
  });

  it('is found for full addresses and for paths with a version or a query', () => {
    const plain = leastPermissionFor('GET', '/users/4', 'delegated');
    for (const path of [
      'users/4',
      '/beta/users/4?$select=id',
      'https://graph.microsoft.com/v1.0/users/4',
      '/USERS/4',
    ]) {
      expect(leastPermissionFor('get', path, 'delegated')).toEqual(plain);
    }
  });

  it.each([
    ['an operation the table does not hold', 'GET', '/teams/1', 'delegated'],
    ['a verb that is not offered', 'DELETE', '/users/1', 'delegated'],
    ['/me for the application itself', 'GET', '/me', 'application'],
    ['something below /me for the application itself', 'GET', '/me/cloudLicensing/usageRights', 'application'],
    ['nothing', 'GET', '/', 'delegated'],
  ] as const)('is not claimed for %s', (_name, method, path, mode) => {
    expect(leastPermissionFor(method, path, mode)).toBeUndefined();
  });

  it('is the first of all that would do, in every row', () => {
    for (const { methods, path } of permissionTable) {
      for (const method of methods) {
        const hint = leastPermissionFor(method, path, 'delegated');
        expect(hint?.all[0]).toBe(hint?.least);
        expect(hint?.all).toContain(hint?.grantable);
        expect(new Set(hint?.all).size).toBe(hint?.all.length);
      }
    }
  });
});
