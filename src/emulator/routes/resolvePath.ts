import { badRequest, GraphFailure, notFound, unsupported } from '../GraphFailure.js';
import {
  allotmentEntity,
  assignmentEntity,
  errorEntity,
  licensingOf,
  navigate,
  principalEntity,
  type Entity,
} from '../entities.js';
import { pathTable, type PathRule } from '../pathTable.js';
import type { Principal } from '../tenant/Tenant.js';
import type { TenantStore } from '../tenant/TenantStore.js';

/** A path with the rule that allows it and the objects at its end. */
export interface ResolvedPath {
  readonly rule: PathRule;
  readonly entities: readonly Entity[];
}

interface Pattern {
  readonly rule: PathRule;
  readonly expression: RegExp;
}

const patterns: readonly Pattern[] = pathTable.map((rule) => {
  const source = rule.pattern
    .replace('/{principal}', '/(?:users/[^/]+|me|groups/[^/]+|devices/[^/]+)')
    .replace('/{holder}', '/(?:users/[^/]+|me|devices/[^/]+)')
    .replace(/\{\w+\}/g, '[^/]+');
  return { rule, expression: new RegExp(`^${source}$`, 'i') };
});

/** The rule for a path of decoded segments; segments are compared without regard to case, ids stand for themselves. */
export function ruleOf(path: string): PathRule | undefined {
  return patterns.find(({ expression }) => expression.test(path))?.rule;
}

function only<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw notFound(id);
  return value;
}

function principalOf(
  store: TenantStore,
  segments: readonly string[],
): { readonly principal: Principal; readonly rest: readonly string[] } {
  const [kind = '', id = '', ...rest] = segments;
  const { users, groups, devices, signedInUser } = store.tenant;
  switch (kind.toLowerCase()) {
    case 'me':
      return { principal: only(users.get(signedInUser), 'me'), rest: segments.slice(1) };
    case 'users': {
      const name = id.toLowerCase();
      const found = users.get(name) ?? (name.includes('@') ? findByName(store, name) : undefined);
      return { principal: only(found, id), rest };
    }
    case 'groups':
      return { principal: only(groups.get(id.toLowerCase()), id), rest };
    default:
      return { principal: only(devices.get(id.toLowerCase()), id), rest };
  }
}

/** A user by the name they sign in with, in lower case. */
export function findByName(store: TenantStore, name: string): Principal | undefined {
  for (const user of store.tenant.users.values()) {
    if (String(user.properties.userPrincipalName).toLowerCase() === name) return user;
  }
  return undefined;
}

function licensingAt(store: TenantStore, principal: Principal, segments: readonly string[]): readonly Entity[] {
  const [collection = '', id, ...rest] = segments;
  const listed = licensingOf(store, principal.id, collection) ?? [];
  if (id === undefined) return listed;
  const found = listed.find((each) => each.data.id === id);
  return follow(store, only(found, id), rest);
}

/** From one object to the end of the path: nothing, a navigation, or an object inside a collection. */
function follow(store: TenantStore, entity: Entity, rest: readonly string[]): readonly Entity[] {
  const [navigation, id, ...further] = rest;
  if (navigation === undefined) return [entity];
  const reached = navigate(store, entity, navigation);
  if (reached === undefined) throw badRequest(`Resource not found for the segment '${navigation}'.`);
  if (reached === null) throw notFound(navigation);
  if (!Array.isArray(reached)) return follow(store, reached as Entity, rest.slice(1));
  if (id === undefined) return reached as readonly Entity[];
  return follow(
    store,
    only(
      (reached as readonly Entity[]).find((each) => each.data.id === id),
      id,
    ),
    further,
  );
}

function adminOf(store: TenantStore, segments: readonly string[]): readonly Entity[] {
  const [collection = '', id, ...rest] = segments;
  const { tenant } = store;
  switch (collection.toLowerCase()) {
    case 'allotments':
      if (id === undefined) return [...tenant.allotments.keys()].flatMap((each) => allotmentEntity(store, each) ?? []);
      return follow(store, only(allotmentEntity(store, id), id), rest);
    case 'assignments': {
      if (id === undefined) return [...tenant.assignments.values()].map(assignmentEntity);
      const found = tenant.assignments.get(id);
      return follow(store, assignmentEntity(only(found, id)), rest);
    }
    default: {
      if (id === undefined) return [...tenant.errors.values()].map(errorEntity);
      return follow(store, errorEntity(only(tenant.errors.get(id), id)), rest);
    }
  }
}

function reportOf(store: TenantStore, call: string): readonly Entity[] {
  const match = /^(?:microsoft\.graph\.)?getAzureADLicenseUsage\(period='([^']*)'\)$/.exec(call);
  if (match === null) throw badRequest(`Resource not found for the segment '${call}'.`);
  const rows = store.tenant.report.filter((row) => row.period === match[1]);
  if (rows.length === 0)
    throw badRequest(`Invalid period value '${match[1] ?? ''}' specified. Supported values are D7 and D30.`);
  return rows.map(({ period: _, ...data }) => ({ type: 'azureADLicenseUsage', data }));
}

function directoryOf(store: TenantStore, segments: readonly string[]): readonly Entity[] {
  const [kind = '', id] = segments;
  const { users, groups, devices } = store.tenant;
  if (kind.toLowerCase() === 'directoryobjects') return [principalEntity(only(store.principal(id ?? ''), id ?? ''))];
  if (id === undefined && kind.toLowerCase() !== 'me') {
    const listed = { users, groups, devices }[kind.toLowerCase() as 'users' | 'groups' | 'devices'];
    return [...listed.values()].map(principalEntity);
  }
  const { principal, rest } = principalOf(store, segments);
  const [licensing, ...inner] = rest;
  if (licensing?.toLowerCase() === 'cloudlicensing') return licensingAt(store, principal, inner);
  return follow(store, principalEntity(principal), rest);
}

/** The objects at the end of a path; throws 400 for a path that Graph does not know and 404 for an object that is not there. */
export function resolvePath(store: TenantStore, segments: readonly string[]): ResolvedPath {
  // A list of everything in the directory is refused (observed by a third party).
  if (segments.join('/').toLowerCase() === 'directoryobjects')
    throw unsupported('Resource directoryObjects cannot be listed.');
  const rule = ruleOf(`/${segments.join('/')}`);
  if (rule === undefined) {
    const unknown = segments.find(
      (_, index) => !patterns.some(({ rule: each }) => startsLike(each.pattern, segments.slice(0, index + 1))),
    );
    throw badRequest(`Resource not found for the segment '${unknown ?? segments.at(-1) ?? ''}'.`);
  }
  const [first = '', second = ''] = segments;
  if (first.toLowerCase() === 'admin') return { rule, entities: adminOf(store, segments.slice(2)) };
  if (first.toLowerCase() === 'reports') return { rule, entities: reportOf(store, second) };
  return { rule, entities: directoryOf(store, segments) };
}

function startsLike(pattern: string, segments: readonly string[]): boolean {
  const parts = pattern
    .slice(1)
    .replace(/\{(?:principal|holder)\}/, '{kind}/{id}')
    .split('/');
  return segments.every((segment, index) => {
    const part = parts[index];
    return part !== undefined && (part.startsWith('{') || part.toLowerCase() === segment.toLowerCase());
  });
}

/** 405 for a verb that a known path does not take. */
export function wrongVerb(method: string): GraphFailure {
  return new GraphFailure(
    405,
    'Request_BadRequest',
    `Specified HTTP method ${method} is not allowed for the request target.`,
  );
}
