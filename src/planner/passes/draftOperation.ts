import { ownerFields } from '../../mapping/entities.js';
import { mappingOf } from '../../mapping/schemaMapping.js';
import type { NavigationField, RelationField } from '../../mapping/mappingTypes.js';
import type { SelectedField, Selection } from '../selection/Selection.js';
import { emptyTypeDraft, typeDraftOf, type OperationDraft, type RelationDraft, type TypeDraft } from './draft.js';
import { relationKey } from './relationKey.js';

/** The place of an object in the query: its draft, and the object that it was reached from. */
interface Place {
  readonly draft: TypeDraft;
  readonly parent: Place | undefined;
}

const id: SelectedField = { responseKey: 'id', name: 'id', args: {}, selection: undefined };

/** What has to be known of an owner to write the id of what it owns. */
const ownerIds: Selection = { byType: new Map(Object.keys(ownerFields).map((type) => [type, [id]])) };

function itemSelections(selection: Selection): readonly Selection[] {
  const fields = [...selection.byType.values()].flat();
  return fields.flatMap((field) => {
    if (field.name === 'nodes' && field.selection !== undefined) return [field.selection];
    if (field.name !== 'edges' || field.selection === undefined) return [];
    const edgeFields = [...field.selection.byType.values()].flat();
    return edgeFields.flatMap((inner) => (inner.name === 'node' && inner.selection ? [inner.selection] : []));
  });
}

function selects(selection: Selection, ...names: readonly string[]): boolean {
  return [...selection.byType.values()].some((fields) => fields.some((field) => names.includes(field.name)));
}

function firstOf(field: RelationField, args: SelectedField['args']): number {
  if (field.cardinality !== 'connection') return Number.POSITIVE_INFINITY;
  return typeof args.first === 'number' ? args.first : Number.NaN;
}

function relationDraftOf(place: Place, selected: SelectedField, field: RelationField): RelationDraft {
  const key = relationKey(selected.name, selected.args);
  const first = firstOf(field, selected.args);
  const known = place.draft.relations.get(key);
  if (known !== undefined) {
    // NaN, a `first` that is no number, has to survive so that it is refused.
    known.first = Math.max(known.first, first);
    return known;
  }
  const made: RelationDraft = {
    key,
    name: `${place.draft.type}.${selected.name}`,
    field,
    args: selected.args,
    types: new Map(),
    first,
    rows: false,
    totalCount: false,
  };
  place.draft.relations.set(key, made);
  return made;
}

function addSelection(
  operation: OperationDraft,
  types: Map<string, TypeDraft>,
  parent: Place | undefined,
  selection: Selection,
): void {
  for (const [type, fields] of selection.byType) {
    addFields(operation, { draft: typeDraftOf(types, type), parent }, fields);
  }
}

/** The owner of a right is the object it was read from, or, for a right inside an error, whom the error is about. */
function addOwner(operation: OperationDraft, place: Place, selection: Selection): void {
  const owner = place.parent;
  if (owner === undefined) return;
  if (owner.draft.type !== 'AssignmentError') {
    addFields(operation, owner, selection.byType.get(owner.draft.type) ?? []);
    return;
  }
  addFields(operation, owner, [{ responseKey: 'assignedTo', name: 'assignedTo', args: {}, selection }]);
}

function addSku(operation: OperationDraft, place: Place, selected: SelectedField, relation: RelationDraft): void {
  const parentKnowsPartNumber = 'skuPartNumber' in mappingOf(place.draft.type).fields;
  place.draft.properties.add('skuId');
  if (parentKnowsPartNumber) place.draft.properties.add('skuPartNumber');
  addSkuSelection(operation, relation, selected, parentKnowsPartNumber ? ['skuId', 'skuPartNumber'] : ['skuId']);
}

function addSkuSelection(
  operation: OperationDraft,
  relation: RelationDraft,
  selected: SelectedField,
  known: readonly string[],
): void {
  if (selected.selection === undefined) return;
  addSelection(operation, relation.types, undefined, selected.selection);
  const draft = typeDraftOf(relation.types, 'Sku');
  const fromSeats = [...draft.properties].filter((property) => property !== 'services' && !known.includes(property));
  if (fromSeats.length > 0) operation.seats = true;
  if (draft.properties.has('services')) skuAllotmentsOf(operation).properties.add('skuId').add('services');
}

function skuAllotmentsOf(operation: OperationDraft): TypeDraft {
  operation.skuAllotments ??= emptyTypeDraft('Allotment');
  operation.skuAllotments.properties.add('skuId');
  return operation.skuAllotments;
}

function addRelation(operation: OperationDraft, place: Place, selected: SelectedField, field: RelationField): void {
  const { selection } = selected;
  if (selection === undefined) return;
  if (field.source === 'owner') {
    addOwner(operation, place, selection);
    return;
  }
  const relation = relationDraftOf(place, selected, field);
  if (field.source === 'sku') {
    addSku(operation, place, selected, relation);
    return;
  }
  if (field.source === 'seats') {
    operation.seats = true;
    addSkuSelection(operation, relation, selected, []);
    return;
  }
  const items = field.cardinality === 'connection' ? itemSelections(selection) : [selection];
  relation.rows ||= field.cardinality !== 'connection' || selects(selection, 'nodes', 'edges', 'pageInfo');
  relation.totalCount ||= field.cardinality === 'connection' && selects(selection, 'totalCount');
  if (field.source === 'skuAllotments') {
    const shared: Place = { draft: skuAllotmentsOf(operation), parent: undefined };
    for (const item of items) addFields(operation, shared, item.byType.get('Allotment') ?? []);
    return;
  }
  for (const item of items) addSelection(operation, relation.types, place, item);
  if (field.source === 'navigation') addOwnerOfRows(operation, place, relation, field);
}

/** Relations of a right are read under its owner, so whoever that is has to be known. */
function addOwnerOfRows(
  operation: OperationDraft,
  place: Place,
  relation: RelationDraft,
  { ownedBy }: NavigationField,
): void {
  const needsAddress = [...relation.types.values()].some((type) => type.relations.size > 0);
  if (ownedBy === undefined || !needsAddress) return;
  addFields(operation, place, [{ responseKey: ownedBy, name: ownedBy, args: {}, selection: { byType: new Map() } }]);
}

function addFields(operation: OperationDraft, place: Place, fields: readonly SelectedField[]): void {
  const mapping = mappingOf(place.draft.type);
  for (const selected of fields) {
    const field = mapping.fields[selected.name];
    if (field === undefined) continue;
    switch (field.kind) {
      case 'property':
      case 'complex':
        place.draft.properties.add(field.property);
        break;
      case 'computed':
        for (const need of field.needs) place.draft.properties.add(need);
        break;
      case 'ownedId':
        place.draft.properties.add('id');
        addOwner(operation, place, ownerIds);
        break;
      case 'relation':
        addRelation(operation, place, selected, field);
        break;
    }
  }
}

/**
 * Gathers what the root fields want: properties and relations are merged over aliases and fragments, so that each
 * relation with the same arguments stands once, and wants that are met elsewhere (owner, SKU) are moved there.
 */
export function draftOperation(rootType: string, fields: readonly SelectedField[]): OperationDraft {
  const operation: OperationDraft = { root: emptyTypeDraft(rootType), seats: false, skuAllotments: undefined };
  addFields(operation, { draft: operation.root, parent: undefined }, fields);
  return operation;
}
