import { catalogueLadders, pageLadders, type PermissionLadder } from './permissionLadders.js';
import { permissionTable, type PermissionRow } from './permissionTable.js';

/** Whether Graph is called for a user or for the application itself. */
export type PermissionMode = 'delegated' | 'application';

/** How sure an advice is: both of Microsoft's sources name the permission, or one is silent on the call. */
export type Sureness = 'page and catalogue' | 'page only' | 'catalogue only';

/** What an administrator could grant so that a refused call is allowed. */
export interface PermissionHint {
  /** The narrowest that every tenant is offered and that page and catalogue agree on. */
  readonly grant: string;
  /** Narrower ones that may do: granted by their id, or named by one of the sources only. */
  readonly narrower: readonly string[];
  /** Everything that either source accepts. */
  readonly accepted: readonly string[];
  readonly sureness: Sureness;
}

/**
 * The permission for one Graph call. `path` may begin with `/beta` or `/v1.0`, or with an origin, and may have a query.
 * Undefined where the table has no such call, or where Graph has no such permission (`/me` for the application itself).
 */
export function permissionFor(method: string, path: string, mode: PermissionMode): PermissionHint | undefined {
  const segments = splitPath(path);
  const row = findRow(method.toUpperCase(), segments);
  if (row === undefined || (segments[0] === 'me' && mode === 'application')) return undefined;
  const page = namesOf(row.page && pageLadders[row.page], mode);
  const catalogue = namesOf(row.catalogue && catalogueLadders[row.catalogue], mode);
  const agreed = page.length === 0 || catalogue.length === 0 ? [...page, ...catalogue] : intersect(page, catalogue);
  const grant = agreed.find(isOffered);
  if (grant === undefined) return undefined;
  const isRead = row.methods.includes('GET');
  return {
    grant,
    narrower: unique([...before(page, grant), ...before(catalogue, grant)]).filter((name) => mayDo(name, isRead)),
    accepted: unique([...page, ...catalogue]),
    sureness: page.length === 0 ? 'catalogue only' : catalogue.length === 0 ? 'page only' : 'page and catalogue',
  };
}

/** Families that every tenant has and that are granted by their id, since the portal does not list them. */
export function isGrantedById(permission: string): boolean {
  return /^(User|Group|Device)-/.test(permission);
}

/** `CloudLicensing.*` exists in Microsoft's pre-production environment only; `AgentIdUser.*` reaches software agents alone. */
function isForNobody(permission: string): boolean {
  return /^(CloudLicensing\.|AgentIdUser\.)/.test(permission);
}

function isOffered(permission: string): boolean {
  return !isGrantedById(permission) && !isForNobody(permission);
}

/** A permission to write is not a narrower way to read. */
function mayDo(permission: string, isRead: boolean): boolean {
  return !isForNobody(permission) && !(isRead && permission.includes('ReadWrite'));
}

function namesOf(ladder: PermissionLadder | undefined, mode: PermissionMode): readonly string[] {
  return ladder?.[mode] ?? [];
}

function intersect(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => others.includes(name));
}

function before(names: readonly string[], name: string): readonly string[] {
  return names.slice(0, Math.max(0, names.indexOf(name)));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** `/me` is the user's own `/users/{id}`, and wants the same where it has no row of its own. */
function findRow(method: string, segments: readonly string[]): PermissionRow | undefined {
  const own = segments[0] === 'me' ? [['users', '*', ...segments.slice(1)]] : [];
  const rows = [segments, ...own].flatMap((target) =>
    permissionTable.filter(
      ({ methods, path }) => methods.includes(method) && hasPath(path.slice(1).split('/'), target),
    ),
  );
  return rows[0];
}

function hasPath(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part === '*' || part.toLowerCase() === segments[index]?.toLowerCase())
  );
}

/** Segments that tell the operation: `$count` and type casts at the end need the same right as what they follow. */
function splitPath(path: string): readonly string[] {
  const plain = path.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  // A key may stand in parentheses (OData: canonical URL).
  const segments = plain
    .replace(/\('([^/]*)'\)/, '/$1')
    .split('/')
    .filter((segment) => segment !== '');
  if (segments[0] === 'beta' || segments[0] === 'v1.0') segments.shift();
  const qualified = segments.map((segment) => segment.replace(/^microsoft\.graph\.cloudLicensing\./i, ''));
  return qualified.filter((segment) => segment !== '$count' && !segment.startsWith('microsoft.graph.'));
}
