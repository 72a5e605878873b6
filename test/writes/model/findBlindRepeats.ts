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

/**
 * Writes that a caller's gateway sent once more though Graph had not forbidden the path (403), nor refused for the moment
 * (429, 409) with a look in between; in words.
 */
export function findBlindRepeats(log: readonly Operation[]): readonly string[] {
  const last = new Map<string, { readonly status: number; hasLooked: boolean }>();
  return log.flatMap((operation) => {
    const { method, status, authorization = '' } = operation;
    if (method === 'GET') {
      for (const [key, attempt] of last) if (key.startsWith(`${authorization} `)) attempt.hasLooked = true;
      return [];
    }
    const target = targetOf(operation);
    if (target === undefined) return [];
    const key = `${authorization} ${target}`;
    const before = last.get(key);
    last.set(key, { status, hasLooked: false });
    if (before === undefined || before.status === 403) return [];
    const mayRepeat = (before.status === 429 || before.status === 409) && before.hasLooked;
    return mayRepeat ? [] : [`${key} sent again after ${before.status}${before.hasLooked ? '' : ' without a look'}`];
  });
}
