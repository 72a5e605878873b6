import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator, type Fault } from '../../src/emulator/index.js';
import { WriteQuota } from '../../src/writes/WriteQuota.js';
import { fakeClock } from '../support/fakeClock.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';

describe('the quota of writes', () => {
  let now = 0;
  const quota = (limit: number): WriteQuota => new WriteQuota(limit, { now: () => now });
  beforeEach(() => {
    now = 0;
  });

  const wait = async (of: WriteQuota, count: number, deadline = 1e9): Promise<number | undefined> => {
    const { waitMs, isReserved } = await of.reserve(count, deadline);
    return isReserved ? waitMs : undefined;
  };

  it('lets as many leave in 150 seconds as Graph takes, the others when the first have left that window', async () => {
    const ten = quota(10);
    expect(await wait(ten, 6)).toBe(0);
    now = 20_000;
    expect(await wait(ten, 4)).toBe(0);
    expect(await wait(ten, 1)).toBe(130_000);
    expect(await wait(ten, 6)).toBe(150_000);
  });

  it('counts nothing for those who cannot wait so long', async () => {
    const ten = quota(10);
    await wait(ten, 10);
    expect(await wait(ten, 5, 100_000)).toBeUndefined();
    now = 150_000;
    expect(await wait(ten, 10)).toBe(0);
  });

  it('lets nobody overtake who waits', async () => {
    const ten = quota(10);
    await wait(ten, 9);
    expect(await wait(ten, 5)).toBe(150_000);
    expect(await wait(ten, 1)).toBe(150_000);
  });
});

describe('a change in bulk', () => {
  let emulator: Emulator;
  let waits: number[];
  let gateway: TestGateway | undefined;

  beforeEach(async () => {
    emulator = await startEmulator({ users: 500, latencyMs: 0, pageSize: 999 });
    waits = [];
  });
  afterEach(async () => {
    await gateway?.close();
    await emulator.close();
  });

  /** Takes away so many assignments; totals by outcome, and what the refused ones are told. */
  function remove(count: number, writeQuota: number, ...faults: readonly Fault[]) {
    gateway = openTestGateway(emulator.url, { clock: fakeClock(waits), writeQuota });
    emulator.reset();
    emulator.script(...faults);
    return removeBy(gateway, emulator.tenant.assignments.slice(0, count));
  }

  async function removeBy(asked: TestGateway, ids: readonly string[]) {
    const { data } = await asked.ask(
      `mutation ($ids: [ID!]!) { removeAssignments(input: { ids: $ids }) {
        results { outcome userErrors { code message } } totals { outcome count } } }`,
      { ids },
    );
    return data.removeAssignments as {
      readonly results: readonly { readonly userErrors: readonly { code: string; message: string }[] }[];
      readonly totals: readonly { readonly outcome: string; readonly count: number }[];
    };
  }

  const throttling = (seconds: number): Fault => ({
    method: 'DELETE',
    kind: 'answer',
    status: 429,
    headers: { 'Retry-After': String(seconds) },
  });
  const deletions = (): number => emulator.log().filter(({ method }) => method === 'DELETE').length;

  it('sends what the quota has room for, and tells the others when to come back', async () => {
    const { results, totals } = await remove(50, 40);
    expect(totals).toEqual([
      { outcome: 'REJECTED', count: 10 },
      { outcome: 'DELETED', count: 40 },
    ]);
    expect([deletions(), emulator.journal().length, waits]).toEqual([40, 40, []]);
    expect(results.at(-1)?.userErrors[0]).toMatchObject({
      code: 'THROTTLED',
      message: expect.stringMatching(/Ask again in 1[45]\d s\. Nothing was changed\.$/) as unknown,
    });
  });

  it('waits for room that there is in time, and is sent then', async () => {
    const clock = fakeClock(waits);
    gateway = openTestGateway(emulator.url, { clock, writeQuota: 40 });
    const { assignments } = emulator.tenant;
    await removeBy(gateway, assignments.slice(0, 40));
    await clock.delay(140_000);
    const { totals } = await removeBy(gateway, assignments.slice(40, 50));
    expect([totals, waits]).toEqual([[{ outcome: 'DELETED', count: 10 }], [140_000, 10_000]]);
  });

  it('sends nothing more once Graph throttles for longer than there is time', async () => {
    const { totals } = await remove(400, 3_000, throttling(3_600));
    expect(totals).toEqual([
      { outcome: 'REJECTED', count: 81 },
      { outcome: 'DELETED', count: 319 },
    ]);
    expect([deletions(), emulator.journal().length]).toEqual([320, 319]);
  });

  it('waits as long as Graph says before the next ones leave', async () => {
    const { totals } = await remove(400, 3_000, throttling(5));
    expect(totals).toEqual([{ outcome: 'DELETED', count: 400 }]);
    const sent = emulator.log().filter(({ method }) => method === 'DELETE');
    expect(sent.findIndex(({ status }) => status === 429)).toBeLessThan(320);
    expect([deletions(), emulator.journal().length, waits]).toEqual([401, 400, [5_000]]);
  });
});
