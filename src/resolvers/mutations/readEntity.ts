import { getNamedType, isObjectType, type GraphQLResolveInfo } from 'graphql';
import { executePlan } from '../../execution/executePlan.js';
import type { GraphReader } from '../../execution/GraphReader.js';
import { shapeRow, type ShapedObject } from '../../execution/shapeResult.js';
import { planOperation } from '../../planner/planOperation.js';
import type { SelectedField } from '../../planner/selection/Selection.js';
import { selectionOf } from '../../planner/selection/normalizeSelection.js';
import type { GatewayContext } from '../context.js';

/**
 * What the field at hand asks of its object, read through the planner as the root field that gives such an object. Fields
 * that read with the same reader in one turn of the event loop are joined. Raises the error of the reading.
 */
export async function readEntity(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  roots: readonly Pick<SelectedField, 'name' | 'args' | 'responseKey'>[],
): Promise<ShapedObject> {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) throw new TypeError(`${type.name} is no object type`);
  const selection = selectionOf(info, [type], info.fieldNodes);
  const fields = roots.map((root): SelectedField => ({ ...root, selection: withId(selection, type.name) }));
  const root = await executePlan(planOperation('Query', fields), reader, context.cursors);
  return shapeRow(context, root, { byType: new Map([['Query', fields]]) }) ?? {};
}

/** A response key with a blank in it can be no alias. */
const idKey = ' id';

function withId(selection: NonNullable<SelectedField['selection']>, type: string): SelectedField['selection'] {
  const id: SelectedField = { responseKey: idKey, name: 'id', args: {}, selection: undefined };
  return { byType: new Map([[type, [...(selection.byType.get(type) ?? []), id]]]) };
}

/** The one object of a root field by id. */
export async function readObject(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  rootField: string,
  id: string | undefined,
): Promise<ShapedObject | null> {
  if (id === undefined) return null;
  const answer = await readEntity(context, info, reader, [{ name: rootField, args: { id }, responseKey: rootField }]);
  return raise(answer[rootField]) as ShapedObject | null;
}

/** Groups by id, without those that are gone; null where none were looked for. */
export async function readGroups(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  ids: readonly string[] | undefined,
): Promise<ShapedObject[] | null> {
  if (ids === undefined) return null;
  const roots = ids.map((id) => ({ name: 'group', args: { id }, responseKey: id }));
  const answer = await readEntity(context, info, reader, roots);
  return ids.flatMap((id) => {
    const group = raise(answer[id]) as ShapedObject | null;
    return group === null ? [] : [group];
  });
}

/** The row of the usage report by id: there is no path to it, so both reports are read. */
export async function readUsage(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  id: string | undefined,
): Promise<ShapedObject | null> {
  if (id === undefined) return null;
  const roots = ['D7', 'D30'].map((period) => ({ name: 'licenseUsage', args: { period }, responseKey: period }));
  const answer = await readEntity(context, info, reader, roots);
  const rows = Object.values(answer).flatMap((list) => (Array.isArray(list) ? (list as ShapedObject[]) : []));
  const row = rows.find((each) => each[idKey] === id);
  return row ?? (raise(Object.values(answer).find((list) => list instanceof Error)) as null);
}

function raise(value: unknown): unknown {
  if (value instanceof Error) throw value;
  return value ?? null;
}
