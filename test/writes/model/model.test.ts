import { describe, expect, it } from '@jest/globals';
import { checkHistory, type Call, type History, type Wish } from './checkHistory.js';
import { findBlindRepeats } from './findBlindRepeats.js';
import { replay, type Commit, type SeatRules } from './SeatModel.js';
import { whyUnknown } from './whyUnknown.js';

const rules: SeatRules = { units: { pool: 1, old: 5 }, members: { team: ['ann', 'bob'] } };

function commit(kind: Commit['kind'], at: number, assigneeId: string, changes: Partial<Commit> = {}): Commit {
  const id = `${assigneeId}-1`;
  return { kind, at, id, allotmentId: 'pool', assigneeId, disabledPlans: [], by: 'me', consumedUnits: 1, ...changes };
}

const wish: Wish = { kind: 'create', allotmentId: 'pool', assigneeId: 'ann', disabledPlans: [] };
const teamWish: Wish = { ...wish, assigneeId: 'team' };
const unwish: Wish = { kind: 'delete', assignmentId: 'ann-1' };
const removal: Wish = { kind: 'remove', allotmentId: 'pool', assigneeId: 'ann' };

function call(outcome: Call['outcome'], changes: Partial<Call> = {}): Call {
  const base = { name: 'call', by: 'me', wants: wish, invoked: 10, responded: 20, errors: [], assignment: undefined };
  return { ...base, outcome, ...changes };
}

function check(commits: readonly Commit[], calls: readonly Call[], faults: History['faults'] = {}): readonly string[] {
  return checkHistory({ rules, readsLagMs: 0, commits, calls, faults });
}

describe('the model of seats', () => {
  it('gives a freed seat to who waits longest', () => {
    const end = replay(rules, [
      commit('created', 1, 'ann'),
      commit('created', 2, 'bob'),
      commit('created', 3, 'cid'),
      commit('deleted', 4, 'ann'),
    ]).at(-1)?.state;
    expect([end?.seated.pool, end?.waiting.pool]).toEqual([['bob'], ['cid']]);
  });

  it('keeps the seat of somebody who is assigned once more through a group, until both are gone', () => {
    const states = replay(rules, [
      commit('created', 1, 'ann'),
      commit('created', 2, 'team'),
      commit('deleted', 3, 'ann'),
      commit('deleted', 4, 'team'),
    ]).map(({ state }) => [state.seated.pool ?? [], state.waiting.pool ?? []]);
    expect(states.slice(1)).toEqual([
      [['ann'], []],
      [['ann'], ['bob']],
      [['ann'], ['bob']],
      [[], []],
    ]);
  });
});

describe('the checker lets pass', () => {
  it.each([
    ['a creation', [commit('created', 15, 'ann')], call('CREATED')],
    [
      'a deletion',
      [commit('created', 5, 'ann', { by: 'x' }), commit('deleted', 15, 'ann', { consumedUnits: 0 })],
      call('DELETED', { wants: unwish }),
    ],
    [
      'a removal by person',
      [commit('created', 5, 'ann', { by: 'x' }), commit('deleted', 15, 'ann', { consumedUnits: 0 })],
      call('DELETED', { wants: removal }),
    ],
    ['one who waits', [commit('created', 5, 'bob', { by: 'x' }), commit('created', 15, 'ann')], call('QUEUED')],
    ['what was there', [commit('created', 5, 'ann', { by: 'x' })], call('ALREADY_EXISTS')],
    [
      'what came and went in the meantime',
      [commit('created', 12, 'ann', { by: 'x' }), commit('deleted', 13, 'ann', { by: 'x', consumedUnits: 0 })],
      call('ALREADY_EXISTS'),
    ],
    ['what was gone', [], call('ALREADY_GONE', { wants: unwish })],
    ['a refusal with its reason', [], call('REJECTED', { errors: ['NOT_FOUND'] })],
    [
      'a group of which some wait',
      [commit('created', 15, 'team')],
      call('CREATED', { wants: teamWish, errors: ['NO_SEATS_LEFT'] }),
    ],
    [
      'what another takes away while it waits',
      [
        commit('created', 5, 'bob', { by: 'x' }),
        commit('created', 15, 'ann'),
        commit('deleted', 16, 'ann', { by: 'x' }),
      ],
      call('CREATED'),
    ],
  ])('%s', (_name, commits, told) => {
    expect(check(commits, [told])).toEqual([]);
  });

  it('doubt about a call that a fault struck', () => {
    const told = call('UNKNOWN', { errors: ['OUTCOME_UNKNOWN'] });
    expect(check([], [told], { me: ['reset before commit'] })).toEqual([]);
  });

  it('doubt about the seat of one whose reading a fault struck', () => {
    const commits = [commit('created', 5, 'bob', { by: 'x' }), commit('created', 15, 'ann')];
    expect(check(commits, [call('CREATED', { errors: ['SEAT_UNKNOWN'] })], { me: ['reading fails'] })).toEqual([]);
  });

  it('a refusal that freed the key, under which a repeat was then made', () => {
    const first = call('REJECTED', { idempotencyKey: 'k', errors: ['UNAVAILABLE'] });
    const repeat = call('CREATED', { idempotencyKey: 'k' });
    expect(check([commit('created', 15, 'ann')], [first, repeat])).toEqual([]);
  });

  it('the first result again, for a repeat with its key', () => {
    const first = call('CREATED', { idempotencyKey: 'k' });
    const repeat = call('CREATED', { idempotencyKey: 'k', invoked: 30, responded: 40 });
    expect(check([commit('created', 15, 'ann')], [first, repeat])).toEqual([]);
  });
});

describe('the checker finds', () => {
  it.each([
    ['a creation that never was', [], call('CREATED'), 'nothing was created in its time'],
    ['a creation after the answer', [commit('created', 25, 'ann')], call('CREATED'), 'nothing was created in its time'],
    ['a creation before the call', [commit('created', 5, 'ann')], call('CREATED'), 'nothing was created in its time'],
    [
      'a creation by another that is claimed',
      [commit('created', 15, 'ann', { by: 'x' })],
      call('CREATED'),
      'was done by another',
    ],
    ['an own creation that is denied', [commit('created', 15, 'ann')], call('ALREADY_EXISTS'), 'was not told so'],
    [
      'a refusal that took effect',
      [commit('created', 15, 'ann')],
      call('REJECTED', { errors: ['CONFLICT'] }),
      'it took effect',
    ],
    ['a refusal without a reason', [], call('REJECTED'), 'it does not say why'],
    [
      'one who waits and is told to have a seat',
      [commit('created', 5, 'bob'), commit('created', 15, 'ann')],
      call('CREATED'),
      'it never had a seat',
    ],
    [
      'a group of which some wait and that is not told so',
      [commit('created', 15, 'team')],
      call('CREATED', { wants: teamWish }),
      'it never had a seat',
    ],
    [
      'a swap that takes the licence away from members who wait',
      [
        commit('created', 5, 'team', { id: 'team-0', allotmentId: 'old', by: 'x', consumedUnits: 2 }),
        commit('created', 15, 'team'),
        commit('deleted', 16, 'team', { id: 'team-0', allotmentId: 'old', consumedUnits: 0 }),
      ],
      call('SWAPPED', {
        wants: {
          kind: 'swap',
          fromAllotmentId: 'old',
          toAllotmentId: 'pool',
          assigneeId: 'team',
          disabledPlans: [],
        },
      }),
      'before the new one had its seat',
    ],
    [
      'doubt about a seat without a reason',
      [commit('created', 15, 'ann')],
      call('CREATED', { errors: ['SEAT_UNKNOWN'] }),
      'nothing had kept it from being told',
    ],
    ['one who has a seat and is told to wait', [commit('created', 15, 'ann')], call('QUEUED'), 'it never waited'],
    [
      'a deletion that never was',
      [commit('created', 5, 'ann')],
      call('DELETED', { wants: unwish }),
      'nothing was deleted',
    ],
    [
      'something said to be gone that was not',
      [commit('created', 5, 'ann')],
      call('ALREADY_GONE', { wants: unwish }),
      'it was there all the time',
    ],
    [
      'a removal of the allotment that took another one away',
      [
        commit('created', 5, 'ann', { by: 'x' }),
        commit('created', 6, 'ann', { by: 'x', id: 'ann-2', allotmentId: 'old' }),
        commit('deleted', 15, 'ann', { id: 'ann-2', allotmentId: 'old', consumedUnits: 0 }),
      ],
      call('DELETED', { wants: removal }),
      'nothing was deleted',
    ],
    [
      'somebody said to be rid of it who had it all the time',
      [commit('created', 5, 'ann')],
      call('ALREADY_GONE', { wants: removal }),
      'it was there all the time',
    ],
    ['something said to be there that was not', [], call('ALREADY_EXISTS'), 'it was not there'],
    [
      'plans that were never set',
      [commit('created', 5, 'ann')],
      call('UPDATED', { wants: { kind: 'update', assignmentId: 'ann-1', disabledPlans: ['p'] } }),
      'it never had these plans',
    ],
    ['doubt without a cause', [], call('UNKNOWN', { errors: ['OUTCOME_UNKNOWN'] }), 'nothing had happened to it'],
    [
      'an assignment that was never like that',
      [commit('created', 15, 'ann')],
      call('CREATED', { assignment: { id: 'ann-1', disabledPlans: ['p'] } }),
      'was never like that',
    ],
  ])('%s', (_name, commits, told, words) => {
    expect(check(commits, [told])[0]).toContain(words);
  });

  it('more seats than there are', () => {
    const taken = commit('created', 2, 'bob', { consumedUnits: 2 });
    expect(check([commit('created', 1, 'ann'), taken], [])[0]).toContain('2 seats of 1 are taken');
  });

  it('the same assignment twice', () => {
    const again = commit('created', 2, 'ann', { id: 'ann-2' });
    expect(check([commit('created', 1, 'ann'), again], [])).toEqual(['assigned twice: ann-2']);
  });

  it('a key that wrote twice', () => {
    const commits = [
      commit('created', 12, 'ann'),
      commit('deleted', 25, 'ann', { by: 'x', consumedUnits: 0 }),
      commit('created', 35, 'ann', { id: 'ann-2' }),
    ];
    const first = call('CREATED', { idempotencyKey: 'k' });
    const repeat = call('CREATED', { idempotencyKey: 'k', invoked: 30, responded: 40 });
    expect(check(commits, [first, repeat])).toEqual(['call: key k wrote twice']);
  });
});

describe('blind repeats', () => {
  const body = {
    'assignedTo@odata.bind': 'https://graph/beta/users/ann',
    'allotment@odata.bind': 'https://graph/a/pool',
  };
  const post = (
    status: number,
    url = '/admin/cloudLicensing/assignments',
  ): Parameters<typeof findBlindRepeats>[0][number] => ({
    method: 'POST',
    url,
    status,
    authorization: 'me',
    body: url.startsWith('/users') ? { 'allotment@odata.bind': 'https://graph/a/pool' } : body,
  });
  const look = {
    method: 'GET',
    url: '/users/ann/cloudLicensing/assignments',
    status: 200,
    authorization: 'me',
    body: undefined,
  };

  const remove = (status: number): typeof look => ({
    ...look,
    method: 'DELETE',
    url: '/admin/cloudLicensing/assignments/ann-1',
    status,
  });

  it('are none where the path was forbidden, or Graph turned the write away and the gateway looked', () => {
    expect(findBlindRepeats([post(403), post(201, '/users/ann/cloudLicensing/assignments')])).toEqual([]);
    expect(findBlindRepeats([post(429), look, post(201)])).toEqual([]);
    expect(findBlindRepeats([post(503), look, post(201)])).toEqual([]);
  });

  it('are none where the answer of a deletion was lost, and the gateway looked', () => {
    expect(findBlindRepeats([remove(0), look, remove(204)])).toEqual([]);
  });

  it('are found where a deletion is sent again without a look, or a second time', () => {
    expect(findBlindRepeats([remove(0), remove(204)])).toHaveLength(1);
    expect(findBlindRepeats([remove(0), look, remove(0), look, remove(204)])).toHaveLength(1);
  });

  it('are found after the failure of a creation, and after throttling without a look', () => {
    expect(findBlindRepeats([post(500), look, post(201, '/users/ann/cloudLicensing/assignments')])).toHaveLength(1);
    expect(findBlindRepeats([post(0), look, post(201)])).toHaveLength(1);
    expect(findBlindRepeats([post(429), post(201)])).toHaveLength(1);
    expect(findBlindRepeats([post(429), { ...look, authorization: 'other' }, post(201)])).toHaveLength(1);
  });
});

describe('what was behind an unknown outcome', () => {
  const told = call('UNKNOWN', { errors: ['OUTCOME_UNKNOWN'] });
  it.each([
    [[], 'was never carried out'],
    [[commit('created', 25, 'ann')], 'was carried out after the last look'],
    [
      [commit('created', 12, 'ann'), commit('deleted', 13, 'ann', { by: 'x' })],
      'was carried out, and another undid it before the look',
    ],
    [[commit('created', 12, 'ann')], 'was in effect all the time'],
  ])('%j: it %s', (commits, why) => {
    expect(whyUnknown({ rules, readsLagMs: 0, commits, calls: [told], faults: {} }, told)).toBe(why);
  });
});
