import { describe, expect, it } from '@jest/globals';
import { pathOfNextLink } from '../../src/graph/pathOfNextLink.js';

const root = new URL('https://graph.microsoft.com/beta');
const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

/** What the URL standard reads in a link, without the path of the service root. */
function readUrl(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname.slice('/beta'.length) + search;
}

describe('the path of the next page', () => {
  it.each([
    '/users?$skiptoken=RFNwdAIAAQ_-~.%20%2F&$select=id,displayName&$top=999',
    '/admin/cloudLicensing/assignments?$expand=assignedTo($select=displayName;$expand=manager),allotment&$skip=100',
    "/users?$filter=startswith(displayName,'a')&$skiptoken=x",
    "/reports/getAzureADLicenseUsage(period='D7')?$skiptoken=x",
    '/users/ann.smith@contoso.com/cloudLicensing/usageRights?$skiptoken=x',
  ])('of %s is what stands behind the service root', (rest) => {
    expect(pathOfNextLink(root, root.href + rest)).toBe(readUrl(root.href + rest));
  });

  it('is what the URL standard reads, whatever character stands in it', () => {
    for (const sign of [...ascii, 'é', '\u2028', '😀']) {
      const query = `${root.href}/users?$skiptoken=a${sign}b`;
      expect([sign, pathOfNextLink(root, query)]).toEqual([sign, readUrl(query)]);
      const path = `${root.href}/users${sign}x?$skiptoken=ab`;
      if (sign !== '\\') expect([sign, pathOfNextLink(root, path)]).toEqual([sign, readUrl(path)]);
    }
  });

  it.each([
    ['http://127.0.0.1:8080/beta', 'https://graph.microsoft.com/beta/users?$skiptoken=x'],
    ['http://127.0.0.1:8080/beta', 'http://localhost:8080/beta/users?$skiptoken=x'],
    ['http://graph.internal/beta', 'http://GRAPH.internal:80/Beta/users?$skiptoken=x'],
    ['http://127.0.0.1:8080/beta', '/beta/users?$skiptoken=x'],
  ])('under %s is asked there for %s, the host of which is never followed', (address, link) => {
    expect(pathOfNextLink(new URL(address), link)).toBe('/users?$skiptoken=x');
  });

  it.each([
    ['http://127.0.0.1:8080/beta', 'http://localhost:8081/beta/users?$skiptoken=x'],
    ['http://127.0.0.1:8080/beta', 'https://localhost:8080/beta/users?$skiptoken=x'],
    ['https://graph.microsoft.com/beta', 'https://localhost/beta/users?$skiptoken=x'],
    ['http://127.0.0.1:8080/beta', 'https://graph.microsoft.com/v1.0/users?$skiptoken=x'],
  ])('under %s is refused for %s', (address, link) => {
    expect(() => pathOfNextLink(new URL(address), link)).toThrow('outside of its own service');
  });

  it.each([
    ['of another host', 'https://graph.microsoft.com.example/beta/users?$skiptoken=x'],
    ['of another host behind credentials', 'https://graph.microsoft.com@example/beta/users?$skiptoken=x'],
    ['with credentials', 'https://ann:secret@graph.microsoft.com/beta/users?$skiptoken=x'],
    ['of another port', 'https://graph.microsoft.com:444/beta/users?$skiptoken=x'],
    ['without encryption', 'http://graph.microsoft.com/beta/users?$skiptoken=x'],
    ['of another version', 'https://graph.microsoft.com/v1.0/users?$skiptoken=x'],
    ['of a version that begins alike', 'https://graph.microsoft.com/beta2/users?$skiptoken=x'],
    ['that climbs', 'https://graph.microsoft.com/beta/../v1.0/users?$skiptoken=x'],
    ['that climbs behind an escape', 'https://graph.microsoft.com/beta/%2e%2e%2fv1.0/users?$skiptoken=x'],
    ['that is none', 'users?$skiptoken=x'],
    ['that is a path of another version', '/v1.0/users?$skiptoken=x'],
    ['that is a path and climbs', '/beta/../v1.0/users?$skiptoken=x'],
    ['that begins like a path, and names another host', '//example.com/beta/users?$skiptoken=x'],
    ['that names one behind a backslash', '/\\example.com/beta/users?$skiptoken=x'],
    ['that names one behind a tab', '/\t/example.com/beta/users?$skiptoken=x'],
    ['that is empty', ''],
  ])('is refused for a link %s', (_, link) => {
    expect(() => pathOfNextLink(root, link)).toThrow('outside of its own service');
  });
});
