import { date, enumeration, flags, guid, integer, textOrNull, unitsLeft } from './conversions.js';
import { complex, computed, connection, one, property, required, withoutPath } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { TypeMapping } from './mappingTypes.js';

const assigneeTypes = flags('user', 'group', 'device');

/** GraphQL `Allotment` in Graph: `microsoft.graph.cloudLicensing.allotment`. */
export const Allotment: TypeMapping = {
  collection: '/admin/cloudLicensing/allotments',
  item: graphPaths['/admin/cloudLicensing/allotments/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    skuId: property('skuId', guid),
    skuPartNumber: property('skuPartNumber'),
    allottedUnits: required('allottedUnits', integer),
    consumedUnits: required('consumedUnits', integer),
    availableUnits: computed(['allottedUnits', 'consumedUnits'], (data) =>
      unitsLeft(data.allottedUnits, data.consumedUnits),
    ),
    assignableTo: required('assignableTo', assigneeTypes),
    services: complex('services', 'Service'),
    subscriptions: complex('subscriptions', 'LicenseSubscription'),
    externalServiceIdentifier: property('externalServiceIdentifier'),
    sku: { kind: 'relation', source: 'sku', target: 'Sku', cardinality: 'one' },
    assignments: connection('Assignment', {
      navigation: 'assignments',
      path: '/assignments',
      fact: graphPaths['/admin/cloudLicensing/allotments/{id}/assignments'],
    }),
    waitingMembers: connection('WaitingMember', {
      navigation: 'waitingMembers',
      path: '/waitingMembers',
      rows: 'within',
      fact: graphPaths['/admin/cloudLicensing/allotments/{id}/waitingMembers'],
    }),
    waitingMember: one('WaitingMember', {
      path: '/waitingMembers/{id}',
      rows: 'within',
      fact: graphPaths['/admin/cloudLicensing/allotments/{id}/waitingMembers/{id}'],
    }),
  },
};

/** GraphQL `Service` in Graph: the complex type `microsoft.graph.cloudLicensing.service`. */
export const Service = withoutPath({
  planId: required('planId', guid),
  planName: property('planName'),
  assignableTo: required('assignableTo', assigneeTypes),
  displayName: computed(['planId', 'planName'], (data, names) =>
    typeof data.planId === 'string' ? (names.servicePlan(data.planId) ?? textOrNull(data.planName)) : null,
  ),
});

/** GraphQL `LicenseSubscription` in Graph: the complex type `microsoft.graph.cloudLicensing.subscription`. */
export const LicenseSubscription = withoutPath({
  subscriptionId: required('subscriptionId'),
  startDate: required('startDate', date),
  nextLifecycleDate: required('nextLifecycleDate', date),
  state: required('state', enumeration('active', 'warning', 'suspended', 'lockedOut', 'deleted')),
  tags: required('tags', flags('trial')),
});
