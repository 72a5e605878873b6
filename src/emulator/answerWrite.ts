/** Writes: assignments in all documented scopes, reprocessing, the usage report row. */
import { allotmentEntity, assignmentEntity } from './entities.js';
import { badRequest, GraphFailure, notFound } from './GraphFailure.js';
import type { CommittedWrite } from './CommittedWrite.js';
import { findByName, ruleOf, wrongVerb } from './routes/resolvePath.js';
import { dateTimeOf, guidOf } from './tenant/deterministic.js';
import type { Allotment, Assignment, Json, Principal } from './tenant/Tenant.js';
import type { TenantStore } from './tenant/TenantStore.js';

interface WriteReply {
  readonly status: number;
  readonly body: unknown;
  /** The change that was made; undefined where no assignment changed. */
  readonly committed?: { readonly kind: CommittedWrite['kind']; readonly assignment: Assignment };
}

/** What is refused: what the pages tell of, or also what the service's design paper tells of. */
export type WriteRules = 'pages' | 'paper';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function objectOf(body: unknown): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('Empty Payload. JSON content expected.');
  return body as Json;
}

function disabledPlans(body: Json): string[] {
  const ids = body.disabledServicePlanIds;
  if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string' || !guid.test(id))) {
    throw badRequest(
      "The property 'disabledServicePlanIds' is required and has to be a collection of Edm.Guid.",
      'BadRequest',
      { code: 'requiredFieldOrParameterMissing', target: 'body', propertyName: 'disabledServicePlanIds' },
    );
  }
  return ids.map((id) => String(id).toLowerCase());
}

/** Collection and id in an `@odata.bind`, which is an absolute URL on every page of the documentation. */
function boundObject(body: Json, name: string, pattern: RegExp): { readonly collection: string; readonly id: string } {
  const value = body[`${name}@odata.bind`];
  const path = typeof value === 'string' && URL.canParse(value) ? new URL(value).pathname : '';
  const [, collection, id] = pattern.exec(path) ?? [];
  if (collection === undefined || id === undefined)
    throw badRequest(`The value of '${name}@odata.bind' is not the URL of an object.`);
  return { collection: collection.toLowerCase(), id: decodeURIComponent(id) };
}

function allotmentOf(store: TenantStore, body: Json): string {
  const { id } = boundObject(body, 'allotment', /\/admin\/cloudLicensing\/(allotments)\/([^/]+)$/i);
  if (!store.tenant.allotments.has(id)) throw notFound(id);
  return id;
}

function assigneeOf(store: TenantStore, body: Json): Principal {
  const { collection, id } = boundObject(body, 'assignedTo', /\/(users|groups|devices|directoryObjects)\/([^/]+)$/i);
  const found = store.principal(id);
  const isThere = found !== undefined && ['directoryobjects', `${found.type}s`].includes(collection);
  if (!isThere) throw notFound(id);
  return found;
}

function checkPlans(services: readonly Json[], disabled: readonly string[]): void {
  const place = disabled.findIndex((id) => !services.some((service) => service.planId === id));
  if (place === -1) return;
  throw badRequest(`The service plan '${disabled[place] ?? ''}' is not part of the allotment.`, 'Request_BadRequest', {
    code: 'notFound',
    target: 'body',
    propertyName: `disabledServicePlanIds[${place}]`,
  });
}

/** What the service's design paper refuses, and no page tells of. */
function checkPaperRules(store: TenantStore, allotment: Allotment, assignee: Principal): void {
  if (assignee.type === 'user' && (assignee.properties.usageLocation ?? null) === null) {
    throw badRequest(
      'License assignment cannot be done for a user with invalid usage location.',
      'Request_BadRequest',
      {
        code: 'invalidUsageLocation',
        target: 'body',
        propertyName: 'assignedTo',
      },
    );
  }
  if (assignee.type === 'group' || store.hasSeat(allotment.id, assignee.id)) return;
  if (store.consumedUnits(allotment.id) < allotment.allottedUnits) return;
  throw badRequest('There are no licenses available in the allotment.', 'Request_BadRequest', {
    code: 'noAvailableLicenses',
    target: 'body',
    propertyName: 'allotment',
  });
}

function create(
  { store, rules }: WriteContext,
  allotmentId: string,
  assignee: Principal,
  disabledServicePlanIds: string[],
): WriteReply {
  const allotment = store.tenant.allotments.get(allotmentId);
  if (allotment === undefined) throw notFound(allotmentId);
  if (!allotment.assignableTo.split(',').includes(assignee.type))
    throw badRequest(`The allotment cannot be assigned to a ${assignee.type}.`, 'Request_BadRequest', {
      code: 'invalidAssigneeType',
      target: 'body',
      propertyName: 'assignedTo',
    });
  checkPlans(allotment.services, disabledServicePlanIds);
  if (rules === 'paper') checkPaperRules(store, allotment, assignee);
  if (store.assignmentsOf(assignee.id).some((each) => each.allotmentId === allotmentId)) {
    throw new GraphFailure(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      'The allotment is already assigned to this object.',
    );
  }
  const written = store.countCreation();
  const assignment: Assignment = {
    id: guidOf('written', written, assignee.id, allotmentId),
    allotmentId,
    assigneeId: assignee.id,
    disabledServicePlanIds,
  };
  store.assign(assignment, dateTimeOf(1_400_000 + written, written));
  return { status: 201, body: assignmentEntity(assignment).data, committed: { kind: 'created', assignment } };
}

/** Both ends of an assignment are fixed; the page's example binds them again all the same. */
function checkBinds(body: Json): void {
  const name = ['allotment', 'assignedTo'].find((each) => `${each}@odata.bind` in body);
  if (name === undefined) return;
  throw badRequest(`The property '${name}' cannot be changed.`, 'Request_BadRequest', {
    code: 'immutablePropertyModified',
    target: 'body',
    propertyName: name,
  });
}

function change({ store, rules }: WriteContext, method: string, assignment: Assignment, body: unknown): WriteReply {
  if (method === 'DELETE') {
    store.unassign(assignment);
    return { status: 204, body: undefined, committed: { kind: 'deleted', assignment } };
  }
  if (method !== 'PATCH') throw wrongVerb(method);
  const entity = objectOf(body);
  if (rules === 'paper') checkBinds(entity);
  const disabled = disabledPlans(entity);
  checkPlans(allotmentEntity(store, assignment.allotmentId)?.data.services as readonly Json[], disabled);
  assignment.disabledServicePlanIds = disabled;
  return { status: 200, body: assignmentEntity(assignment).data, committed: { kind: 'updated', assignment } };
}

function principalAt(store: TenantStore, kind: string, id: string): Principal {
  const { users, groups, devices, signedInUser } = store.tenant;
  const found =
    kind === 'me'
      ? users.get(signedInUser)
      : ({ users, groups, devices }[kind as 'users'].get(id.toLowerCase()) ??
        (kind === 'users' ? findByName(store, id.toLowerCase()) : undefined));
  if (found === undefined) throw notFound(id);
  return found;
}

const scoped = /^\/(?:(me)|(users|groups|devices)\/([^/]+))\/cloudLicensing\/assignments(?:\/([^/]+))?$/;
const ofAllotment = /^\/admin\/cloudLicensing\/allotments\/([^/]+)\/assignments(?:\/([^/]+))?$/;
const ofAdmin = /^\/admin\/cloudLicensing\/assignments(?:\/([^/]+))?$/;
const report = /^\/reports\/azureADLicenseUsage\/([^/]+)$/;

function updateReport(store: TenantStore, id: string, body: Json): WriteReply {
  const row = store.tenant.report.find((each) => each.id === id);
  if (row === undefined) throw notFound(id);
  for (const name of ['snapshotDateTime', 'licenseInfoDetails']) if (name in body) row[name] = body[name];
  const { period: _, ...shown } = row;
  return { status: 200, body: shown };
}

/** What a write works on, and by which rules. */
interface WriteContext {
  readonly store: TenantStore;
  readonly rules: WriteRules;
}

/** A collection of assignments: those that stand in it, and how one comes into being there. */
interface AssignmentCollection {
  readonly holds: (assignment: Assignment) => boolean;
  /** The allotment and the assignee of a new one, as far as the path tells them; the body tells the rest. */
  readonly allotmentId?: string;
  readonly assignee?: Principal;
  /** The id behind the collection in the path; undefined where the collection itself is meant. */
  readonly id: string | undefined;
}

/** Which collection of assignments a path leads to, by the three scopes that the pages show. */
function collectionAt(store: TenantStore, path: string): AssignmentCollection | undefined {
  const admin = ofAdmin.exec(path);
  if (admin !== null) return { holds: () => true, id: admin[1] };
  const allotment = ofAllotment.exec(path);
  if (allotment !== null) {
    const [, allotmentId = '', id] = allotment;
    return { holds: (assignment) => assignment.allotmentId === allotmentId, allotmentId, id };
  }
  const principal = scoped.exec(path);
  if (principal === null) return undefined;
  const [, me, kind = '', ownerId = '', id] = principal;
  const assignee = principalAt(store, me ?? kind, ownerId);
  return { holds: (assignment) => assignment.assigneeId === assignee.id, assignee, id };
}

function writeAssignment(context: WriteContext, method: string, at: AssignmentCollection, body: unknown): WriteReply {
  const { store } = context;
  const { holds, id } = at;
  if (id !== undefined) {
    const found = store.tenant.assignments.get(id);
    if (found === undefined || !holds(found)) throw notFound(id);
    return change(context, method, found, body);
  }
  if (method !== 'POST') throw wrongVerb(method);
  const entity = objectOf(body);
  const allotmentId = at.allotmentId ?? allotmentOf(store, entity);
  return create(context, allotmentId, at.assignee ?? assigneeOf(store, entity), disabledPlans(entity));
}

/** Carries out a write; throws 405 for a verb that a path does not take. */
export function answerWrite(context: WriteContext, method: string, rawPath: string, body: unknown): WriteReply {
  const path = decodeURIComponent(rawPath);
  const collection = collectionAt(context.store, path);
  if (collection?.assignee !== undefined && collection.id === 'reprocessAssignments' && method === 'POST')
    return { status: 200, body: undefined };
  if (collection !== undefined) return writeAssignment(context, method, collection, body);
  const row = report.exec(path);
  if (row !== null && method === 'PATCH') return updateReport(context.store, row[1] ?? '', objectOf(body));
  if (ruleOf(path) !== undefined) throw wrongVerb(method);
  throw badRequest(`Resource not found for the segment '${path.split('/').at(-1) ?? ''}'.`);
}
