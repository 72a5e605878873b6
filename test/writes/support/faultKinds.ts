import type { Fault } from '../../../src/emulator/index.js';
import type { Random } from '../../support/random.js';
import { hurry } from './hurriedClock.js';

/** How long the gateways of the histories wait for an answer of Graph, in milliseconds. */
export const callTimeoutMs = 600;

/** How old what a replica answers may be, in milliseconds: as much as gateways whose waits are hurried reckon with. */
export const longestLagMs = (3_000 / hurry) * 0.8;

/** A fault with the name under which it is counted. */
export interface NamedFault {
  readonly name: FaultName;
  readonly fault: Fault;
}

type WriteMatch = Pick<Fault, 'method' | 'path'>;

const write = /\/assignments(\/|$)/;
const retryAfter = { 'retry-after': '1' };

/** What can go wrong, by name; `on` is the kind of write that it strikes. */
const makers = {
  'reply lost after commit': (on) => ({ ...on, kind: 'drop', commit: true }),
  'reply of a batch lost after commit': () => ({ method: 'POST', path: /^\/\$batch$/, kind: 'drop', commit: true }),
  'reset before commit': (on) => ({ ...on, kind: 'drop' }),
  '429 after commit': (on) => ({ ...on, kind: 'answer', status: 429, headers: retryAfter, commit: true }),
  '429 before commit': (on) => ({ ...on, kind: 'answer', status: 429, headers: retryAfter }),
  '429 without end': (on) => ({ ...on, kind: 'answer', status: 429, headers: retryAfter, times: 4 }),
  '503 before commit': (on) => ({ ...on, kind: 'answer', status: 503 }),
  '503 after commit': (on) => ({ ...on, kind: 'answer', status: 503, commit: true }),
  '409 concurrency violation': (on) => ({
    ...on,
    kind: 'answer',
    status: 409,
    body: { error: { code: 'Directory_ConcurrencyViolation', message: 'A concurrency violation has occurred.' } },
  }),
  '403 on the admin path': () => ({
    method: 'POST',
    path: /^\/admin\/cloudLicensing\/assignments$/,
    kind: 'answer',
    status: 403,
  }),
  'body cut': (on) => ({ ...on, kind: 'cut', bytes: 9 }),
  'silence after commit': (on) => ({ ...on, kind: 'cut', bytes: 9, stall: true }),
  'slow answer': (on) => ({ ...on, kind: 'delay', milliseconds: 30 }),
  'commit after the time-out': (on) => ({ ...on, kind: 'delay', milliseconds: callTimeoutMs + 150 }),
  'part of a batch left out after commit': (on) => ({ ...on, kind: 'omit' }),
  'reading fails': () => ({ method: 'GET', path: /assignments|waitingMembers/, kind: 'answer', status: 503, times: 6 }),
} as const satisfies Record<string, (on: WriteMatch) => Fault>;

/** Reads that a replica answers which lags, each by another time; that is how Graph is, and excuses nothing. */
export const lagName = 'a replica lags';

/**
 * What strikes a call that took longer than a gateway waits for Graph: any of its requests may have run out of time, though
 * no fault was played on it. Waits are hurried, so that this is the machine's doing.
 */
export const stallName = 'the machine stood still';

export type FaultName = keyof typeof makers | typeof lagName;

const makerNames = Object.keys(makers) as readonly (keyof typeof makers)[];

export const faultNames: readonly FaultName[] = [...makerNames, lagName];

/** Replicas that lag for as many reads as this, now and then. */
export function drawLag(random: Random): NamedFault {
  const lagMs = (): number => (random.chance(0.5) ? random.next() * longestLagMs : 0);
  const path = /assignments|waitingMembers|allotments/;
  return { name: lagName, fault: { kind: 'stale', method: 'GET', path, lagMs, times: 1_000 } };
}

/** Faults that cost the gateways real time: they are rarer. */
const slow: readonly (keyof typeof makers)[] = ['silence after commit', 'commit after the time-out'];

/** A fault that strikes some write of a history. */
export function drawFault(random: Random): NamedFault {
  const drawn = random.pick(makerNames);
  const name = slow.includes(drawn) && random.chance(0.7) ? 'reply lost after commit' : drawn;
  const method = random.pick(['POST', 'POST', 'POST', 'DELETE', 'PATCH']);
  const make: (on: WriteMatch) => Fault = makers[name];
  return { name, fault: make({ method, path: write }) };
}
