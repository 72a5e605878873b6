/**
 * Turns what execution found into the values that GraphQL completes: objects keyed by response key, with every value in
 * its final form, and an Error where a field failed. Pure.
 */
import type {
  ComplexField,
  ComputedField,
  FieldMapping,
  JsonObject,
  ProductNames,
  PropertyField,
  RelationField,
} from '../mapping/mappingTypes.js';
import { isOwnerType, writeOwnedId } from '../mapping/ownedId.js';
import { mappingOf } from '../mapping/schemaMapping.js';
import { relationKey } from '../planner/passes/relationKey.js';
import type { SelectedField, Selection } from '../planner/selection/Selection.js';
import { badAnswer, isObject } from './answers.js';
import type { Cursors } from './Cursors.js';
import type { ManyResult, RelationResult, Row } from './Row.js';

/** An object of the answer by response key; `__typename` tells graphql-js the type behind an interface. */
export type ShapedObject = Record<string, unknown>;

/** What shaping needs besides the rows. */
export interface ShapeContext {
  readonly names: ProductNames;
  readonly cursors: Cursors;
}

/** Sets a key that came from the query; `__proto__` as an alias must stay a key like any other. */
function put(object: ShapedObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function missing(type: string, property: string): Error {
  return badAnswer(`${type} without its ${property}`);
}

/** A value that cannot be read is an error of its own field, like one that is missing. */
function convert(value: unknown, field: PropertyField, type: string): unknown {
  try {
    return field.convert(value);
  } catch {
    return badAnswer(`${type} with a ${field.property} that cannot be read`);
  }
}

function shapeProperty(data: JsonObject, field: PropertyField, type: string, failure: Error | undefined): unknown {
  const value = data[field.property];
  if (value !== undefined && value !== null) return convert(value, field, type);
  if (value === undefined && failure !== undefined) return failure;
  return field.required ? missing(type, field.property) : null;
}

function shapeComplex(
  context: ShapeContext,
  data: JsonObject,
  field: ComplexField,
  selected: SelectedField,
  type: string,
): unknown {
  const value = data[field.property];
  const fields = selected.selection?.byType.get(field.type) ?? [];
  const shape = (each: unknown): unknown =>
    isObject(each) ? shapeData(context, each, field.type, fields) : badAnswer(`${field.property} that are no objects`);
  if (Array.isArray(value)) return value.map(shape);
  if (value !== undefined && value !== null) return shape(value);
  return field.required ? missing(type, field.property) : null;
}

function shapeComputed(context: ShapeContext, data: JsonObject, field: ComputedField, type: string): unknown {
  return field.compute(data, context.names) ?? (field.compute.length > 0 ? computedAbsent(data, field, type) : null);
}

/** A computed value is null by right where its inputs are null; an input that never came is an error. */
function computedAbsent(data: JsonObject, field: ComputedField, type: string): unknown {
  const gone = field.needs.find((need) => data[need] === undefined);
  return gone === undefined || type === 'Sku' || type === 'Service' ? null : missing(type, gone);
}

/** Complex values and the properties of rows; relations exist on rows only. */
function shapeData(
  context: ShapeContext,
  data: JsonObject,
  type: string,
  fields: readonly SelectedField[],
): ShapedObject {
  const shaped: ShapedObject = { __typename: type };
  const mapping = mappingOf(type).fields;
  for (const selected of fields) {
    const field = mapping[selected.name];
    if (field?.kind === 'property') put(shaped, selected.responseKey, shapeProperty(data, field, type, undefined));
    else if (field?.kind === 'complex')
      put(shaped, selected.responseKey, shapeComplex(context, data, field, selected, type));
    else if (field?.kind === 'computed') put(shaped, selected.responseKey, shapeComputed(context, data, field, type));
  }
  return shaped;
}

/** An object with its relations, as the query asks for it. */
export function shapeRow(
  context: ShapeContext,
  row: Row | null,
  selection: Selection | undefined,
): ShapedObject | null {
  if (row === null) return null;
  const shaped: ShapedObject = { __typename: row.type };
  const mapping = mappingOf(row.type).fields;
  for (const selected of selection?.byType.get(row.type) ?? []) {
    const field = mapping[selected.name];
    if (field === undefined) continue;
    put(shaped, selected.responseKey, shapeField(context, row, selected, field));
  }
  return shaped;
}

function shapeField(context: ShapeContext, row: Row, selected: SelectedField, field: FieldMapping): unknown {
  switch (field.kind) {
    case 'property':
      return shapeProperty(row.data, field, row.type, row.failure);
    case 'complex':
      return shapeComplex(context, row.data, field, selected, row.type);
    case 'computed':
      return shapeComputed(context, row.data, field, row.type);
    case 'ownedId':
      return shapeOwnedId(row);
    case 'relation':
      return shapeRelation(context, row, selected, field);
  }
}

/** The owner of a right is the row it was read from; for a right inside an error it is whom the error is about. */
function ownerOf(row: Row): Row | Error | null {
  if (row.parent?.type !== 'AssignmentError') return row.parent ?? null;
  const assignedTo = row.parent.relations.get('assignedTo');
  if (assignedTo instanceof Error) return assignedTo;
  return assignedTo?.kind === 'one' ? assignedTo.row : null;
}

function shapeOwnedId(row: Row): unknown {
  const owner = ownerOf(row);
  if (owner instanceof Error) return owner;
  const { id } = row.data;
  const ownerId = owner?.data.id;
  if (owner === null || typeof ownerId !== 'string' || !isOwnerType(owner.type)) return missing(row.type, 'owner');
  if (typeof id !== 'string') return missing(row.type, 'id');
  return writeOwnedId({ ownerType: owner.type, ownerId, id });
}

function shapeRelation(context: ShapeContext, row: Row, selected: SelectedField, field: RelationField): unknown {
  if (field.source === 'owner') {
    const owner = ownerOf(row);
    return owner instanceof Error ? owner : shapeRow(context, owner, selected.selection);
  }
  const result: RelationResult | undefined = row.relations.get(relationKey(selected.name, selected.args));
  if (result === undefined) return badAnswer(`${selected.name} was not read`);
  if (result instanceof Error) return result;
  if (result.kind === 'one') return shapeRow(context, result.row, selected.selection);
  if (field.cardinality === 'list') return result.rows.map((each) => shapeRow(context, each, selected.selection));
  return shapeConnection(context, result, selected);
}

/** A connection, cut to the `first` of this alias: the list may have been read further for another one. */
function shapeConnection(context: ShapeContext, result: ManyResult, selected: SelectedField): ShapedObject {
  const first = typeof selected.args.first === 'number' ? selected.args.first : result.rows.length;
  const count = Math.min(first, result.rows.length);
  const shaped: ShapedObject = {};
  for (const field of [...(selected.selection?.byType.values() ?? [])].flat()) {
    put(shaped, field.responseKey, shapeConnectionField(context, result, field, count));
  }
  return shaped;
}

function shapeConnectionField(context: ShapeContext, result: ManyResult, field: SelectedField, count: number): unknown {
  switch (field.name) {
    case 'nodes':
      return result.rows.slice(0, count).map((row) => shapeRow(context, row, field.selection));
    case 'edges':
      return result.rows.slice(0, count).map((row, index) => shapeEdge(context, result, row, index, field));
    case 'pageInfo':
      return shapePageInfo(context, result, field, count);
    case 'totalCount':
      return result.total ?? null;
    default:
      return undefined;
  }
}

function fieldsOf(field: SelectedField): readonly SelectedField[] {
  return [...(field.selection?.byType.values() ?? [])].flat();
}

function shapeEdge(
  context: ShapeContext,
  result: ManyResult,
  row: Row | null,
  index: number,
  field: SelectedField,
): ShapedObject {
  const shaped: ShapedObject = {};
  for (const inner of fieldsOf(field)) {
    const value = inner.name === 'cursor' ? cursorOf(context, result, index) : shapeRow(context, row, inner.selection);
    put(shaped, inner.responseKey, value);
  }
  return shaped;
}

function cursorOf(context: ShapeContext, result: ManyResult, index: number): string | null {
  const position = result.positions[index];
  const id = result.rows[index]?.data.id;
  if (position === undefined) return null;
  return context.cursors.write(result.scope, position, typeof id === 'string' ? id : '');
}

function shapePageInfo(context: ShapeContext, result: ManyResult, field: SelectedField, count: number): ShapedObject {
  const shaped: ShapedObject = {};
  for (const inner of fieldsOf(field)) put(shaped, inner.responseKey, pageInfoOf(context, result, inner.name, count));
  return shaped;
}

function pageInfoOf(context: ShapeContext, result: ManyResult, name: string, count: number): unknown {
  switch (name) {
    case 'hasNextPage':
      return result.hasMore || count < result.rows.length;
    case 'hasPreviousPage':
      return result.hasPrevious;
    case 'startCursor':
      return cursorOf(context, result, 0);
    case 'endCursor':
      return cursorOf(context, result, count - 1);
    default:
      return undefined;
  }
}
