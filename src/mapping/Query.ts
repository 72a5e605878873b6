import { byIds, connection, list, one, references, resolved } from './fields.js';
import { assignmentFilter, deviceFilter, groupFilter, skuFilter, userFilter } from './filters.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';

/** The root fields; their paths are relative to the service root. */
export const Query: TypeMapping = {
  collection: undefined,
  item: undefined,
  fields: {
    me: one('User', { path: '/me', rows: 'within', fact: graphPaths['/users/{id}'] }),
    user: one('User', { path: '/users/{id}', fact: graphPaths['/users/{id}'] }),
    users: connection('User', { path: '/users', filter: userFilter, fact: graphPaths['/users'] }),
    usersByIds: byIds('User'),
    group: one('Group', { path: '/groups/{id}', fact: graphPaths['/groups/{id}'] }),
    groups: connection('Group', { path: '/groups', filter: groupFilter, fact: graphPaths['/groups'] }),
    groupsByIds: byIds('Group'),
    device: one('Device', { path: '/devices/{id}', fact: graphPaths['/devices/{id}'] }),
    devices: connection('Device', { path: '/devices', filter: deviceFilter, fact: graphPaths['/devices'] }),
    allotment: one('Allotment', {
      path: '/admin/cloudLicensing/allotments/{id}',
      fact: graphPaths['/admin/cloudLicensing/allotments/{id}'],
    }),
    allotments: connection('Allotment', {
      path: '/admin/cloudLicensing/allotments',
      filter: skuFilter,
      fact: graphPaths['/admin/cloudLicensing/allotments'],
    }),
    assignment: one('Assignment', {
      path: '/admin/cloudLicensing/assignments/{id}',
      fact: graphPaths['/admin/cloudLicensing/assignments/{id}'],
    }),
    assignments: connection('Assignment', {
      path: '/admin/cloudLicensing/assignments',
      filter: assignmentFilter,
      fact: graphPaths['/admin/cloudLicensing/assignments'],
    }),
    assignmentError: one('AssignmentError', {
      path: '/admin/cloudLicensing/assignmentErrors/{id}',
      fact: graphPaths['/admin/cloudLicensing/assignmentErrors/{id}'],
    }),
    assignmentErrors: connection('AssignmentError', {
      path: '/admin/cloudLicensing/assignmentErrors',
      filter: skuFilter,
      fact: graphPaths['/admin/cloudLicensing/assignmentErrors'],
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
  },
};
