import { boolean, dateTime, texts } from './conversions.js';
import { connection, property, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';
import { assignment, assignments, usageRight, usageRights } from './principal.js';

/** GraphQL `Group` in Graph: `microsoft.graph.group`. */
export const Group: TypeMapping = {
  collection: '/groups',
  item: graphPaths['/groups/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    displayName: property('displayName'),
    description: property('description'),
    mail: property('mail'),
    mailEnabled: property('mailEnabled', boolean),
    securityEnabled: property('securityEnabled', boolean),
    groupTypes: property('groupTypes', texts),
    visibility: property('visibility'),
    createdDateTime: property('createdDateTime', dateTime),
    usageRights: usageRights(graphPaths['/groups/{id}/cloudLicensing/usageRights']),
    usageRight,
    assignments: assignments(graphPaths['/{principal}/cloudLicensing/assignments']),
    assignment: assignment(graphPaths['/{principal}/cloudLicensing/assignments/{id}']),
    members: connection('DirectoryObject', {
      navigation: 'members',
      path: '/members',
      fact: graphPaths['/groups/{id}/members'],
    }),
    owners: connection('DirectoryObject', {
      navigation: 'owners',
      path: '/owners',
      fact: graphPaths['/groups/{id}/owners'],
    }),
  },
};
