import { guid, integer, textOrNull, unitsLeft } from './conversions.js';
import { computed, optionalComplex, property, required, withoutPath } from './fields.js';

/**
 * GraphQL `Sku`. Graph has no such entity: its rows are those of the documented `$apply=groupby` over the allotments,
 * with the services of all its allotments put together.
 */
export const Sku = withoutPath({
  nodeId: { kind: 'nodeId', key: 'skuId' },
  id: required('skuId', guid),
  skuId: required('skuId', guid),
  skuPartNumber: property('skuPartNumber'),
  displayName: computed(['skuId', 'skuPartNumber'], (data, names) =>
    typeof data.skuId === 'string' ? (names.sku(data.skuId) ?? textOrNull(data.skuPartNumber)) : null,
  ),
  services: optionalComplex('services', 'Service'),
  allottedUnits: property('totalAllottedUnits', integer),
  consumedUnits: property('totalConsumedUnits', integer),
  availableUnits: computed(
    ['totalAllottedUnits', 'totalConsumedUnits'],
    (data) => unitsLeft(data.totalAllottedUnits, data.totalConsumedUnits) ?? null,
  ),
  containedIn: { kind: 'relation', source: 'containingSkus', target: 'Sku', cardinality: 'list' },
  allotments: { kind: 'relation', source: 'skuAllotments', target: 'Allotment', cardinality: 'connection' },
});
