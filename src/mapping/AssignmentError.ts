import { dateTime, guid } from './conversions.js';
import { one, property, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';

/** GraphQL `AssignmentError` in Graph: `microsoft.graph.cloudLicensing.assignmentError`. */
export const AssignmentError: TypeMapping = {
  collection: '/admin/cloudLicensing/assignmentErrors',
  item: graphPaths['/admin/cloudLicensing/assignmentErrors/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    code: required('code'),
    message: required('message'),
    occurrenceDateTime: required('occurrenceDateTime', dateTime),
    skuId: property('skuId', guid),
    sku: { kind: 'relation', source: 'sku', target: 'Sku', cardinality: 'one' },
    assignedTo: one('DirectoryObject', {
      navigation: 'assignedTo',
      path: '/assignedTo',
      parentTypes: ['User'],
      fact: graphPaths['/admin/cloudLicensing/assignmentErrors/{id}/assignedTo'],
    }),
    usageRight: one('UsageRight', {
      navigation: 'usageRight',
      nullable: true,
      path: '/usageRight',
      ownedBy: 'assignedTo',
      fact: graphPaths['/admin/cloudLicensing/assignmentErrors/{id}/usageRight'],
    }),
  },
};
