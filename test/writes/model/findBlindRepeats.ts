import type { LoggedOperation } from '../../../src/emulator/index.js';

type Operation = Pick<LoggedOperation, 'method' | 'url' | 'status' | 'authorization' | 'body'>;

function boundId(body: unknown, name: string): string | undefined {
  const url = (body as Record<string, unknown> | undefined)?.[`${name}@odata.bind`];
  return typeof url === 'string' ? url.split('/').at(-1) : undefined;
}

/** What a write changes, whichever of its paths it takes; undefined for reads. */
function targetOf({ method, url, body }: Operation): string | undefined {
  const [, scope = '', id] = /^(.*)\/assignments(?:\/([^/?]+))?$/.exec(url) ?? [];
  if (method === 'GET' || scope === '' || id === 'reprocessAssignments') return undefined;
  if (id !== undefined) return `${method} ${id}`;
  const allotmentId = boundId(body, 'allotment') ?? /\/allotments\/([^/]+)$/.exec(scope)?.[1];
  const assigneeId = boundId(body, 'assignedTo') ?? /^\/(?:users|groups|devices)\/([^/]+)/.exec(scope)?.[1];
  return `${method} ${String(allotmentId)} ${String(assigneeId)}`;
}

/** Graph's words for: not now. */
const turnedAway: readonly number[] = [409, 429, 503];

/** What is known of the attempts at one write, the last one first. */
interface Attempts {
  readonly status: number;
  /** Whether the caller's gateway has read something since. */
  hasLooked: boolean;
  readonly lostBefore: boolean;
}

/** Whether one more attempt has a reason: a creation is never sent again once its answer was lost, all else once at the most. */
function mayRepeat(target: string, { status, hasLooked, lostBefore }: Attempts): boolean {
  if (status === 403) return true;
  if (turnedAway.includes(status)) return hasLooked;
  return hasLooked && !lostBefore && !target.startsWith('POST');
}

/**
 * Writes that a caller's gateway sent once more without a reason, in words: Graph had neither forbidden the path, nor turned
 * the write away with a look in between, nor was its answer lost, with a look in between, where a second time does no harm.
 */
export function findBlindRepeats(log: readonly Operation[]): readonly string[] {
  const last = new Map<string, Attempts>();
  return log.flatMap((operation) => {
    const { method, status, authorization = '' } = operation;
    if (method === 'GET') {
      for (const [key, attempts] of last) if (key.startsWith(`${authorization} `)) attempts.hasLooked = true;
      return [];
    }
    const target = targetOf(operation);
    if (target === undefined) return [];
    const key = `${authorization} ${target}`;
    const before = last.get(key);
    const wasLost = before !== undefined && before.status !== 403 && !turnedAway.includes(before.status);
    last.set(key, { status, hasLooked: false, lostBefore: before?.lostBefore === true || wasLost });
    if (before === undefined || mayRepeat(target, before)) return [];
    return [`${key} sent again after ${before.status}${before.hasLooked ? '' : ' without a look'}`];
  });
}
