import { permissionLadders, type PermissionLadder } from './permissionLadders.js';
import { permissionTable } from './permissionTable.js';

/** Whether Graph is called for a user or for the application itself. */
export type PermissionMode = 'delegated' | 'application';

/** What an administrator could grant so that a refused call is allowed. */
export interface PermissionHint {
  /** The least that would have allowed the call, by the Graph reference. */
  readonly least: string;
  /** The least that the public permission catalogue knows: licensing permissions are documented but not yet offered. */
  readonly grantable: string;
  /** Everything that would do, the least first. */
  readonly all: readonly string[];
}

/**
 * The permission for one Graph call. `path` may begin with `/beta` or `/v1.0`, or with an origin, and may have a query.
 * Undefined where the table knows no such call, or where Graph has no such permission (`/me` for the application itself).
 */
export function leastPermissionFor(method: string, path: string, mode: PermissionMode): PermissionHint | undefined {
  const segments = splitPath(path);
  const ladder = segments.join('/') === 'me' ? ownProfile(method) : findLadder(method, segments);
  if (ladder === undefined || (segments[0] === 'me' && mode === 'application')) return undefined;
  const all = ladder[mode];
  const [least] = all;
  return least === undefined ? undefined : { least, grantable: all.find(isCatalogued) ?? least, all };
}

function ownProfile(method: string): PermissionLadder | undefined {
  return method.toUpperCase() === 'GET' ? permissionLadders.readSelf : undefined;
}

function findLadder(method: string, segments: readonly string[]): PermissionLadder | undefined {
  const target = segments[0] === 'me' ? ['users', '*', ...segments.slice(1)] : segments;
  const found = permissionTable.find(
    (row) => row.methods.includes(method.toUpperCase()) && hasPath(row.path.slice(1).split('/'), target),
  );
  return found === undefined ? undefined : permissionLadders[found.ladder];
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
  const segments = plain.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'beta' || segments[0] === 'v1.0') segments.shift();
  const qualified = segments.map((segment) => segment.replace(/^microsoft\.graph\.cloudLicensing\./i, ''));
  return qualified.filter((segment) => segment !== '$count' && !segment.startsWith('microsoft.graph.'));
}

/** The families that the Graph reference names but the public catalogue does not hold (operations.md, short names). */
function isCatalogued(permission: string): boolean {
  return !/CloudLicensing|UsageRight/.test(permission);
}
