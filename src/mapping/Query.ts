import { byIds, connection, list, one, references, resolved, withoutPath } from './fields.js';
import { assignmentFilter, deviceFilter, groupFilter, skuFilter, userFilter } from './filters.js';
import { at, graphPaths } from './graphPaths.js';

/** The root fields; their paths are relative to the service root. */
export const Query = withoutPath({
  me: one('User', { path: '/me', rows: 'within', fact: graphPaths['/users/{id}'] }),
  user: one('User', at('/users/{id}')),
  users: connection('User', { ...at('/users'), filter: userFilter }),
  usersByIds: byIds('User'),
  group: one('Group', at('/groups/{id}')),
  groups: connection('Group', { ...at('/groups'), filter: groupFilter }),
  groupsByIds: byIds('Group'),
  device: one('Device', at('/devices/{id}')),
  devices: connection('Device', { ...at('/devices'), filter: deviceFilter }),
  allotment: one('Allotment', at('/admin/cloudLicensing/allotments/{id}')),
  allotments: connection('Allotment', { ...at('/admin/cloudLicensing/allotments'), filter: skuFilter }),
  assignment: one('Assignment', at('/admin/cloudLicensing/assignments/{id}')),
  assignments: connection('Assignment', { ...at('/admin/cloudLicensing/assignments'), filter: assignmentFilter }),
  assignmentError: one('AssignmentError', at('/admin/cloudLicensing/assignmentErrors/{id}')),
  assignmentErrors: connection('AssignmentError', {
    ...at('/admin/cloudLicensing/assignmentErrors'),
    filter: skuFilter,
  }),
  sku: { kind: 'relation', source: 'seats', target: 'Sku', cardinality: 'one' },
  skus: { kind: 'relation', source: 'seats', target: 'Sku', cardinality: 'list' },
  licenseUsage: list('LicenseUsage', {
    path: "/reports/getAzureADLicenseUsage(period='{period}')",
    fact: graphPaths['/reports/getAzureADLicenseUsage'],
  }),
  node: references('one', 'nodeId', 'nodeId'),
  nodes: references('list', 'nodeIds', 'nodeId'),
  _entities: references('list', 'representations', 'representation'),
  _service: resolved('_Service'),
});
