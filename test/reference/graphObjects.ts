/** Objects of Graph with the place where they were read, and the plain calls that bring them. */
import { unexpected } from './BadGraphAnswer.js';
import type { Json, ReferenceGraph } from './ReferenceGraph.js';

/** What the resolvers of one query share. */
export interface Context {
  readonly graph: ReferenceGraph;
}

/** A Graph object, where it was read, and what it was reached from. */
export interface GraphObject {
  readonly __typename: string;
  readonly data: Json;
  readonly path: string;
  readonly parent: GraphObject | undefined;
}

/** An object, or what stands in the place of one that cannot be read. */
export type Item = GraphObject | Error;

/** Arguments of the fields that the reference resolves. */
export interface Args {
  readonly first?: number | null;
  readonly id?: string;
  readonly filter?: Json | null;
}

/** One field: what it is reached from, its arguments, and the calls. */
export type Resolver = (source: GraphObject, args: Args, context: Context) => unknown;

export const licensing = '/admin/cloudLicensing';

const userProperties =
  'id,displayName,userPrincipalName,mail,givenName,surname,accountEnabled,userType,department,jobTitle,companyName,usageLocation,country,createdDateTime';
const groupProperties =
  'id,displayName,description,mail,mailEnabled,securityEnabled,groupTypes,visibility,createdDateTime';
const deviceProperties = 'id,displayName,operatingSystem,accountEnabled';

/** Users, groups and devices: their collection, and what has to be named for it to come. */
export const directoryTypes = {
  User: { collection: '/users', select: userProperties, odataType: 'microsoft.graph.user' },
  Group: { collection: '/groups', select: groupProperties, odataType: 'microsoft.graph.group' },
  Device: { collection: '/devices', select: deviceProperties, odataType: 'microsoft.graph.device' },
} as const;

/** The properties of all of them, for lists of mixed types. */
export const anyProperties = [
  ...new Set([userProperties, groupProperties, deviceProperties].flatMap((names) => names.split(','))),
].join(',');

export function graphObject(type: string, data: Json, path: string, parent?: GraphObject): GraphObject {
  return { __typename: type, data, path, parent };
}

/** A directory object with the properties that came with it. */
export function directoryObject(data: Json, parent?: GraphObject): GraphObject {
  const odataType = String(data['@odata.type']).replace('#', '');
  const known = Object.entries(directoryTypes).find(([, each]) => each.odataType === odataType);
  if (known === undefined) return graphObject('UnknownDirectoryObject', data, '', parent);
  const [type, { collection }] = known;
  return graphObject(type, data, `${collection}/${String(data.id)}`, parent);
}

/** The object at a path; null where Graph has none. */
export async function single(
  { graph }: Context,
  type: string,
  path: string,
  parent?: GraphObject,
  query = '',
): Promise<GraphObject | null> {
  const data = await graph.get(path + query);
  return data === null ? null : graphObject(type, data, path, parent);
}

/** A user, group or device by its id or sign-in name. */
export function directoryItem(
  context: Context,
  type: keyof typeof directoryTypes,
  id: string,
): Promise<GraphObject | null> {
  const { collection, select } = directoryTypes[type];
  return single(context, type, `${collection}/${encodeURIComponent(id)}`, undefined, `?$select=${select}`);
}

/** The directory object behind a relation. */
export async function related(
  context: Context,
  path: string,
  select: string,
  parent: GraphObject,
): Promise<Item | null> {
  const data = await context.graph.get(`${path}?$select=${select}`);
  return data === null ? null : directoryObject(data, parent);
}

/** The directory objects of a list; of memberOf the groups alone. */
export async function relatedList(
  { graph }: Context,
  path: string,
  parent: GraphObject,
  only?: string,
): Promise<Item[] | null> {
  const items = await graph.items(`${path}?$select=${anyProperties}`);
  const found = items?.map((item) => (item instanceof Error ? item : directoryObject(item, parent)));
  return found?.filter((each) => only === undefined || each instanceof Error || each.__typename === only) ?? null;
}

/** Rows of a licensing list, each with its address: under the list, or in the admin collection of its type. */
export async function licensingList(
  { graph }: Context,
  type: string,
  parent: GraphObject,
  segment: string,
  canonical?: string,
): Promise<Item[] | null> {
  const path = `${parent.path}${segment}`;
  const items = await graph.items(path);
  if (items === null) return null;
  return items.map((item) =>
    item instanceof Error ? item : graphObject(type, item, `${canonical ?? path}/${String(item.id)}`, parent),
  );
}

/** The objects of a list of which every one is needed. */
export function whole(items: readonly Item[]): readonly GraphObject[] {
  return items.map((item) => {
    if (item instanceof Error) throw item;
    return item;
  });
}

/** The first rows of a list as a connection; `first: null` means the default. */
export function page(items: readonly (Item | null)[], { first }: Args): Json {
  const nodes = items.slice(0, first ?? 50);
  const cursor = nodes.length > 0 ? 'cursor' : null;
  return {
    nodes,
    edges: nodes.map((each) => ({ cursor: 'cursor', node: each })),
    pageInfo: {
      hasNextPage: items.length > nodes.length,
      hasPreviousPage: false,
      startCursor: cursor,
      endCursor: cursor,
    },
  };
}

/** A text that names an object. Throws where Graph sent something else. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw unexpected('an id is not a text');
  return value;
}
