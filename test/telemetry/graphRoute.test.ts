import { describe, expect, it } from '@jest/globals';
import { BoundedNames } from '../../src/telemetry/BoundedNames.js';
import { graphRoute } from '../../src/telemetry/graphRoute.js';
import { readTraceparent } from '../../src/telemetry/readTraceparent.js';

describe('the route of a path of Graph', () => {
  it.each([
    ['/$batch', '/$batch'],
    ['/me/cloudLicensing/usageRights', '/me/cloudLicensing/usageRights'],
    ['/users/ada@contoso.example/cloudLicensing/usageRights/abc', '/users/{id}/cloudLicensing/usageRights/{id}'],
    ["/users('$abc%40contoso.example')/memberOf", '/users/{id}/memberOf'],
    ["/reports/getAzureADLicenseUsage(period='D30')", '/reports/getAzureADLicenseUsage'],
    ['/directoryObjects/getByIds', '/directoryObjects/getByIds'],
    [
      '/users/1/cloudLicensing/assignments/reprocessAssignments',
      '/users/{id}/cloudLicensing/assignments/reprocessAssignments',
    ],
    [
      '/admin/cloudLicensing/allotments/x/waitingMembers/y/assignedTo',
      '/admin/cloudLicensing/allotments/{id}/waitingMembers/{id}/assignedTo',
    ],
  ])('%s is %s', (path, route) => {
    expect(graphRoute(path)).toBe(route);
  });
});

describe('names that become labels', () => {
  it('are the first so many, and `other` from then on', () => {
    const names = new BoundedNames(2);
    expect(['a', 'b', 'a', 'c', 'b', 'd'].map((name) => names.of(name))).toEqual([
      'a',
      'b',
      'a',
      'other',
      'b',
      'other',
    ]);
  });
});

describe('a traceparent header', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const spanId = '00f067aa0ba902b7';

  it.each([
    [`00-${traceId}-${spanId}-01`, { traceId, spanId, traceFlags: 1 }],
    [`00-${traceId}-${spanId}-00`, { traceId, spanId, traceFlags: 0 }],
    // A later version may say more behind a dash (W3C Trace Context, section 4.3).
    [`01-${traceId}-${spanId}-01-more`, { traceId, spanId, traceFlags: 1 }],
  ])('%s is read', (header, parent) => {
    expect(readTraceparent(header)).toEqual(parent);
  });

  it.each([
    undefined,
    '',
    'x',
    `ff-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}-01x`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${traceId}-${spanId}`,
  ])('%s is none', (header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });
});
