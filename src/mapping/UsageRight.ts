import { guid } from './conversions.js';
import { complex, connection, list, property, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';

/** GraphQL `UsageRight` in Graph: `microsoft.graph.cloudLicensing.usageRight`, which lives under its owner only. */
export const UsageRight: TypeMapping = {
  collection: undefined,
  item: graphPaths['/{principal}/cloudLicensing/usageRights/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: { kind: 'ownedId' },
    usageRightId: required('id'),
    skuId: property('skuId', guid),
    skuPartNumber: property('skuPartNumber'),
    externalServiceIdentifier: property('externalServiceIdentifier'),
    services: complex('services', 'Service'),
    sku: { kind: 'relation', source: 'sku', target: 'Sku', cardinality: 'one' },
    owner: { kind: 'relation', source: 'owner', target: 'DirectoryObject', cardinality: 'one' },
    allotments: list('Allotment', {
      navigation: 'allotments',
      // There is no `…/usageRights/{id}/allotments`: what an expansion cuts off is found over the assignments.
      through: { path: '/assignments', type: 'Assignment', field: 'allotment' },
      fact: graphPaths['/{principal}/cloudLicensing/usageRights/{id}/assignments'],
    }),
    assignments: connection('Assignment', {
      navigation: 'assignments',
      path: '/assignments',
      fact: graphPaths['/{principal}/cloudLicensing/usageRights/{id}/assignments'],
    }),
  },
};
