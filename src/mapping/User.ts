import { boolean, dateTime } from './conversions.js';
import { connection, one, property, required } from './fields.js';
import { skuFilter } from './filters.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';
import { assignment, assignments, usageRight, usageRights, waitingMember, waitingMembers } from './principal.js';

/** GraphQL `User` in Graph: `microsoft.graph.user`. */
export const User: TypeMapping = {
  collection: '/users',
  item: graphPaths['/users/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    displayName: property('displayName'),
    userPrincipalName: property('userPrincipalName'),
    mail: property('mail'),
    givenName: property('givenName'),
    surname: property('surname'),
    accountEnabled: property('accountEnabled', boolean),
    userType: property('userType'),
    department: property('department'),
    jobTitle: property('jobTitle'),
    companyName: property('companyName'),
    usageLocation: property('usageLocation'),
    country: property('country'),
    createdDateTime: property('createdDateTime', dateTime),
    usageRights: usageRights(graphPaths['/users/{id}/cloudLicensing/usageRights']),
    usageRight,
    assignments: assignments(graphPaths['/{principal}/cloudLicensing/assignments']),
    assignment: assignment(graphPaths['/{principal}/cloudLicensing/assignments/{id}']),
    assignmentErrors: connection('AssignmentError', {
      path: '/cloudLicensing/assignmentErrors',
      filter: skuFilter,
      fact: graphPaths['/users/{id}/cloudLicensing/assignmentErrors'],
    }),
    assignmentError: one('AssignmentError', {
      path: '/cloudLicensing/assignmentErrors/{id}',
      fact: graphPaths['/users/{id}/cloudLicensing/assignmentErrors/{id}'],
    }),
    waitingMembers,
    waitingMember,
    memberOf: connection('Group', {
      path: '/memberOf',
      onlyType: 'Group',
      fact: graphPaths['/users/{id}/memberOf'],
    }),
    manager: one('User', {
      navigation: 'manager',
      nullable: true,
      // A contact of the organization can be somebody's manager, too.
      onlyType: 'User',
      path: '/manager',
      fact: graphPaths['/users/{id}/manager'],
    }),
  },
};
