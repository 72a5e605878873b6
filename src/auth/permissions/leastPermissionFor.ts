import { permissionLadders, type PermissionLadder } from './permissionLadders.js';
import { permissionTable } from './permissionTable.js';

/** Whether Graph is called for a user or for the application itself. */
export type PermissionMode = 'delegated' | 'application';

/** What an administrator could grant so that a refused call is allowed. */
export interface PermissionHint {
  /** The least that would have allowed the call, by the Graph reference. */
  readonly least: string;
  /** The least that can be granted for everybody today: licensing permissions are documented but not yet offered. */
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
  const ladder = findLadder(method, segments);
  if (ladder === undefined || (segments[0] === 'me' && mode === 'application')) return undefined;
  const all = ladder[mode];
  const [least] = all;
  return least === undefined ? undefined : { least, grantable: all.find(isGrantable) ?? least, all };
}

/** `/me` is the user's own `/users/{id}`, and wants the same where it has no row of its own. */
function findLadder(method: string, segments: readonly string[]): PermissionLadder | undefined {
  const own = segments[0] === 'me' ? [['users', '*', ...segments.slice(1)]] : [];
  const rows = [segments, ...own].flatMap((target) =>
    permissionTable.filter(
      ({ methods, path }) => methods.includes(method.toUpperCase()) && hasPath(path.slice(1).split('/'), target),
    ),
  );
  return rows[0] === undefined ? undefined : permissionLadders[rows[0].ladder];
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

/**
 * Not the families that the Graph reference names but the public catalogue does not hold (operations.md, short names), nor
 * those that reach the users of software agents alone.
 */
function isGrantable(permission: string): boolean {
  return !/CloudLicensing|UsageRight|^AgentIdUser/.test(permission);
}
