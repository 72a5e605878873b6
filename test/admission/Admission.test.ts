import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Admission, type Admitted, type OverloadReason } from '../../src/admission/Admission.js';
import type { AdmissionRequest } from '../../src/admission/Work.js';
import { OverloadedError } from '../../src/admission/OverloadedError.js';

const turn = (): Promise<void> => new Promise(setImmediate);
const settled = async (): Promise<void> => {
  for (let index = 0; index < 3; index += 1) await turn();
};

/** A Graph whose calls take as long as the test says, and that has room for so many of them. */
class ScriptedGraph {
  inFlight = 0;
  waiting = 0;
  callMs = 0;
  perSecond: number | undefined;
  paused = 0;

  constructor(readonly maximum: number) {}

  waitingOf = (): number => 0;
  callMilliseconds = (): number => this.callMs;
  operationsPerSecond = (): number | undefined => this.perSecond;
  pausedMs = (): number => this.paused;
}

describe('admission', () => {
  let now: number;
  let graph: ScriptedGraph;
  let admission: Admission;
  let refusals: OverloadReason[];

  beforeEach(() => {
    now = 1_000_000;
    refusals = [];
    open(4);
  });
  afterEach(() => admission.close());

  function open(maximum: number, maxQueue = 100): void {
    graph = new ScriptedGraph(maximum);
    admission = new Admission({
      capacity: graph,
      now: () => now,
      maxQueue,
      onRefused: (reason) => refusals.push(reason),
    });
  }

  interface Asked {
    outcome: 'waiting' | 'running' | 'refused' | 'cancelled';
    error?: OverloadedError;
    admitted?: Admitted;
    readonly controller: AbortController;
  }

  function ask(changes: Partial<AdmissionRequest> = {}): Asked {
    const controller = new AbortController();
    const asked: Asked = { outcome: 'waiting', controller };
    const request: AdmissionRequest = {
      cost: 1,
      waves: 1,
      callerKey: 'caller',
      tenantId: 'tenant',
      signal: controller.signal,
      deadline: now + 20_000,
      ...changes,
    };
    const admitting = async () => admission.admit(request);
    admitting().then(
      (admitted) => Object.assign(asked, { outcome: 'running', admitted }),
      (error: unknown) =>
        Object.assign(asked, { outcome: error instanceof OverloadedError ? 'refused' : 'cancelled', error }),
    );
    return asked;
  }

  const askMany = (count: number, changes: Partial<AdmissionRequest> = {}): readonly Asked[] =>
    Array.from({ length: count }, () => ask(changes));
  const counts = (asked: readonly Asked[]): Record<string, number> => {
    const by: Record<string, number> = {};
    for (const { outcome } of asked) by[outcome] = (by[outcome] ?? 0) + 1;
    return by;
  };
  /** One request leaves. */
  const send = ({ flow }: Admitted): void => {
    flow.requests += 1;
    flow.sent += 1;
  };
  /** The first call of an operation leaves. */
  const begin = (asked: Asked): void => {
    if (asked.admitted === undefined) throw new Error('it does not run');
    send(asked.admitted);
    graph.inFlight += 1;
    admission.look(asked.admitted.flow);
  };
  const end = (asked: Asked, isWhole = true): void => {
    graph.inFlight -= 1;
    asked.admitted?.release(isWhole);
  };
  /** Forty operations, one after the other: 21 calls each by the estimate, and one in truth. */
  const heavy = { cost: 401, waves: 2 };
  const endFortyCheap = async (isWhole: boolean, shared = 0): Promise<void> => {
    for (let index = 0; index < 40; index += 1) {
      const asked = ask(heavy);
      await settled();
      begin(asked);
      Object.assign(asked.admitted?.flow ?? {}, { shared });
      end(asked, isWhole);
    }
  };

  it('what asks Graph for nothing is admitted at once, whatever waits', async () => {
    askMany(10);
    const free = ask({ cost: 0 });
    await settled();
    expect(free.outcome).toBe('running');
  });

  it('as many begin as there is room for calls, the others as those end, in their order', async () => {
    const asked = askMany(10);
    await settled();
    expect(counts(asked)).toEqual({ running: 4, waiting: 6 });
    asked.slice(0, 4).forEach(begin);
    await settled();
    // All places are taken, and one more may stand in line for the next of them.
    expect(counts(asked)).toEqual({ running: 5, waiting: 5 });
    end(asked[0] as Asked);
    begin(asked[4] as Asked);
    await settled();
    expect(asked.map(({ outcome }) => outcome).slice(4, 7)).toEqual(['running', 'running', 'waiting']);
    expect([admission.admitted, admission.queued]).toEqual([5, 4]);
  });

  it('refuses at once what cannot be answered in time, and says when to come back', async () => {
    graph.callMs = 400;
    // 4 calls at once, 400 ms each: 10 calls a second, 192 in the time that is planned with.
    const heavy = { cost: 101, waves: 2 };
    const asked = askMany(60, heavy);
    await settled();
    // Those that would be hopelessly late; those that would be late by little are given a moment.
    expect(counts(asked).refused).toBeGreaterThanOrEqual(10);
    now += 1_001;
    admission.review();
    await settled();
    const kept = (counts(asked).running ?? 0) + (counts(asked).waiting ?? 0);
    // At best 20 s × 10 calls a second / 6 calls = 33.
    expect(kept).toBeGreaterThanOrEqual(30);
    expect(kept).toBeLessThanOrEqual(33);
    const last = asked.at(-1)?.error;
    expect(last?.code).toBe('OVERLOADED');
    expect(last?.retryAfterSeconds).toBeGreaterThanOrEqual(2);
    expect(last?.retryAfterSeconds).toBeLessThanOrEqual(20);
    expect(new Set(refusals)).toEqual(new Set(['time']));
  });

  it('refuses all but a few at once, however many come: those would be late by little, and Graph may be faster', async () => {
    graph.callMs = 400;
    const heavy = { cost: 101, waves: 2 };
    const asked = askMany(600, heavy);
    await settled();
    // 32 fit. 2 s late at the most, 10 calls a second: 3 more are given a moment, and the 565 others are refused.
    const { running = 0, waiting = 0, refused = 0 } = counts(asked);
    expect(refused).toBeGreaterThanOrEqual(560);
    expect(running + waiting).toBeGreaterThanOrEqual(34);
    graph.callMs = 340;
    now += 1_001;
    admission.review();
    await settled();
    expect(counts(asked)).toEqual({ running, waiting, refused });
    // They were in time when it was decided: for what is as little late as before they are not refused any more.
    graph.callMs = 380;
    admission.review();
    await settled();
    expect(counts(asked)).toEqual({ running, waiting, refused });
    graph.callMs = 600;
    admission.review();
    await settled();
    expect(counts(asked).refused).toBeGreaterThan(refused);
  });

  it('looks again at what waits when Graph turns out to be slower, and refuses what is late by then', async () => {
    const asked = askMany(100, { cost: 20, deadline: now + 2_000 });
    await settled();
    asked.slice(0, 4).forEach(begin);
    await settled();
    expect(counts(asked)).toEqual({ running: 5, waiting: 95 });
    graph.callMs = 400;
    now += 500;
    admission.review();
    await settled();
    const { refused = 0, waiting = 0 } = counts(asked);
    // 1.5 s are left, 10 calls a second.
    expect(waiting).toBeGreaterThanOrEqual(5);
    expect(waiting).toBeLessThanOrEqual(12);
    expect(refused + waiting).toBe(95);
  });

  it('what turns out too late only when its turn comes is refused too, and nothing of it was sent', async () => {
    graph.callMs = 400;
    const asked = askMany(6, { waves: 2, cost: 21 });
    await settled();
    asked.slice(0, 4).forEach(begin);
    await settled();
    now += 19_500;
    end(asked[0] as Asked);
    begin(asked[4] as Asked);
    await settled();
    expect(asked[5]?.outcome).toBe('refused');
  });

  it('lets one try where nothing is under way, however slow Graph was before, so that it is noticed when it is fast again', async () => {
    graph.callMs = 60_000;
    const first = ask();
    const second = ask();
    await settled();
    expect([first.outcome, second.outcome]).toEqual(['running', 'refused']);
    begin(first);
    graph.callMs = 50;
    end(first);
    const others = askMany(3);
    await settled();
    expect(counts(others)).toEqual({ running: 3 });
  });

  it('small operations do not wait behind large ones of the same caller', async () => {
    const large = askMany(20, { cost: 101, waves: 2 });
    await settled();
    // 6 requests each: three of them fill what may wait for 4 places.
    expect(counts(large)).toEqual({ running: 3, waiting: 17 });
    large.slice(0, 3).forEach(begin);
    await settled();
    const small = ask({ cost: 1 });
    await settled();
    expect(small.outcome).toBe('running');
  });

  it('begins no more than what is to come of it can be sent soon, also where many are in one request', async () => {
    open(32, 1_000);
    const large = askMany(400, { cost: 101, waves: 2 });
    await settled();
    expect(counts(large)).toEqual({ running: 22, waiting: 378 });
    // All first calls share a batch: there is room for 31 more requests, and 110 are to come.
    graph.inFlight = 1;
    for (const { admitted } of large.slice(0, 22)) {
      if (admitted === undefined) throw new Error('it does not run');
      send(admitted);
      admission.look(admitted.flow);
    }
    await settled();
    expect(counts(large).running).toBe(25);
    const [small, other] = [ask({ cost: 1 }), ask({ cost: 101, waves: 2, callerKey: 'other' })];
    await settled();
    expect([small.outcome, other.outcome]).toEqual(['running', 'running']);
  });

  it('begins one of each flow, but no more flows than requests that may wait', async () => {
    open(4, 1_000);
    const all = Array.from({ length: 30 }, (_, caller) => ask({ cost: 2_001, waves: 2, callerKey: String(caller) }));
    await settled();
    expect(counts(all)).toEqual({ running: 16, waiting: 14 });
    all[0]?.admitted?.release(true);
    await settled();
    expect(counts(all)).toEqual({ running: 17, waiting: 13 });
  });

  it('however much is to come of a large one, or waits to be sent, as many small ones begin as there is room for', async () => {
    open(32);
    const [large] = askMany(1, { cost: 6_000, waves: 2 });
    await settled();
    const { flow } = large?.admitted ?? {};
    if (flow === undefined) throw new Error('it does not run');
    begin(large as Asked);
    const small = askMany(20);
    await settled();
    expect(counts(small)).toEqual({ running: 20 });
    small.forEach(begin);
    // All places are taken now, and each small one that leaves makes room in the line for the next.
    Object.assign(flow, { requests: 300, sent: 12 });
    Object.assign(graph, { inFlight: 32, waiting: 288 });
    const [next, last] = askMany(2);
    await settled();
    expect([next?.outcome, last?.outcome]).toEqual(['running', 'waiting']);
    begin(next as Asked);
    await settled();
    expect(last?.outcome).toBe('running');
  });

  it('small ones do not wait for large ones to end, whoever asks for those, nor for the jobs of another tenant', async () => {
    open(4, 1_000);
    const large = Array.from({ length: 30 }, (_, caller) => ask({ cost: 101, waves: 2, callerKey: String(caller) }));
    await settled();
    expect(counts(large)).toEqual({ running: 16, waiting: 14 });
    const [small] = askMany(1, { callerKey: 'small' });
    const [other] = askMany(1, { cost: 101, waves: 2, tenantId: 'other' });
    await settled();
    expect([small?.outcome, other?.outcome]).toEqual(['running', 'running']);
  });

  it('counts what was asked for and waits to be sent: what is late behind that is refused at once', async () => {
    graph.callMs = 400;
    const [large] = askMany(1, { cost: 2_001, waves: 2 });
    await settled();
    const { flow } = large?.admitted ?? {};
    if (flow === undefined) throw new Error('it does not run');
    // 4 calls at once, 400 ms each: 97 more take 9.7 s, and twice that is 20 s.
    Object.assign(flow, { requests: 101, sent: 4 });
    Object.assign(graph, { inFlight: 4, waiting: 97 });
    const [next] = askMany(1, { cost: 2_601, waves: 2 });
    const same = ask({ cost: 2_001, waves: 2, deadline: now + 15_000 });
    await settled();
    expect([next?.outcome, same.outcome]).toEqual(['refused', 'refused']);
  });

  it('a caller who floods takes no place from another', async () => {
    const flood = askMany(50, { callerKey: 'flooding' });
    await settled();
    flood.slice(0, 4).forEach(begin);
    await settled();
    const other = ask({ callerKey: 'calm' });
    await settled();
    expect(other.outcome).toBe('running');
  });

  it('the queue is bounded, and whoever has the most waiting makes room', async () => {
    open(1, 5);
    const flood = askMany(6, { callerKey: 'flooding' });
    await settled();
    expect(counts(flood)).toEqual({ running: 1, waiting: 5 });
    const more = ask({ callerKey: 'flooding' });
    await settled();
    expect(more.outcome).toBe('refused');
    graph.waiting = 100;
    const [first, calm] = askMany(2, { callerKey: 'calm' });
    await settled();
    expect([first?.outcome, calm?.outcome, flood.at(-1)?.outcome]).toEqual(['running', 'waiting', 'refused']);
    expect(refusals).toEqual(['queue', 'displaced']);
  });

  it('jobs in the background make room first', async () => {
    open(1, 4);
    const jobs = askMany(3, { callerKey: 'job', priority: 'background' });
    graph.waiting = 100;
    const people = askMany(5);
    await settled();
    expect(counts(people)).toEqual({ running: 1, waiting: 4 });
    expect(counts(jobs)).toEqual({ running: 1, refused: 2 });
  });

  it('counts with the quota of the tenant, and with a Graph that wants to be left alone', async () => {
    graph.perSecond = 10;
    graph.waiting = 100;
    const asked = askMany(30, { cost: 20 });
    now += 1_001;
    admission.review();
    await settled();
    // 20 s × 10 operations a second / 20.
    expect(counts(asked).waiting).toBeGreaterThanOrEqual(8);
    expect(counts(asked).waiting).toBeLessThanOrEqual(10);
    graph.paused = 30_000;
    const later = ask({ tenantId: 'throttled' });
    await settled();
    expect([later.outcome, later.error?.retryAfterSeconds]).toEqual(['refused', 11]);
  });

  it('learns that an estimate was too high', async () => {
    graph.callMs = 400;
    await endFortyCheap(true);
    // By the estimate these would need 21 calls each; they need 2 or 3.
    const asked = askMany(50, heavy);
    now += 1_001;
    admission.review();
    await settled();
    expect(counts(asked).refused).toBeUndefined();
  });

  it.each([
    ['that failed', false, 0],
    ['whose reads others had under way', true, 20],
  ])('learns nothing from operations %s: the next ones need what was estimated', async (_, isWhole, shared) => {
    graph.callMs = 400;
    await endFortyCheap(isWhole, shared);
    const asked = askMany(50, heavy);
    now += 1_001;
    admission.review();
    await settled();
    // At best 20 s × 10 calls a second / 21 calls = 9.
    expect((counts(asked).running ?? 0) + (counts(asked).waiting ?? 0)).toBeLessThanOrEqual(10);
  });

  it('forgets whoever hangs up', async () => {
    const asked = askMany(6);
    await settled();
    asked[5]?.controller.abort();
    await settled();
    expect([asked[5]?.outcome, admission.queued]).toEqual(['cancelled', 1]);
  });
});
