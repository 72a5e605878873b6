import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ManualClock } from '../support/ManualClock.js';
import { openStand, type Stand } from './support/openStand.js';

let stand: Stand;
let clock: ManualClock;
/** Tokens that Graph was shown, in order. */
const shown: (string | undefined)[] = [];

beforeAll(async () => {
  clock = new ManualClock();
  stand = await openStand({
    users: 500,
    maxPageSize: 100,
    emulator: (graph) => ({
      authorize: (call) => {
        shown.push(call.authorization);
        // The token ends while its holder waits for the third page.
        if (shown.length === 3) clock.advance(61 * 60_000);
        return graph.authorize(call);
      },
    }),
  });
});
afterAll(() => stand.close());

it.each(['app', 'obo'] as const)(
  '%s: a token that ends during a run of pages is renewed once, and the run completes (F42)',
  async (mode) => {
    shown.length = 0;
    const gateway = await stand.open(mode, {}, { tls: { ca: stand.identity.ca }, clock });
    const before = stand.identity.calls.token;
    const bearer = stand.bearer(1, { expiresIn: 24 * 3600 });
    const { data, errors } = await gateway.ask('{ users(first: 600) { nodes { id } } }', bearer);
    const ids = (data?.users as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
    expect([errors, new Set(ids).size, ids.length]).toEqual([[], ids.length, stand.emulator.tenant.users.length]);
    expect(stand.identity.calls.token - before).toBe(2);
    const [first] = shown;
    expect(shown.map((token) => token === first)).toEqual([true, true, true, false, false, false]);
  },
);
