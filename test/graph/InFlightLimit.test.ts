import { beforeEach, describe, expect, it } from '@jest/globals';
import { InFlightLimit, type WaitingCaller } from '../../src/graph/http/InFlightLimit.js';
import { Flow } from '../../src/graph/queue/Flow.js';

const patient: WaitingCaller = { throwIfStopped: () => undefined, whenStopped: () => undefined };

let now: number;
let limit: InFlightLimit;
beforeEach(() => {
  now = 0;
  limit = new InFlightLimit(8, () => now);
});

const flowOf = (tenant: string): Flow => new Flow(['interactive', tenant, 'somebody', 'small'], 0);

/** Asks so many times for one tenant; answers how many were let in at once. */
function ask(tenant: string, times: number): number {
  return Array.from({ length: times }, () => limit.enter(patient, { flow: flowOf(tenant), cost: 1 })).filter(
    (entered) => typeof entered === 'number',
  ).length;
}

function end(tenant: string, times: number): void {
  for (let ended = 0; ended < times; ended += 1) limit.leave(flowOf(tenant), now);
}

describe('room for requests of several tenants', () => {
  it('is all of one that is alone, up to the maximum', () => {
    expect([ask('a', 9), limit.inFlight, limit.waiting]).toEqual([8, 8, 1]);
  });

  it('is three quarters for each where another has asked within a minute, and all again after that', () => {
    expect(ask('b', 1)).toBe(1);
    end('b', 1);
    expect([ask('a', 8), limit.inFlight]).toEqual([6, 6]);
    now = 59_999;
    limit.letIn();
    expect(limit.inFlight).toBe(6);
    now = 60_000;
    limit.letIn();
    expect([limit.inFlight, limit.waiting]).toEqual([8, 0]);
  });

  it('is taken by what has been under way for longer than that', () => {
    expect(ask('a', 8)).toBe(8);
    now = 60_000;
    expect(ask('b', 1)).toBe(0);
    end('a', 3);
    expect([limit.inFlight, limit.waiting]).toEqual([6, 0]);
    // Five of the six are its own still, so that one more may enter.
    expect([ask('a', 2), limit.inFlight]).toEqual([1, 7]);
  });
});
