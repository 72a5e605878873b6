/** Relations of licensing objects: one plain call for each, filters made in memory. */
import {
  anyProperties,
  directoryItem,
  directoryObject,
  graphObject,
  licensing,
  licensingList,
  page,
  related,
  single,
  textOf,
  whole,
  type Context,
  type GraphObject,
  type Item,
  type Resolver,
} from './graphObjects.js';
import { readRightId } from './globalIds.js';
import type { Json } from './ReferenceGraph.js';

function allows(filter: Json | null | undefined, value: unknown): boolean {
  const { eq, in: among } = (filter ?? {}) as { eq?: string | null; in?: readonly string[] | null };
  const text = String(value).toLowerCase();
  if (typeof eq === 'string' && eq.toLowerCase() !== text) return false;
  return among === undefined || among === null || among.some((each) => each.toLowerCase() === text);
}

function filterOf(filter: Json | null | undefined, name: string): Json | null | undefined {
  return filter?.[name] as Json | null | undefined;
}

/** The rows that a filter on the SKU lets through, where the rows say it themselves. */
export function withSku(items: readonly Item[], filter: Json | null | undefined): readonly Item[] {
  const skuId = filterOf(filter, 'skuId');
  return items.filter((each) => each instanceof Error || allows(skuId, each.data.skuId));
}

async function allotmentOf({ graph }: Context, assignment: GraphObject): Promise<GraphObject | null> {
  const data = await graph.get(`${licensing}/assignments/${String(assignment.data.id)}/allotment`);
  return data === null
    ? null
    : graphObject('Allotment', data, `${licensing}/allotments/${String(data.id)}`, assignment);
}

async function assignmentsOfSku(
  context: Context,
  all: readonly Item[],
  filter: Json | null | undefined,
): Promise<readonly Item[]> {
  const skuId = filterOf(filter, 'skuId');
  if (skuId === undefined || skuId === null) return all;
  const kept = await Promise.all(
    all.map(async (each) => each instanceof Error || allows(skuId, (await allotmentOf(context, each))?.data.skuId)),
  );
  return all.filter((_, index) => kept[index]);
}

/** A list of assignments; every one of them has its place under the organization. */
export function assignments(segment: string): Resolver {
  return async (parent, args, context) => {
    const all = await licensingList(context, 'Assignment', parent, segment, `${licensing}/assignments`);
    return all === null ? null : page(await assignmentsOfSku(context, all, args.filter), args);
  };
}

/** A list of assignment errors, whose place is under the organization too. */
export function assignmentErrors(segment: string): Resolver {
  return async (parent, args, context) => {
    const all = await licensingList(context, 'AssignmentError', parent, segment, `${licensing}/assignmentErrors`);
    return all === null ? null : page(withSku(all, args.filter), args);
  };
}

const usageRights: Resolver = async (parent, args, context) => {
  const all = await licensingList(context, 'UsageRight', parent, '/cloudLicensing/usageRights');
  const plan = filterOf(args.filter, 'servicePlanId');
  const hasPlan = (item: Item): boolean =>
    item instanceof Error ||
    plan === undefined ||
    plan === null ||
    (item.data.services as Json[]).some((service) => allows(plan, service.planId));
  return all === null ? null : page(withSku(all, args.filter).filter(hasPlan), args);
};

function waitingMembers(segment: string): Resolver {
  return async (parent, args, context) => {
    const all = await licensingList(context, 'WaitingMember', parent, segment);
    return all === null ? null : page(all, args);
  };
}

/** One object under another by its id. */
export function item(type: string, segment: string, canonical?: string): Resolver {
  return async (parent, { id = '' }, context) => {
    const path = `${parent.path}${segment}/${encodeURIComponent(id)}`;
    const found = await single(context, type, path, parent);
    if (found === null || canonical === undefined) return found;
    return { ...found, path: `${canonical}/${String(found.data.id)}` };
  };
}

const usageRight: Resolver = (parent, { id = '' }, context) => {
  const named = readRightId(id);
  // An id that holds everywhere names its owner, and leads to nobody else's right.
  if (named !== undefined && named.owner !== String(parent.data.id).toLowerCase()) return null;
  return item('UsageRight', '/cloudLicensing/usageRights')(parent, { id: named?.id ?? id }, context);
};

/** What users, groups and devices have in common. */
export const principal: Readonly<Record<string, Resolver>> = {
  usageRights,
  usageRight,
  assignments: assignments('/cloudLicensing/assignments'),
  assignment: item('Assignment', '/cloudLicensing/assignments', `${licensing}/assignments`),
  waitingMembers: waitingMembers('/cloudLicensing/waitingMembers'),
  waitingMember: item('WaitingMember', '/cloudLicensing/waitingMembers'),
};

const affected: Resolver = (error, _args, context) =>
  related(context, `${licensing}/assignmentErrors/${String(error.data.id)}/assignedTo`, anyProperties, error);

const ownerOf: Resolver = (right, _args, context) =>
  right.parent?.__typename === 'AssignmentError' ? affected(right.parent, {}, context) : right.parent;

/** Who owns a right, as the id of the right says it. */
export async function ownerOfRight(right: GraphObject, context: Context): Promise<GraphObject> {
  return (await ownerOf(right, {}, context)) as GraphObject;
}

const allotmentsOfRight: Resolver = async (right, _args, context) => {
  const all = whole((await licensingList(context, 'Assignment', right, '/assignments')) ?? []);
  const found = await Promise.all(all.map((each) => allotmentOf(context, each)));
  return [...new Map(found.map((each) => [each?.data.id, each])).values()];
};

/** Whom the assignments behind a right are made to, each once. */
async function assigneesOfRight(right: GraphObject, context: Context): Promise<readonly GraphObject[]> {
  const all = whole((await licensingList(context, 'Assignment', right, '/assignments')) ?? []);
  const found = await Promise.all(
    all.map(({ data }) =>
      related(context, `${licensing}/assignments/${String(data.id)}/assignedTo`, anyProperties, right),
    ),
  );
  return [...new Map(whole(found.filter((each) => each !== null)).map((each) => [each.data.id, each])).values()];
}

/** Through groups; what a group has by an assignment to itself it does not inherit. */
async function groupsBehind(right: GraphObject, context: Context): Promise<readonly GraphObject[]> {
  const found = await assigneesOfRight(right, context);
  return right.parent?.__typename === 'Group' ? [] : found.filter((each) => each.__typename === 'Group');
}

const origin: Resolver = async (right, _args, context) => {
  const { length } = await assigneesOfRight(right, context);
  const inherited = (await groupsBehind(right, context)).length;
  if (length === 0) return null;
  return inherited === 0 ? 'DIRECT' : inherited === length ? 'INHERITED' : 'BOTH';
};

const disabledServices: Resolver = async (assignment, _args, context) => {
  const allotment = await allotmentOf(context, assignment);
  if (allotment === null) return null;
  const services = allotment.data.services as readonly Json[];
  return (assignment.data.disabledServicePlanIds as readonly string[]).map((planId) => {
    const known = services.find((service) => String(service.planId).toLowerCase() === planId.toLowerCase());
    return graphObject('Service', known ?? { planId, assignableTo: 'none' }, '');
  });
};

const rightOfError: Resolver = async (error, _args, context) => {
  const path = `${licensing}/assignmentErrors/${String(error.data.id)}`;
  const data = await context.graph.get(`${path}/usageRight`);
  if (data?.id === undefined) return null;
  const user = await context.graph.get(`${path}/assignedTo`);
  const address = `/users/${String(user?.id)}/cloudLicensing/usageRights/${textOf(data.id)}`;
  return graphObject('UsageRight', data, address, error);
};

async function expanded({ graph }: Context, { path }: GraphObject, navigation: string): Promise<Json> {
  const data = await graph.get(`${path}?$expand=${navigation}`);
  return data?.[navigation] as Json;
}

const allotmentOfWait: Resolver = async (waiting, _args, context) => {
  const { id } = await expanded(context, waiting, 'allotment');
  return single(context, 'Allotment', `${licensing}/allotments/${String(id)}`, waiting);
};

const assigneeOfWait: Resolver = async (waiting, _args, context) => {
  const found = directoryObject(await expanded(context, waiting, 'assignedTo'), waiting);
  const { __typename: type } = found;
  if (type !== 'User' && type !== 'Group' && type !== 'Device') return found;
  const whole = await directoryItem(context, type, String(found.data.id));
  return whole === null ? null : { ...whole, parent: waiting };
};

/** Relations of allotments, assignments, errors, rights and waits. */
export const licensingResolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>> = {
  Allotment: {
    assignments: assignments('/assignments'),
    waitingMembers: waitingMembers('/waitingMembers'),
    waitingMember: item('WaitingMember', '/waitingMembers'),
  },
  Assignment: {
    disabledServices,
    allotment: (assignment, _args, context) => allotmentOf(context, assignment),
    assignedTo: (assignment, _args, context) =>
      related(context, `${licensing}/assignments/${String(assignment.data.id)}/assignedTo`, anyProperties, assignment),
  },
  AssignmentError: { assignedTo: affected, usageRight: rightOfError },
  UsageRight: {
    owner: ownerOf,
    origin,
    inheritedFrom: (right, _args, context) => groupsBehind(right, context),
    assignments: assignments('/assignments'),
    allotments: allotmentsOfRight,
  },
  WaitingMember: { allotment: allotmentOfWait, assignedTo: assigneeOfWait },
};
