import { guids } from './conversions.js';
import { one, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';

/** GraphQL `Assignment` in Graph: `microsoft.graph.cloudLicensing.assignment`. */
export const Assignment: TypeMapping = {
  collection: '/admin/cloudLicensing/assignments',
  item: graphPaths['/admin/cloudLicensing/assignments/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    disabledServicePlanIds: required('disabledServicePlanIds', guids),
    assignedTo: one('DirectoryObject', {
      navigation: 'assignedTo',
      path: '/assignedTo',
      // Under a user, group or device stand the assignments that were made to it.
      parentTypes: ['User', 'Group', 'Device'],
      fact: graphPaths['/admin/cloudLicensing/assignments/{id}/assignedTo'],
    }),
    allotment: one('Allotment', {
      navigation: 'allotment',
      path: '/allotment',
      fact: graphPaths['/admin/cloudLicensing/assignments/{id}/allotment'],
    }),
  },
};
