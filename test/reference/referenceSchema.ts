/**
 * The schema with one resolver for each field that calls Graph by itself: slow, and easy to believe. Lists are read whole
 * and cut; filters are applied in memory where that is possible, so that they check the gateway's `$filter` too.
 */
import { buildASTSchema, parse, isObjectType, type GraphQLSchema } from 'graphql';
import { readTypeDefinitions } from '../../src/schema/readTypeDefinitions.js';
import { builtInNames } from '../../src/names/readProductNames.js';
import { chooseRows, type DirectoryListArguments } from './directoryLists.js';
import type { Json, ReferenceGraph } from './ReferenceGraph.js';

interface Context {
  readonly graph: ReferenceGraph;
}

/** A Graph object, where it was read, and what it was reached from. */
interface Node {
  readonly __typename: string;
  readonly data: Json;
  readonly path: string;
  readonly parent: Node | undefined;
}

type Args = Record<string, never> & { first?: number; id?: string; filter?: Json };
type Resolver = (node: Node, args: Args, context: Context) => unknown;

const userProperties =
  'id,displayName,userPrincipalName,mail,givenName,surname,accountEnabled,userType,department,jobTitle,companyName,usageLocation,country,createdDateTime';
const groupProperties =
  'id,displayName,description,mail,mailEnabled,securityEnabled,groupTypes,visibility,createdDateTime';
const deviceProperties = 'id,displayName,operatingSystem,accountEnabled';

const directory: Record<string, { readonly type: string; readonly collection: string; readonly select: string }> = {
  'microsoft.graph.user': { type: 'User', collection: '/users', select: userProperties },
  'microsoft.graph.group': { type: 'Group', collection: '/groups', select: groupProperties },
  'microsoft.graph.device': { type: 'Device', collection: '/devices', select: deviceProperties },
};

const licensing = '/admin/cloudLicensing';

function node(type: string, data: Json, path: string, parent?: Node): Node {
  return { __typename: type, data, path, parent };
}

async function directoryNode(context: Context, data: Json | null, parent?: Node): Promise<Node | null> {
  if (data === null) return null;
  const kind = directory[String(data['@odata.type']).replace('#', '')];
  if (kind === undefined) return node('UnknownDirectoryObject', data, '', parent);
  const path = `${kind.collection}/${String(data.id)}`;
  const whole = await context.graph.get(`${path}?$select=${kind.select}`);
  return whole === null ? null : node(kind.type, whole, path, parent);
}

async function single(context: Context, type: string, path: string, parent?: Node, query = ''): Promise<Node | null> {
  const data = await context.graph.get(path + query);
  return data === null ? null : node(type, data, path, parent);
}

function page(items: readonly (Node | null)[], args: Args): Json {
  const nodes = items.slice(0, args.first ?? 50);
  return {
    nodes,
    edges: nodes.map((each) => ({ cursor: 'cursor', node: each })),
    pageInfo: {
      hasNextPage: items.length > nodes.length,
      hasPreviousPage: false,
      startCursor: nodes.length > 0 ? 'cursor' : null,
      endCursor: nodes.length > 0 ? 'cursor' : null,
    },
  };
}

function allows(filter: Json | undefined, value: unknown): boolean {
  if (filter === undefined || filter === null) return true;
  const { eq, in: among } = filter as { eq?: string | boolean; in?: string[] };
  const text = String(value).toLowerCase();
  if (eq !== undefined && eq !== null && String(eq).toLowerCase() !== text) return false;
  return among === undefined || among === null || among.some((each) => each.toLowerCase() === text);
}

/** Rows of a licensing list, each with its address: under the list, or in the admin collection of its type. */
async function licensingList(
  context: Context,
  type: string,
  parent: Node,
  segment: string,
  canonical?: string,
): Promise<Node[] | null> {
  const path = `${parent.path}${segment}`;
  const items = await context.graph.list(path);
  return items === null
    ? null
    : items.map((item) => node(type, item, `${canonical ?? path}/${String(item.id)}`, parent));
}

async function allotmentOf(context: Context, assignment: Node): Promise<Node | null> {
  const data = await context.graph.get(`${licensing}/assignments/${String(assignment.data.id)}/allotment`);
  return data === null ? null : node('Allotment', data, `${licensing}/allotments/${String(data.id)}`, assignment);
}

async function filterAssignments(context: Context, all: readonly Node[], filter: Json | undefined): Promise<Node[]> {
  const skuId = filter?.skuId as Json | undefined;
  if (skuId === undefined || skuId === null) return [...all];
  const kept = await Promise.all(
    all.map(async (each) => allows(skuId, (await allotmentOf(context, each))?.data.skuId)),
  );
  return all.filter((_, index) => kept[index]);
}

const assignments =
  (segment: string): Resolver =>
  async (parent, args, context) => {
    const all = await licensingList(context, 'Assignment', parent, segment, `${licensing}/assignments`);
    return all === null ? null : page(await filterAssignments(context, all, args.filter), args);
  };

const usageRights: Resolver = async (parent, args, context) => {
  const all = await licensingList(context, 'UsageRight', parent, '/cloudLicensing/usageRights');
  if (all === null) return null;
  const { skuId, servicePlanId } = (args.filter ?? {}) as { skuId?: Json; servicePlanId?: Json };
  const kept = all.filter((right) => {
    const plans = right.data.services as Json[];
    return (
      allows(skuId, right.data.skuId) && (!servicePlanId || plans.some((plan) => allows(servicePlanId, plan.planId)))
    );
  });
  return page(kept, args);
};

const waitingMembers =
  (segment: string): Resolver =>
  async (parent, args, context) => {
    const all = await licensingList(context, 'WaitingMember', parent, segment);
    return all === null ? null : page(all, args);
  };

const item =
  (type: string, segment: (id: string) => string, canonical?: string): Resolver =>
  async (parent, args, context) => {
    const found = await single(context, type, `${parent.path}${segment(String(args.id))}`, parent);
    return found !== null && canonical !== undefined
      ? { ...found, path: `${canonical}/${String(found.data.id)}` }
      : found;
  };

const assignmentErrors =
  (segment: string): Resolver =>
  async (parent, args, context) => {
    const all = await licensingList(context, 'AssignmentError', parent, segment, `${licensing}/assignmentErrors`);
    return all === null
      ? null
      : page(
          all.filter((each) => allows(args.filter?.skuId as Json, each.data.skuId)),
          args,
        );
  };

async function seats(context: Context): Promise<Json[]> {
  const sums = new Map<string, Json>();
  for (const allotment of (await context.graph.list(`${licensing}/allotments`)) ?? []) {
    const key = String(allotment.skuId);
    const sum = sums.get(key) ?? { skuId: key, skuPartNumber: allotment.skuPartNumber, allotted: 0, consumed: 0 };
    sum.allotted = Number(sum.allotted) + Number(allotment.allottedUnits);
    sum.consumed = Number(sum.consumed) + Number(allotment.consumedUnits);
    sums.set(key, sum);
  }
  return [...sums.values()];
}

async function sku(context: Context, skuId: unknown): Promise<Node | null> {
  if (typeof skuId !== 'string') return null;
  const found = (await seats(context)).find((each) => String(each.skuId).toLowerCase() === skuId.toLowerCase());
  return node('Sku', found ?? { skuId }, '');
}

const skuOf: Resolver = (parent, _args, context) => sku(context, parent.data.skuId);

/** The rows of a directory list, which stand under the path of their own type. */
async function directoryList(context: Context, path: string, parent?: Node, only?: string): Promise<Node[] | null> {
  const items = await context.graph.list(path);
  if (items === null) return null;
  const nodes = await Promise.all(items.map((each) => directoryNode(context, each, parent)));
  return nodes.filter((each) => each !== null).filter((each) => only === undefined || each.__typename === only);
}

const typed =
  (type: string): ((data: Json) => Json) =>
  (data) => ({ '@odata.type': `#microsoft.graph.${type}`, ...data });

const rootList =
  (path: string, type: string, select: string): Resolver =>
  async (_root, args, context) => {
    const all = (await context.graph.list(`${path}?$select=${select}`)) ?? [];
    const chosen = chooseRows(all, args as DirectoryListArguments).map(typed(type));
    const nodes = await Promise.all(chosen.map((each) => directoryNode(context, each)));
    return { ...page(nodes, args), totalCount: nodes.length };
  };

const rootItem =
  (type: string, collection: string, select: string): Resolver =>
  (_root, args, context) =>
    single(context, type, `${collection}/${encodeURIComponent(String(args.id))}`, undefined, `?$select=${select}`);

const byIds =
  (type: string, collection: string, select: string) =>
  (_root: Node, args: { readonly ids: readonly string[] }, context: Context): Promise<(Node | null)[]> =>
    Promise.all(args.ids.map((id) => single(context, type, `${collection}/${id}`, undefined, `?$select=${select}`)));

const admin = node('Admin', {}, licensing);

const principal = {
  usageRights,
  usageRight: item('UsageRight', (id) => `/cloudLicensing/usageRights/${id}`),
  assignments: assignments('/cloudLicensing/assignments'),
  assignment: item('Assignment', (id) => `/cloudLicensing/assignments/${id}`, `${licensing}/assignments`),
  waitingMembers: waitingMembers('/cloudLicensing/waitingMembers'),
  waitingMember: item('WaitingMember', (id) => `/cloudLicensing/waitingMembers/${id}`),
} satisfies Record<string, Resolver>;

const resolvers: Record<string, Record<string, unknown>> = {
  Query: {
    me: (_: Node, __: Args, context: Context) =>
      single(context, 'User', '/me', undefined, `?$select=${userProperties}`),
    user: rootItem('User', '/users', userProperties),
    users: rootList('/users', 'user', `${userProperties},assignedLicenses`),
    usersByIds: byIds('User', '/users', userProperties),
    group: rootItem('Group', '/groups', groupProperties),
    groups: rootList('/groups', 'group', groupProperties),
    groupsByIds: byIds('Group', '/groups', groupProperties),
    device: rootItem('Device', '/devices', deviceProperties),
    devices: rootList('/devices', 'device', deviceProperties),
    allotment: (_: Node, args: Args, context: Context) =>
      single(context, 'Allotment', `${licensing}/allotments/${String(args.id)}`),
    allotments: async (_: Node, args: Args, context: Context) => {
      const all = (await licensingList(context, 'Allotment', admin, '/allotments')) ?? [];
      return page(
        all.filter((each) => allows(args.filter?.skuId as Json, each.data.skuId)),
        args,
      );
    },
    assignment: (_: Node, args: Args, context: Context) =>
      single(context, 'Assignment', `${licensing}/assignments/${String(args.id)}`),
    assignments: (_: Node, args: Args, context: Context) => assignments('/assignments')(admin, args, context),
    assignmentError: (_: Node, args: Args, context: Context) =>
      single(context, 'AssignmentError', `${licensing}/assignmentErrors/${String(args.id)}`),
    assignmentErrors: (_: Node, args: Args, context: Context) =>
      assignmentErrors('/assignmentErrors')(admin, args, context),
    sku: async (_: Node, args: { readonly skuId: string }, context: Context) => {
      const found = await sku(context, args.skuId);
      return found?.data.allotted === undefined ? null : found;
    },
    skus: async (_: Node, __: Args, context: Context) => (await seats(context)).map((each) => node('Sku', each, '')),
    licenseUsage: async (_: Node, args: { readonly period: string }, context: Context) =>
      ((await context.graph.list(`/reports/getAzureADLicenseUsage(period='${args.period}')`)) ?? []).map((each) =>
        node('LicenseUsage', each, ''),
      ),
  },
  User: {
    ...principal,
    assignmentErrors: assignmentErrors('/cloudLicensing/assignmentErrors'),
    assignmentError: item(
      'AssignmentError',
      (id) => `/cloudLicensing/assignmentErrors/${id}`,
      `${licensing}/assignmentErrors`,
    ),
    memberOf: (async (parent, args, context) => {
      const groups = await directoryList(context, `${parent.path}/memberOf`, parent, 'Group');
      return groups === null ? null : page(groups, args);
    }) satisfies Resolver,
    manager: (async (parent, _args, context) =>
      directoryNode(context, await context.graph.get(`${parent.path}/manager`), parent)) satisfies Resolver,
  },
  Group: {
    ...principal,
    ...Object.fromEntries(
      ['members', 'owners'].map((segment): [string, Resolver] => [
        segment,
        async (parent, args, context) => {
          const all = await directoryList(context, `${parent.path}/${segment}`, parent);
          return all === null ? null : { ...page(all, args), totalCount: all.length };
        },
      ]),
    ),
  },
  Device: principal,
  UsageRight: {
    sku: skuOf,
    id: (async (right, _args, context) => {
      const owner = (await (resolvers.UsageRight?.owner as Resolver)(right, {}, context)) as Node | undefined;
      return Buffer.from(`${owner?.__typename}/${text(owner?.data.id)}/${text(right.data.id)}`).toString('base64url');
    }) satisfies Resolver,
    usageRightId: ((right) => right.data.id) satisfies Resolver,
    owner: ((right, _args, context) =>
      right.parent?.__typename === 'AssignmentError'
        ? (resolvers.AssignmentError?.assignedTo as Resolver)(right.parent, {}, context)
        : right.parent) satisfies Resolver,
    assignments: assignments('/assignments'),
    allotments: (async (right, _args, context) => {
      const all = await licensingList(context, 'Assignment', right, '/assignments');
      const found = await Promise.all((all ?? []).map((each) => allotmentOf(context, each)));
      return [...new Map(found.map((each) => [each?.data.id, each])).values()];
    }) satisfies Resolver,
  },
  Assignment: {
    allotment: ((assignment, _args, context) => allotmentOf(context, assignment)) satisfies Resolver,
    assignedTo: (async (assignment, _args, context) => {
      const data = await context.graph.get(`${licensing}/assignments/${String(assignment.data.id)}/assignedTo`);
      return directoryNode(context, data, assignment);
    }) satisfies Resolver,
  },
  AssignmentError: {
    sku: skuOf,
    assignedTo: (async (error, _args, context) => {
      const data = await context.graph.get(`${licensing}/assignmentErrors/${String(error.data.id)}/assignedTo`);
      return directoryNode(context, data, error);
    }) satisfies Resolver,
    usageRight: (async (error, _args, context) => {
      const data = await context.graph.get(`${licensing}/assignmentErrors/${String(error.data.id)}/usageRight`);
      if (data?.id === undefined) return null;
      const user = await context.graph.get(`${licensing}/assignmentErrors/${String(error.data.id)}/assignedTo`);
      return node('UsageRight', data, `/users/${String(user?.id)}/cloudLicensing/usageRights/${text(data.id)}`, error);
    }) satisfies Resolver,
  },
  WaitingMember: {
    allotment: (async (waiting, _args, context) => {
      const data = await context.graph.get(`${waiting.path}?$expand=allotment`);
      const allotment = data?.allotment as Json;
      return single(context, 'Allotment', `${licensing}/allotments/${String(allotment.id)}`, waiting);
    }) satisfies Resolver,
    assignedTo: (async (waiting, _args, context) => {
      const data = await context.graph.get(`${waiting.path}?$expand=assignedTo`);
      return directoryNode(context, data?.assignedTo as Json, waiting);
    }) satisfies Resolver,
  },
  Allotment: {
    sku: skuOf,
    availableUnits: ((allotment) =>
      Number(allotment.data.allottedUnits) - Number(allotment.data.consumedUnits)) satisfies Resolver,
    assignments: assignments('/assignments'),
    waitingMembers: waitingMembers('/waitingMembers'),
    waitingMember: item('WaitingMember', (id) => `/waitingMembers/${id}`),
  },
  Sku: {
    id: ((each) => each.data.skuId) satisfies Resolver,
    displayName: ((each) => builtInNames.sku(String(each.data.skuId)) ?? each.data.skuPartNumber) satisfies Resolver,
    allottedUnits: ((each) => each.data.allotted) satisfies Resolver,
    consumedUnits: ((each) => each.data.consumed) satisfies Resolver,
    availableUnits: ((each) =>
      each.data.allotted === undefined
        ? null
        : Number(each.data.allotted) - Number(each.data.consumed)) satisfies Resolver,
    services: (async (each, _args, context) => {
      const all = ((await context.graph.list(`${licensing}/allotments`)) ?? []).filter(
        (allotment) => allotment.skuId === each.data.skuId,
      );
      const services = all.flatMap((allotment) => allotment.services as Json[]);
      return [...new Map(services.map((service) => [service.planId, node('Service', service, '')])).values()];
    }) satisfies Resolver,
    allotments: (async (each, args, context) => {
      const all = (await licensingList(context, 'Allotment', admin, '/allotments')) ?? [];
      return page(
        all.filter((allotment) => allotment.data.skuId === each.data.skuId),
        args,
      );
    }) satisfies Resolver,
  },
  Service: {
    displayName: ((service) =>
      builtInNames.servicePlan(String(service.data.planId)) ?? service.data.planName) satisfies Resolver,
  },
};

/** What Graph sends as a JSON string. */
function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Graph sent something else than a string');
  return value;
}

const flagOrder: Record<string, readonly string[]> = { assignableTo: ['user', 'group', 'device'], tags: ['trial'] };

/** A property in the form that GraphQL answers: flags are lists, enum names are GraphQL's, date-times are in UTC. */
function convert(name: string, type: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (flagOrder[name] !== undefined) {
    const members = text(value).split(',');
    return flagOrder[name].filter((member) => members.includes(member)).map((member) => member.toUpperCase());
  }
  if (type.startsWith('SubscriptionState') || type === 'LicenseType') {
    return text(value)
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toUpperCase();
  }
  if (type.startsWith('DateTime')) return text(value).replace('+00:00', 'Z');
  if (type.startsWith('Date')) return text(value).slice(0, 10);
  if (Array.isArray(value) && typeof value[0] === 'object') return value.map((each) => node('', each as Json, ''));
  return value;
}

/** The schema with the reference resolvers in place. */
export function createReferenceSchema(): GraphQLSchema {
  const schema = buildASTSchema(parse(readTypeDefinitions()), { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      const own = resolvers[type.name]?.[name] as typeof field.resolve | undefined;
      field.resolve = own ?? ((source: Node | Json) => readField(source, name, String(field.type)));
    }
  }
  return schema;
}

function readField(source: Node | Json, name: string, type: string): unknown {
  const data = source.data as Json | undefined;
  // Connections, edges and page infos are plain objects; everything else is a node.
  if (data === undefined) {
    const value = (source as Json)[name];
    return typeof value === 'function' ? (value as () => unknown)() : value;
  }
  return name === 'odataType' ? data['@odata.type'] : convert(name, type, data[name]);
}
