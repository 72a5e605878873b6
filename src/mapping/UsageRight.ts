import { guid } from './conversions.js';
import { complex, connection, list, property, required } from './fields.js';
import { graphPaths } from './graphPaths.js';
import type { FoundObject, TypeMapping } from './mappingTypes.js';

/**
 * Somebody inherits from groups; a group itself from nobody, so the group that its rights lead to is the group. Undefined
 * for who is of a type that Graph did not name: it may be either.
 */
function isInherited(type: string, ownerType: string | undefined): boolean | undefined {
  if (type === 'UnknownDirectoryObject') return undefined;
  return type === 'Group' && ownerType !== 'Group';
}

function originOf(found: readonly FoundObject[], ownerType: string | undefined): string | null | undefined {
  const judged = found.map(({ type }) => isInherited(type, ownerType));
  if (judged.includes(undefined)) return undefined;
  const inherited = judged.filter((each) => each).length;
  if (found.length === 0) return null;
  if (inherited === 0) return 'DIRECT';
  return inherited === found.length ? 'INHERITED' : 'BOTH';
}

const assignees = ['assignments', 'assignedTo'];

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
    origin: {
      kind: 'derived',
      path: assignees,
      needs: [],
      wants: ['id'],
      type: undefined,
      compute: (_, found, ownerType) => originOf(found, ownerType),
    },
    inheritedFrom: {
      kind: 'relation',
      source: 'behind',
      target: 'Group',
      cardinality: 'list',
      path: assignees,
      isWanted: isInherited,
    },
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
