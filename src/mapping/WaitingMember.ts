import { dateTime } from './conversions.js';
import { one, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';

/** GraphQL `WaitingMember` in Graph: `microsoft.graph.cloudLicensing.waitingMember`. */
export const WaitingMember: TypeMapping = {
  collection: undefined,
  item: graphPaths['/{principal}/cloudLicensing/waitingMembers/{id}'],
  fields: {
    id: required('id'),
    waitingSinceDateTime: required('waitingSinceDateTime', dateTime),
    allotment: one('Allotment', {
      navigation: 'allotment',
      path: '/allotment',
      parentTypes: ['Allotment'],
      fact: graphPaths['/{principal}/cloudLicensing/waitingMembers/{id}/allotment'],
    }),
    assignedTo: one('DirectoryObject', {
      navigation: 'assignedTo',
      parentTypes: ['User', 'Device'],
      fact: graphPaths['/admin/cloudLicensing/allotments/{id}/waitingMembers/{id}'],
    }),
  },
};
