import { boolean } from './conversions.js';
import { property, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';
import { assignment, assignments, usageRight, usageRights, waitingMember, waitingMembers } from './principal.js';

/** GraphQL `Device` in Graph: `microsoft.graph.device`. */
export const Device: TypeMapping = {
  collection: '/devices',
  item: graphPaths['/devices/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    displayName: property('displayName'),
    operatingSystem: property('operatingSystem'),
    accountEnabled: property('accountEnabled', boolean),
    usageRights: usageRights(graphPaths['/devices/{id}/cloudLicensing/usageRights']),
    usageRight,
    assignments: assignments(graphPaths['/devices/{id}/cloudLicensing/assignments']),
    assignment: assignment(graphPaths['/devices/{id}/cloudLicensing/assignments/{id}']),
    waitingMembers,
    waitingMember,
  },
};
