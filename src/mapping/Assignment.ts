import { guids } from './conversions.js';
import { one, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import { idKey } from './idKey.js';
import type { FoundObject, JsonObject, TypeMapping } from './mappingTypes.js';

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

function hasPlanId(service: unknown): service is { readonly planId: string } {
  return typeof service === 'object' && service !== null && 'planId' in service && typeof service.planId === 'string';
}

/** The services that are off. A plan that the allotment does not list is given by its id. */
function disabledServices({ disabledServicePlanIds }: JsonObject, [allotment]: readonly FoundObject[]): unknown {
  const disabled = listOf(disabledServicePlanIds);
  if (disabled === undefined || allotment === undefined) return disabled === undefined ? undefined : null;
  // Every allotment has services: without them nobody can say what a plan is.
  const services = listOf(allotment.data.services);
  if (services === undefined) return undefined;
  const byId = new Map(services.filter(hasPlanId).map((service) => [idKey(service.planId), service]));
  return disabled.map((planId) => byId.get(idKey(String(planId))) ?? { planId, assignableTo: 'none' });
}

/** GraphQL `Assignment` in Graph: `microsoft.graph.cloudLicensing.assignment`. */
export const Assignment: TypeMapping = {
  collection: '/admin/cloudLicensing/assignments',
  item: graphPaths['/admin/cloudLicensing/assignments/{id}'],
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    disabledServicePlanIds: required('disabledServicePlanIds', guids),
    disabledServices: {
      kind: 'derived',
      path: ['allotment'],
      needs: ['disabledServicePlanIds'],
      wants: ['services'],
      type: 'Service',
      compute: disabledServices,
    },
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
