import { describe, expect, it } from '@jest/globals';
import { acceptedIssuers } from '../../src/auth/verify/acceptedIssuers.js';
import { homeTenant as tid } from './support/identity.js';

describe('the issuers of a tenant’s tokens', () => {
  it.each([
    ['https://login.microsoftonline.com', 'https://sts.windows.net'],
    ['https://login.microsoftonline.us', 'https://sts.windows.net'],
    ['https://login.partner.microsoftonline.cn', 'https://sts.chinacloudapi.cn'],
  ])('at %s are that of its discovery document and, for version 1.0, one at %s', (authority, firstVersion) => {
    const discovered = `${authority}/${tid}/v2.0`;
    expect(acceptedIssuers(authority, tid, discovered)).toEqual([discovered, `${firstVersion}/${tid}/`]);
  });

  it('are told from a document for all tenants by filling in the tenant', () => {
    const authority = 'https://login.microsoftonline.com';
    const [issuer] = acceptedIssuers(authority, tid, `${authority}/{tenantid}/v2.0`);
    expect(issuer).toBe(`${authority}/${tid}/v2.0`);
  });

  it('hold the tenant, each of them: tenants share signing keys', () => {
    const issuers = acceptedIssuers('https://login.example', tid, 'https://login.example/common/v2.0');
    expect(issuers.every((issuer) => issuer.includes(tid))).toBe(true);
    expect(issuers.length).toBeGreaterThan(0);
  });
});
