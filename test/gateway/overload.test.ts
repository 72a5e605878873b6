import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator } from '../../src/emulator/index.js';
import { startGateway } from '../../src/gateway.js';
import { closeAfterEach } from '../support/closeAfterEach.js';

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly code: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

async function open(latencyMs: number, environment: Readonly<Record<string, string>>) {
  const emulator = await startEmulator({ users: 40, latencyMs });
  const config = readConfig({ PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, ...environment });
  const gateway = await startGateway(config, pino({ level: 'silent' }));
  closeAfterEach(emulator, gateway);
  const ask = async (query: string): Promise<Answer> => {
    const response = await fetch(new URL('/graphql', gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as { errors?: readonly { extensions: Record<string, unknown> }[] };
    const extensions = body.errors?.[0]?.extensions;
    const { status, headers } = response;
    return { status, retryAfter: headers.get('retry-after'), code: extensions?.code as string | undefined, extensions };
  };
  return { emulator, ask };
}

/** Each asks for another user, so that no read is shared. */
const small = (emulator: { readonly tenant: { readonly users: readonly string[] } }, index: number): string =>
  `{ user(id: "${emulator.tenant.users[index] ?? ''}") { displayName } }`;

describe('more than can be answered in time', () => {
  it('is refused at once with 503, says when to come back, and nothing of it is sent', async () => {
    const { emulator, ask } = await open(1_000, { REQUEST_TIMEOUT_MS: '1900' });
    expect((await ask(small(emulator, 0))).code).toBeUndefined();
    // While something is under way; a gateway that does nothing lets one query try, to learn whether Graph is fast again.
    const before = emulator.usage().requests;
    const busy = ask(small(emulator, 2));
    while (emulator.usage().requests === before) await new Promise(setImmediate);
    const sent = emulator.usage().requests;
    // Two waves of a second each do not fit into 1,900 ms, and one does on a busy machine too.
    const refused = await ask('{ users(first: 5) { nodes { usageRights { nodes { skuPartNumber } } } } }');
    expect(refused).toMatchObject({
      status: 503,
      retryAfter: '1',
      code: 'OVERLOADED',
      extensions: { retryable: true, retryAfterSeconds: 1 },
    });
    expect(emulator.usage().requests).toBe(sent);
    expect((await busy).code).toBeUndefined();
    expect((await ask(small(emulator, 1))).code).toBeUndefined();
  });

  it('MAX_IN_FLIGHT and MAX_QUEUE bound what is sent and what waits; what is admitted is answered', async () => {
    const { emulator, ask } = await open(500, { MAX_IN_FLIGHT: '2', MAX_QUEUE: '5' });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(small(emulator, index))));
    const codes = answers.map(({ code }) => code ?? 'answered');
    expect(new Set(codes)).toEqual(new Set(['answered', 'OVERLOADED']));
    const answered = codes.filter((code) => code === 'answered').length;
    // Two in flight, one or two that have just begun, five in the queue.
    expect(answered).toBeGreaterThanOrEqual(7);
    expect(answered).toBeLessThanOrEqual(12);
    expect(emulator.usage().operations).toBe(answered);
  });

  it('a small query does not wait behind large ones', async () => {
    const { emulator, ask } = await open(30, { MAX_IN_FLIGHT: '2' });
    const order: string[] = [];
    const note = async (name: string, query: string): Promise<void> => {
      await ask(query);
      order.push(name);
    };
    const large = Array.from({ length: 8 }, (_, index) =>
      note('large', `{ users(first: ${index + 33}) { nodes { id assignments { nodes { id } } } } }`),
    );
    await ask('{ __typename }');
    await Promise.all([...large, note('small', small(emulator, 0))]);
    expect(order.indexOf('small')).toBeLessThan(3);
  });

  it('equal queries of one identity are one operation', async () => {
    const { emulator, ask } = await open(600, {});
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(small(emulator, 0))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(emulator.usage().operations).toBe(1);
  });
});
