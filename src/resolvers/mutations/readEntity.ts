import DataLoader from 'dataloader';
import { getNamedType, isObjectType, type GraphQLResolveInfo } from 'graphql';
import { asError } from '../../execution/answers.js';
import { executePlan } from '../../execution/executePlan.js';
import type { GraphReader } from '../../execution/GraphReader.js';
import { shapeRow, type ShapedObject } from '../../execution/shapeResult.js';
import { planOperation } from '../../planner/planOperation.js';
import type { SelectedField } from '../../planner/selection/Selection.js';
import { selectionOf } from '../../planner/selection/normalizeSelection.js';
import { sameId } from '../../writes/ids.js';
import type { SaidObject } from '../../writes/WriteResult.js';
import type { GatewayContext } from '../context.js';
import { isAllSaid, shapeSaid } from './shapeSaid.js';

/** Whatever the fields of payloads ask of one reader in one turn of the event loop is planned as one operation. */
const loaders = new WeakMap<GraphReader, DataLoader<SelectedField, unknown>>();

function loaderOf(context: GatewayContext, reader: GraphReader): DataLoader<SelectedField, unknown> {
  const known = loaders.get(reader);
  if (known !== undefined) return known;
  const loader = new DataLoader<SelectedField, unknown>((roots) => readTogether(context, reader, roots), {
    cache: false,
  });
  loaders.set(reader, loader);
  return loader;
}

async function readTogether(
  context: GatewayContext,
  reader: GraphReader,
  roots: readonly SelectedField[],
): Promise<readonly unknown[]> {
  const fields = roots.map((root, index) => ({ ...root, responseKey: String(index) }));
  const row = await executePlan(planOperation('Query', fields), reader, context.cursors);
  const answer = shapeRow(context, row, { byType: new Map([['Query', fields]]) }) ?? {};
  return fields.map(({ responseKey }) => answer[responseKey] ?? null);
}

/** What the field at hand asks of its object. */
function selectionAt(info: GraphQLResolveInfo): NonNullable<SelectedField['selection']> {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) throw new TypeError(`${type.name} is not an object type`);
  return selectionOf(info, [type], info.fieldNodes);
}

/**
 * What the field at hand asks of its object, read through the planner as the root field that gives such an object. Raises
 * the error of the reading.
 */
async function readRoot(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  name: string,
  args: SelectedField['args'],
): Promise<unknown> {
  const selection = withId(selectionAt(info), getNamedType(info.returnType).name);
  return loaderOf(context, reader).load({ name, args, selection, responseKey: name });
}

/** The object as Graph's own answer to the write has it, with what reading adds to that; as read where Graph said nothing. */
async function completeSaid(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  said: SaidObject | undefined,
  read: () => Promise<ShapedObject | null>,
): Promise<ShapedObject | null> {
  if (said === undefined) return read();
  const selection = selectionAt(info);
  return shapeSaid(context, said, selection, isAllSaid(said, selection) ? null : await read().catch(asError));
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
  said?: SaidObject,
): Promise<ShapedObject | null> {
  if (id === undefined) return null;
  const read = async (): Promise<ShapedObject | null> =>
    (await readRoot(context, info, reader, rootField, { id })) as ShapedObject | null;
  return completeSaid(context, info, said, read);
}

/** Groups by id, without those that are gone; null where none were looked for. */
export async function readGroups(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  ids: readonly string[] | undefined,
): Promise<ShapedObject[] | null> {
  if (ids === undefined) return null;
  const groups = await Promise.all(ids.map((id) => readObject(context, info, reader, 'group', id)));
  return groups.filter((group) => group !== null);
}

/** The row of the usage report by id: there is no path to it, so both reports are read. */
export async function readUsage(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  id: string | undefined,
  said: SaidObject | undefined,
): Promise<ShapedObject | null> {
  return id === undefined ? null : completeSaid(context, info, said, () => findUsage(context, info, reader, id));
}

async function findUsage(
  context: GatewayContext,
  info: GraphQLResolveInfo,
  reader: GraphReader,
  id: string,
): Promise<ShapedObject | null> {
  const reports = await Promise.allSettled(
    ['D7', 'D30'].map((period) => readRoot(context, info, reader, 'licenseUsage', { period })),
  );
  const rows = reports.flatMap((report) =>
    report.status === 'fulfilled' && Array.isArray(report.value) ? (report.value as ShapedObject[]) : [],
  );
  const row = rows.find((each) => sameId(each[idKey], id));
  const failed = reports.find((report) => report.status === 'rejected');
  if (row === undefined && failed?.status === 'rejected') throw failed.reason;
  return row ?? null;
}
