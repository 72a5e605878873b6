/** The root fields, one plain call for each. */
import { refused } from './BadGraphAnswer.js';
import { chooseRows, type DirectoryListArguments } from './directoryLists.js';
import { readNodeId, readRightId } from './globalIds.js';
import {
  directoryItem,
  directoryTypes,
  graphObject,
  licensing,
  licensingList,
  page,
  single,
  type Context,
  type GraphObject,
  type Item,
  type Resolver,
} from './graphObjects.js';
import { assignmentErrors, assignments, item, principal, withSku } from './licensingResolvers.js';
import { skuFields } from './skuResolvers.js';

type DirectoryType = keyof typeof directoryTypes;

const admin = graphObject('Admin', {}, licensing);

function rootItem(type: DirectoryType): Resolver {
  return (_root, { id = '' }, context) => directoryItem(context, type, id);
}

function byIds(type: DirectoryType) {
  return (_root: GraphObject, args: { readonly ids: readonly string[] }, context: Context) =>
    Promise.all(args.ids.map((id) => directoryItem(context, type, id)));
}

function rootList(type: DirectoryType): Resolver {
  const { collection, select } = directoryTypes[type];
  // What a filter looks at and no field shows.
  const whole = type === 'User' ? `${select},assignedLicenses` : select;
  return async (_root, args, { graph }) => {
    const items = (await graph.items(`${collection}?$select=${whole}`)) ?? [];
    const rows = chooseRows(items, args as DirectoryListArguments);
    const found = rows.map((row): Item =>
      row instanceof Error ? row : graphObject(type, row, `${collection}/${String(row.id)}`),
    );
    return { ...page(found, args), totalCount: found.length };
  };
}

function adminItem(type: string, segment: string): Resolver {
  return (_root, args, context) => item(type, segment)(admin, args, context);
}

const periods = ['D7', 'D30'];

async function report({ graph }: Context, period: string): Promise<Item[] | null> {
  const rows = await graph.items(`/reports/getAzureADLicenseUsage(period='${period}')`);
  return rows?.map((row) => (row instanceof Error ? row : graphObject('LicenseUsage', row, ''))) ?? null;
}

async function reportRow(context: Context, id: string): Promise<GraphObject | null> {
  const all = await Promise.all(periods.map((period) => report(context, period)));
  const found = all.flatMap((rows) => rows ?? []).find((row) => !(row instanceof Error) && row.data.id === id);
  return found === undefined || found instanceof Error ? null : found;
}

const collections: Readonly<Record<string, string>> = {
  Allotment: '/allotments',
  Assignment: '/assignments',
  AssignmentError: '/assignmentErrors',
};

async function rightBy(context: Context, key: string): Promise<GraphObject | null> {
  const named = readRightId(key);
  if (named === undefined) throw refused('this is not an id of a right');
  const owner = await directoryItem(context, named.type as DirectoryType, named.owner);
  if (owner === null) return null;
  return (await principal.usageRight?.(owner, { id: key }, context)) as GraphObject | null;
}

async function nodeBy(context: Context, nodeId: string): Promise<GraphObject | null> {
  const [type = '', key = ''] = readNodeId(nodeId) ?? [];
  if (type in directoryTypes) return directoryItem(context, type as DirectoryType, key);
  const segment = collections[type];
  if (segment !== undefined) return single(context, type, `${licensing}${segment}/${encodeURIComponent(key)}`);
  if (type === 'UsageRight') return rightBy(context, key);
  if (type === 'LicenseUsage') return reportRow(context, key);
  if (type !== 'Sku') throw refused('this names nothing');
  return skuFields.sku(admin, { skuId: key }, context);
}

/** An item of a list that fails alone. */
function alone<T>(promise: Promise<T>): Promise<T | Error> {
  return promise.catch((error: Error) => error);
}

/** Fields of `Query`. */
export const rootFields: Readonly<Record<string, unknown>> = {
  me: (_: GraphObject, __: object, context: Context) =>
    single(context, 'User', '/me', undefined, `?$select=${directoryTypes.User.select}`),
  user: rootItem('User'),
  users: rootList('User'),
  usersByIds: byIds('User'),
  group: rootItem('Group'),
  groups: rootList('Group'),
  groupsByIds: byIds('Group'),
  device: rootItem('Device'),
  devices: rootList('Device'),
  allotment: adminItem('Allotment', '/allotments'),
  allotments: (async (_, args, context) => {
    const all = await licensingList(context, 'Allotment', admin, '/allotments');
    return page(withSku(all ?? [], args.filter), args);
  }) satisfies Resolver,
  assignment: adminItem('Assignment', '/assignments'),
  assignments: ((_, args, context) => assignments('/assignments')(admin, args, context)) satisfies Resolver,
  assignmentError: adminItem('AssignmentError', '/assignmentErrors'),
  assignmentErrors: ((_, args, context) =>
    assignmentErrors('/assignmentErrors')(admin, args, context)) satisfies Resolver,
  sku: skuFields.sku,
  skus: skuFields.skus,
  licenseUsage: (_: GraphObject, { period }: { readonly period: string }, context: Context) => report(context, period),
  node: (_: GraphObject, { nodeId }: { readonly nodeId: string }, context: Context) => nodeBy(context, nodeId),
  nodes: (_: GraphObject, { nodeIds }: { readonly nodeIds: readonly string[] }, context: Context) =>
    Promise.all(nodeIds.map((nodeId) => alone(nodeBy(context, nodeId)))),
};
