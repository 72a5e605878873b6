import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LoggedOperation } from '../../src/emulator/index.js';
import { callGraph, readAll } from '../emulator/support/callGraph.js';
import { createGate, type Gate } from '../support/createGate.js';
import { callTimeoutMs } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type Answer, type LocalReplicas } from './support/openReplicas.js';

const admin = '/admin/cloudLicensing';
const shown = 'outcome operationId userErrors { code field message } assignment { id disabledServicePlanIds }';

let replicas: LocalReplicas;
let ground: GraphGround;
let pool: string;
let plans: readonly string[];
let user: string;

beforeAll(async () => {
  replicas = await openReplicas({ count: 2, graph: { callTimeoutMs } });
  ground = await chooseGround(replicas.emulator);
  const allotment = ground.allotments[1];
  [pool, plans, user] = [allotment?.id ?? '', allotment?.plans ?? [], ground.assignees[0] ?? ''];
});

afterAll(() => replicas.close());

beforeEach(async () => {
  await ground.begin();
  replicas.waits.length = 0;
});

interface Told {
  readonly outcome: string;
  readonly operationId: string;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null; readonly message: string }[];
  readonly assignment: { readonly id: string; readonly disabledServicePlanIds: readonly string[] } | null;
}

function told(answer: Answer): Told {
  expect(answer.errors).toEqual([]);
  return (answer.data as { done: Told }).done;
}

async function create(input: object = {}, replica = 0): Promise<Told> {
  const query = `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { ${shown} } }`;
  const given = { allotmentId: pool, assignedTo: { userId: user }, ...input };
  return told(await replicas.ask(replica, 'somebody', query, { input: given }));
}

async function update(id: string, disabledServicePlanIds: readonly string[], replica = 0): Promise<Told> {
  const query = `mutation ($input: UpdateAssignmentInput!) { done: updateAssignment(input: $input) { ${shown} } }`;
  return told(await replicas.ask(replica, 'somebody', query, { input: { id, disabledServicePlanIds } }));
}

async function remove(id: string, replica = 0): Promise<Told> {
  const query = `mutation ($input: DeleteAssignmentInput!) { done: deleteAssignment(input: $input) { ${shown} } }`;
  return told(await replicas.ask(replica, 'somebody', query, { input: { id } }));
}

/**
 * Waits before a write was looked at or sent again; the last one was for the waiting list, since seats are scarce here.
 * Shorter ones are the pace at which operations leave after Graph has throttled others.
 */
function waitsBeforeSeats(): readonly number[] {
  return replicas.waits.filter((milliseconds) => milliseconds >= 2_000).slice(0, -1);
}

/** What was sent to assignments, reads too, as methods. */
function methods(): readonly string[] {
  return replicas.emulator
    .log()
    .filter(({ url }) => /\/assignments/.test(url))
    .map(({ method }) => method);
}

function writes(): readonly LoggedOperation[] {
  return replicas.emulator.log().filter(({ method, url }) => method !== 'GET' && url.includes('/assignments'));
}

/** Changes that took effect. */
function committed(): readonly string[] {
  return replicas.emulator.journal().map(({ kind }) => kind);
}

const post = { method: 'POST', path: /\/assignments$/ } as const;

describe('F16: Graph fails on a write', () => {
  it.each([500, 502, 504])('%d: nothing is sent again; what cannot be seen is not known', async (status) => {
    replicas.emulator.script({ ...post, kind: 'answer', status });
    const { outcome, userErrors, assignment } = await create();
    expect([outcome, userErrors.map(({ code }) => code), assignment]).toEqual(['UNKNOWN', ['OUTCOME_UNKNOWN'], null]);
    expect([writes().length, committed()]).toEqual([1, []]);
  });

  it.each([500, 502, 504])('%d after the commit: nothing is sent again; what is there is CREATED', async (status) => {
    replicas.emulator.script({ ...post, kind: 'answer', status, commit: true });
    const { outcome, assignment } = await create();
    expect([outcome, assignment?.id]).toEqual(['CREATED', replicas.emulator.journal()[0]?.assignmentId]);
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });
});

const violation = {
  status: 409,
  body: { error: { code: 'Directory_ConcurrencyViolation', message: 'A concurrency violation has occurred.' } },
};

describe.each([
  ['F17: a concurrency violation', violation],
  ['423: another writer has locked the object', { status: 423 }],
])('%s', (_, answer) => {
  const violation = { ...post, kind: 'answer', ...answer } as const;

  it('is read back, waited for, and sent again', async () => {
    replicas.emulator.script({ ...violation, times: 2 });
    expect((await create()).outcome).toBe('CREATED');
    expect([writes().length, replicas.waits.length, committed()]).toEqual([3, 2 + 1, ['created']]);
    expect(methods().join(' ')).toMatch(/^GET POST GET GET POST GET GET POST/);
  });

  it('that lasts ends after three repeats as a refusal', async () => {
    replicas.emulator.script({ ...violation, times: 9 });
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['REJECTED', ['CONFLICT']]);
    expect([writes().length, replicas.waits.length, committed()]).toEqual([4, 3, []]);
    expect(Math.max(...replicas.waits)).toBeLessThanOrEqual(1_600);
  });
});

describe('202: Graph has accepted a change, and does not say that it was made', () => {
  const accepted = { kind: 'answer', status: 202, body: null } as const;

  it('what is seen afterwards is told as it is', async () => {
    replicas.emulator.script({ ...post, ...accepted, commit: true });
    const { outcome, assignment } = await create();
    expect([outcome, assignment?.id]).toEqual(['CREATED', replicas.emulator.journal()[0]?.assignmentId]);
    const id = assignment?.id ?? '';
    for (const method of ['PATCH', 'DELETE']) replicas.emulator.script({ ...accepted, method, commit: true });
    expect((await update(id, plans.slice(0, 1))).outcome).toBe('UPDATED');
    expect((await remove(id)).outcome).toBe('DELETED');
    expect([writes().length, committed()]).toEqual([3, ['created', 'updated', 'deleted']]);
  });

  it('what is not seen is not known, and only what does no harm twice is sent once more', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    for (const method of ['PATCH', 'DELETE']) replicas.emulator.script({ ...accepted, method, times: 2 });
    for (const told of [await update(id, plans.slice(0, 1)), await remove(id)]) {
      expect([told.outcome, told.assignment?.id]).toEqual(['UNKNOWN', id]);
    }
    replicas.emulator.script({ ...post, ...accepted });
    const another = { userId: ground.assignees[1] };
    expect((await create({ assignedTo: another })).outcome).toBe('UNKNOWN');
    expect(writes().map(({ method }) => method)).toEqual(['PATCH', 'PATCH', 'DELETE', 'DELETE', 'POST']);
    expect(committed()).toEqual([]);
  });
});

describe('F20: the answer of a write is cut', () => {
  it('in the middle of its JSON: it is read back', async () => {
    replicas.emulator.script({ ...post, kind: 'cut', bytes: 20 });
    const { outcome, assignment } = await create();
    expect([outcome, assignment?.id]).toEqual(['CREATED', replicas.emulator.journal()[0]?.assignmentId]);
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });
});

describe('F45: the answer is lost after the commit', () => {
  it('of a creation: reading back finds it, and it is returned', async () => {
    replicas.emulator.script({ ...post, kind: 'drop', commit: true });
    const { outcome, assignment, userErrors } = await create({ disabledServicePlanIds: [plans[0]] });
    expect([outcome, userErrors]).toEqual(['CREATED', []]);
    expect(assignment?.disabledServicePlanIds).toEqual([plans[0]]);
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });

  it('of a deletion and of an update: both are told as they are', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.script({ method: 'PATCH', kind: 'drop', commit: true });
    replicas.emulator.script({ method: 'DELETE', kind: 'drop', commit: true });
    expect((await update(id, plans.slice(0, 1))).outcome).toBe('UPDATED');
    expect((await remove(id)).outcome).toBe('DELETED');
    expect(committed()).toEqual(['created', 'updated', 'deleted']);
  });

  it('of a part of a batch: every item is told as it is', async () => {
    replicas.emulator.script({ ...post, kind: 'omit' });
    const assigneeIds = ground.assignees.slice(0, 3);
    const query = `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) {
      results { assigneeId outcome } totals { outcome count } } }`;
    const { data } = await replicas.ask(0, 'somebody', query, { input: { allotmentId: pool, assigneeIds } });
    expect(data.assignLicenses.results).toEqual(assigneeIds.map((assigneeId) => ({ assigneeId, outcome: 'CREATED' })));
    expect(data.assignLicenses.totals).toEqual([{ outcome: 'CREATED', count: 3 }]);
    expect([writes().length, committed().length]).toEqual([3, 3]);
  });
});

describe('F46: 201 without an id', () => {
  it('is found by reading', async () => {
    replicas.emulator.script({ ...post, kind: 'change', change: () => ({ disabledServicePlanIds: [] }) });
    const { outcome, assignment } = await create();
    expect([outcome, assignment?.id]).toEqual(['CREATED', replicas.emulator.journal()[0]?.assignmentId]);
    expect(writes()).toHaveLength(1);
  });
});

describe('F47: a write times out and is not to be seen', () => {
  /** Holds the next creation on its way, until it is let arrive. */
  function holdOne(): Gate {
    const gate = createGate();
    replicas.emulator.script({ ...post, kind: 'hold', until: gate.opened });
    return gate;
  }

  it('is UNKNOWN with the id of the operation and advice, and is not sent again', async () => {
    const way = holdOne();
    const { outcome, operationId, userErrors, assignment } = await create();
    way.open();
    expect([outcome, assignment]).toEqual(['UNKNOWN', null]);
    expect(operationId).toMatch(/^[\da-f-]{36}$/);
    expect(userErrors).toEqual([
      { code: 'OUTCOME_UNKNOWN', field: null, message: expect.stringMatching(/Look again in a minute/) },
    ]);
    await replicas.emulator.idle();
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });

  it('is settled by a repeat with its key, which only looks', async () => {
    const way = holdOne();
    expect((await create({ idempotencyKey: 'late' })).outcome).toBe('UNKNOWN');
    way.open();
    await replicas.emulator.idle();
    const again = await create({ idempotencyKey: 'late' }, 1);
    expect([again.outcome, again.assignment?.id]).toEqual(['CREATED', replicas.emulator.journal()[0]?.assignmentId]);
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });
});

describe('F48: throttling', () => {
  it('after the commit is read back, and nothing is sent again', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 429, headers: { 'retry-after': '3' }, commit: true });
    expect((await create()).outcome).toBe('CREATED');
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });

  it('before the commit is read back, waited out as told, and sent again', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 429, headers: { 'retry-after': '4' } });
    expect((await create()).outcome).toBe('CREATED');
    expect([writes().length, waitsBeforeSeats(), committed()]).toEqual([2, [4_000], ['created']]);
    expect(methods().join(' ')).toMatch(/^GET POST GET GET POST/);
  });

  it('for longer than the request may take is a refusal that says so', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 429, headers: { 'retry-after': '3600' } });
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['REJECTED', ['THROTTLED']]);
    expect(userErrors[0]?.message).toContain('3600 s');
    expect([writes().length, committed()]).toEqual([1, []]);
  });
});

describe('a repeat that Graph refuses', () => {
  const throttled = { ...post, kind: 'answer', status: 429, commit: true } as const;
  /** What is read lags behind what was written. */
  const stale = {
    method: 'GET',
    path: /\/assignments/,
    kind: 'change',
    change: () => ({ value: [] }),
    times: 99,
  } as const;

  it('because it exists already is not known, where reading shows nothing: the first attempt may have made it', async () => {
    replicas.emulator.script(throttled, stale);
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['UNKNOWN', ['OUTCOME_UNKNOWN']]);
    expect([writes().length, committed()]).toEqual([2, ['created']]);
  });

  it('for whatever reason is read back: the first attempt may have been made', async () => {
    replicas.emulator.script(throttled, { ...stale, times: 3 });
    replicas.emulator.script({ ...post, kind: 'answer', status: 400 });
    const { outcome, assignment } = await create();
    expect([outcome, assignment?.id]).toEqual(['CREATED', replicas.emulator.journal()[0]?.assignmentId]);
    expect([writes().length, committed()]).toEqual([2, ['created']]);
  });

  it('is a refusal where the first was turned away and reading shows nothing', async () => {
    replicas.emulator.script({ ...throttled, commit: false }, { ...post, kind: 'answer', status: 400 });
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['REJECTED', ['INVALID']]);
    expect([writes().length, committed()]).toEqual([2, []]);
  });

  it('is a refusal where the words may mean that it is there, and it is not', async () => {
    const body = { error: { code: 'OperationAlreadyInProgress', message: 'x' } };
    replicas.emulator.script({ ...post, kind: 'answer', status: 400, body });
    expect((await create()).outcome).toBe('REJECTED');
    replicas.emulator.script({ ...post, kind: 'answer', status: 400, body });
    replicas.emulator.script({
      method: 'GET',
      path: /allotments\/[^/]+\?/,
      kind: 'change',
      times: 9,
      change: (allotment: object) => ({ ...allotment, allottedUnits: 1, consumedUnits: 1 }),
    });
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['REJECTED', ['NO_SEATS_LEFT']]);
  });

  it.each([
    ['a list without a list', { body: { value: 'x' } }],
    ['a row that nobody can read', { body: { value: [{ id: 'x', disabledServicePlanIds: 7 }] } }],
    ['400', { status: 400 }],
    ['501', { status: 501 }],
  ])('is not sent where the look before is answered with %s', async (_, answer) => {
    replicas.emulator.script({ method: 'GET', path: /assignments/, kind: 'answer', status: 200, times: 9, ...answer });
    expect((await create()).outcome).toBe('REJECTED');
    expect(writes()).toEqual([]);
  });

  it('after a lost answer is not known: the first attempt may still be carried out', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script({ method: 'DELETE', kind: 'drop' }, { method: 'DELETE', kind: 'answer', status: 400 });
    expect((await remove(id)).outcome).toBe('UNKNOWN');
    expect(writes()).toHaveLength(2);
  });

  it('after a lost answer and one that turned the repeat away is not known either', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script(
      { method: 'DELETE', kind: 'drop' },
      { method: 'DELETE', kind: 'answer', status: 429 },
      { method: 'DELETE', kind: 'answer', status: 400 },
    );
    expect((await remove(id)).outcome).toBe('UNKNOWN');
    expect(writes()).toHaveLength(3);
  });
});

describe('503', () => {
  it('is an answer like 429: read back, waited out until replicas have caught up, and sent again', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 503, headers: { 'retry-after': '2' }, times: 2 });
    expect((await create()).outcome).toBe('CREATED');
    expect([writes().length, waitsBeforeSeats(), committed()]).toEqual([3, [3_000, 3_000], ['created']]);
  });

  it('after the commit is read back, and nothing is sent again', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 503, commit: true });
    expect((await create()).outcome).toBe('CREATED');
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });

  it('that lasts is a refusal after three repeats', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 503, times: 9 });
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['REJECTED', ['UNAVAILABLE']]);
    expect([writes().length, committed()]).toEqual([4, []]);
  });

  it('that lasts where there is no such assignment is a refusal too: nobody has changed what was never there', async () => {
    replicas.emulator.script({ method: 'PATCH', kind: 'answer', status: 503, times: 9 });
    const { outcome, userErrors } = await update('there-is-none', plans.slice(0, 1));
    expect([outcome, userErrors.map(({ code }) => code)]).toEqual(['REJECTED', ['UNAVAILABLE']]);
    expect([writes().length, committed()]).toEqual([4, []]);
  });
});

describe('the answer of a change that may be made twice is lost before the commit', () => {
  const lost = { kind: 'drop' } as const;

  it('a deletion, an update: it is looked at, sent once more, and told as it is', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script({ ...lost, method: 'PATCH' }, { ...lost, method: 'DELETE' });
    expect((await update(id, plans.slice(0, 1))).outcome).toBe('UPDATED');
    expect((await remove(id)).outcome).toBe('DELETED');
    expect([methods().filter((method) => method !== 'GET'), committed()]).toEqual([
      ['PATCH', 'PATCH', 'DELETE', 'DELETE'],
      ['updated', 'deleted'],
    ]);
  });

  it('a deletion that took effect late, before it was sent once more, is DELETED all the same', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.script({ method: 'DELETE', kind: 'delay', milliseconds: callTimeoutMs + 100 });
    // The second attempt is held until the first has taken effect.
    replicas.emulator.script({ method: 'DELETE', kind: 'delay', milliseconds: 400 });
    expect((await remove(id)).outcome).toBe('DELETED');
    expect(committed().filter((kind) => kind === 'deleted')).toHaveLength(1);
  });

  it('an update that another has undone with its assignment is not known, for nobody can tell whether it was made', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    const undo = (body: unknown): unknown => {
      replicas.emulator.script({ method: 'PATCH', kind: 'answer', status: 404 });
      return body;
    };
    replicas.emulator.script(
      { method: 'PATCH', kind: 'answer', status: 429 },
      // Between the first attempt and its repeat.
      { method: 'GET', path: /assignments\//, kind: 'change', change: (body) => body },
      { method: 'GET', path: /assignments\//, kind: 'change', change: undo },
    );
    expect((await update(id, plans.slice(0, 1))).outcome).toBe('UNKNOWN');
  });

  it('an update after which the assignment is gone is not known and not sent again: another has taken it away', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script(
      { method: 'PATCH', kind: 'drop' },
      // The look before it still finds the assignment.
      { method: 'GET', path: /assignments\//, kind: 'change', change: (body) => body },
      { method: 'GET', path: /assignments\//, kind: 'answer', status: 404, times: 9 },
    );
    const { outcome, userErrors } = await update(id, plans.slice(0, 1));
    expect([outcome, userErrors.map(({ message }) => message)]).toEqual([
      'UNKNOWN',
      [expect.stringContaining('somebody else has changed it')],
    ]);
    expect(writes().map(({ method }) => method)).toEqual(['PATCH']);
  });

  it('twice: then it is not known, with advice', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.script({ ...lost, method: 'DELETE', times: 9 });
    const { outcome, userErrors, assignment } = await remove(id);
    expect([outcome, assignment?.id]).toEqual(['UNKNOWN', id]);
    expect(userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('harmless') }]);
    expect(writes().filter(({ method }) => method === 'DELETE')).toHaveLength(2);
  });
});

describe('reading back fails once', () => {
  it('what is seen afterwards counts: the deletion was not made, and is sent once more', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    let hasFailed = false;
    const failOnce = (body: unknown): unknown => {
      if (hasFailed || writes().length === 0) return body;
      hasFailed = true;
      return [];
    };
    replicas.emulator.script(
      { method: 'DELETE', kind: 'drop' },
      { method: 'GET', path: /\/assignments/, kind: 'change', change: failOnce, times: 99 },
    );
    expect((await remove(id)).outcome).toBe('DELETED');
    expect([writes().length, committed()]).toEqual([2, ['deleted']]);
  });
});

describe('reading back fails too', () => {
  it('the outcome is not known, nothing is sent again, and the message says that reading failed', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script(
      { method: 'DELETE', kind: 'answer', status: 429, commit: true },
      { method: 'GET', path: /assignments\//, kind: 'answer', status: 403, times: 9 },
    );
    const query = `mutation ($id: ID!) { done: deleteAssignment(input: { id: $id }) { outcome userErrors { message } } }`;
    const { data } = await replicas.ask(0, 'somebody', query, { id });
    expect(data.done.outcome).toBe('UNKNOWN');
    expect(data.done.userErrors[0].message).toContain('reading back has failed');
    expect([writes().length, committed()]).toEqual([1, ['deleted']]);
  });
});

describe('an assignment that the caller may not read', () => {
  const unread = { method: 'GET', path: /^\/admin\/.*assignments\//, kind: 'answer', status: 403, times: 9 } as const;
  const notAsAdministrator = { path: /^\/admin\//, kind: 'answer', status: 403, times: 2 } as const;

  it('is changed and taken away under /me, where it is their own', async () => {
    const mine = replicas.emulator.tenant.signedInUser;
    const id = await ground.assign(pool, mine);
    replicas.emulator.reset();
    replicas.emulator.script(
      unread,
      { ...notAsAdministrator, method: 'PATCH' },
      { ...notAsAdministrator, method: 'DELETE' },
    );
    const both = `mutation ($id: ID!, $plans: [UUID!]!) {
      one: updateAssignment(input: { id: $id, disabledServicePlanIds: $plans }) { outcome }
      other: deleteAssignment(input: { id: $id }) { outcome } }`;
    const { data } = await replicas.ask(0, 'somebody', both, { id, plans: plans.slice(0, 1) });
    expect(data).toEqual({ one: { outcome: 'UPDATED' }, other: { outcome: 'DELETED' } });
    expect(replicas.emulator.log().filter(({ url }) => url === `/me/cloudLicensing/assignments/${id}`)).toHaveLength(2);
  });

  it('is not said to be gone where it is somebody else’s', async () => {
    const [, other = ''] = ground.assignees;
    const id = await ground.assign(pool, other);
    replicas.emulator.reset();
    replicas.emulator.script(unread, { ...notAsAdministrator, method: 'DELETE' });
    const query = `mutation ($id: ID!) { done: deleteAssignment(input: { id: $id }) { outcome userErrors { code } } }`;
    const { data } = await replicas.ask(0, 'somebody', query, { id });
    expect([data.done, committed()]).toEqual([{ outcome: 'REJECTED', userErrors: [{ code: 'FORBIDDEN' }] }, []]);
  });
});

describe('a write that outlasts the time of its request', () => {
  it('is carried to its end, read back, and told as it is', async () => {
    const hasty = await openReplicas({ environment: { REQUEST_TIMEOUT_MS: '250' }, graph: { callTimeoutMs: 400 } });
    const its = await chooseGround(hasty.emulator);
    const allotmentId = its.allotments[1]?.id;
    const query = `mutation ($input: CreateAssignmentInput!) {
      done: createAssignment(input: $input) { outcome assignment { disabledServicePlanIds } } }`;
    const ask = (userId: string | undefined): Promise<Answer> =>
      hasty.ask(0, 'somebody', query, { input: { allotmentId, assignedTo: { userId } } });
    const told = { outcome: 'CREATED', assignment: { disabledServicePlanIds: [] } };
    hasty.emulator.script({ ...post, kind: 'delay', milliseconds: 300 });
    expect((await ask(its.assignees[0])).data.done).toEqual(told);
    hasty.emulator.script({ ...post, kind: 'cut', bytes: 9, stall: true });
    expect((await ask(its.assignees[1])).data.done).toEqual(told);
    expect(hasty.emulator.journal()).toHaveLength(2);
    await hasty.close();
  });
});

describe('F54: the caller hangs up in the middle of a change', () => {
  it('it is carried to its end, with all that follows', async () => {
    const assigneeIds = ground.assignees.slice(0, 3);
    replicas.emulator.script({ ...post, kind: 'answer', status: 429, headers: { 'retry-after': '1' } });
    const hungUp = new AbortController();
    replicas.emulator.script({ ...post, kind: 'change', change: hangUp(hungUp) });
    const query = `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { totals { count } } }`;
    const asked = replicas.ask(0, 'somebody', query, { input: { allotmentId: pool, assigneeIds } }, hungUp.signal);
    await expect(asked).rejects.toThrow();
    while (committed().length < 3) await callGraph(replicas.emulator, '/me');
    expect(
      replicas.emulator
        .journal()
        .map(({ assigneeId }) => assigneeId)
        .sort(),
    ).toEqual([...assigneeIds].sort());
  });

  function hangUp(caller: AbortController) {
    return (body: unknown): unknown => {
      caller.abort();
      return body;
    };
  }
});

describe('F49: the same idempotency key', () => {
  it('again on another replica gives the first result, and writes nothing', async () => {
    const first = await create({ idempotencyKey: 'once' });
    const second = await create({ idempotencyKey: 'once' }, 1);
    expect([second.outcome, second.assignment]).toEqual(['CREATED', first.assignment]);
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });

  it('on two replicas at the same moment writes once', async () => {
    const both = await Promise.all([create({ idempotencyKey: 'twice' }, 0), create({ idempotencyKey: 'twice' }, 1)]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['CREATED', 'CREATED']);
    expect([writes().length, committed()]).toEqual([1, ['created']]);
  });

  it('for another change is refused', async () => {
    await create({ idempotencyKey: 'mine' });
    const query = `mutation ($input: CreateAssignmentInput!) { createAssignment(input: $input) { outcome } }`;
    const input = { allotmentId: pool, assignedTo: { userId: ground.assignees[1] }, idempotencyKey: 'mine' };
    const { errors } = await replicas.ask(1, 'somebody', query, { input });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(writes()).toHaveLength(1);
  });

  it('with the same input in other words is the same: a GUID in capitals, a null beside, plans in another order', async () => {
    const disabledServicePlanIds = plans.slice(0, 2);
    await create({ idempotencyKey: 'words', disabledServicePlanIds });
    const others = {
      allotmentId: pool.toUpperCase(),
      assignedTo: { userId: user.toUpperCase(), groupId: null },
      disabledServicePlanIds: disabledServicePlanIds.toReversed(),
      dryRun: null,
    };
    expect((await create({ idempotencyKey: 'words', ...others }, 1)).outcome).toBe('CREATED');
    await create({ idempotencyKey: 'default' });
    const again = await create({ idempotencyKey: 'default', disabledServicePlanIds: null });
    expect([again.outcome, writes().length]).toEqual(['ALREADY_EXISTS', 1]);
  });

  it('has 1 to 200 characters, however many bytes they take', async () => {
    const query = `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }`;
    const ask = (idempotencyKey: string): Promise<Answer> =>
      replicas.ask(0, 'somebody', query, {
        input: { allotmentId: pool, assignedTo: { userId: user }, idempotencyKey },
      });
    expect((await ask('🎉'.repeat(200))).data.done.outcome).toBe('CREATED');
    for (const key of ['🎉'.repeat(201), '']) {
      expect((await ask(key)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('of another caller is another key', async () => {
    const query = `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { ${shown} } }`;
    const input = { allotmentId: pool, assignedTo: { userId: user }, idempotencyKey: 'ours' };
    const outcomes = [];
    for (const token of ['one', 'other']) outcomes.push(told(await replicas.ask(0, token, query, { input })).outcome);
    expect(outcomes).toEqual(['CREATED', 'ALREADY_EXISTS']);
  });
});

describe('F50: three changes in one document, the second of which fails', () => {
  it('run in order, and the first and the third are told as they are', async () => {
    const [one = '', two = '', three = ''] = ground.assignees;
    const field = (userId: string): string =>
      `createAssignment(input: { allotmentId: "${pool}", assignedTo: { userId: "${userId}" } }) { outcome }`;
    const deletion = `deleteAssignment(input: { id: "${await ground.assign(pool, two)}" }) { outcome }`;
    replicas.emulator.reset();
    replicas.emulator.script({ method: 'DELETE', kind: 'answer', status: 403, times: 3 });
    const { data, errors } = await replicas.ask(
      0,
      'somebody',
      `mutation { first: ${field(one)} second: ${deletion} third: ${field(three)} }`,
    );
    expect(data).toEqual({ first: { outcome: 'CREATED' }, second: null, third: { outcome: 'CREATED' } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'DELETE', 'DELETE', 'DELETE', 'POST']);
    expect(replicas.emulator.journal().map(({ assigneeId }) => assigneeId)).toEqual([one, three]);
  });
});

describe('F52: reading after an own write', () => {
  it('shows it, in the payload and on every replica', async () => {
    const { assignment } = await create();
    const id = assignment?.id ?? '';
    const query = `query ($id: ID!) { assignment(id: $id) { disabledServicePlanIds } }`;
    for (const plan of plans.slice(0, 3)) {
      expect((await update(id, [plan])).assignment).toEqual({ id, disabledServicePlanIds: [plan] });
      const seen = await Promise.all([0, 1].map((replica) => replicas.ask(replica, 'somebody', query, { id })));
      expect(seen.map(({ data }) => data.assignment.disabledServicePlanIds)).toEqual([[plan], [plan]]);
    }
  });

  it('shows each state to the fields of one document', async () => {
    const id = await ground.assign(pool, user);
    const field = (
      plan: string,
    ): string => `updateAssignment(input: { id: "${id}", disabledServicePlanIds: ["${plan}"] })
      { assignment { disabledServicePlanIds } }`;
    const [one = '', two = ''] = plans;
    const { data } = await replicas.ask(0, 'somebody', `mutation { one: ${field(one)} two: ${field(two)} }`);
    expect([data.one.assignment, data.two.assignment]).toEqual([
      { disabledServicePlanIds: [one] },
      { disabledServicePlanIds: [two] },
    ]);
  });
});

describe('F52: reading between changes of one document', () => {
  it('shows what was there before and after, though it is the same read', async () => {
    const look = `reprocessAssignments(input: { userId: "${user}" }) { user { assignments { nodes { allotment { id } } } } }`;
    const change = `createAssignment(input: { allotmentId: "${pool}", assignedTo: { userId: "${user}" } }) { outcome }`;
    const { data, errors } = await replicas.ask(
      0,
      'somebody',
      `mutation { before: ${look} change: ${change} after: ${look} }`,
    );
    expect(errors).toEqual([]);
    const shown = [data.before, data.after].map((each) => JSON.stringify(each.user.assignments.nodes).includes(pool));
    expect([data.change.outcome, ...shown]).toEqual(['CREATED', false, true]);
  });
});

describe('F53: the same change twice', () => {
  it('a second deletion is ALREADY_GONE, in the words of Graph', async () => {
    const id = await ground.assign(pool, user);
    expect([(await remove(id)).outcome, (await remove(id, 1)).outcome]).toEqual(['DELETED', 'ALREADY_GONE']);
    const deletions = writes().filter(({ method }) => method === 'DELETE');
    expect(deletions.map(({ status }) => status)).toEqual([204, 404]);
  });

  it('a second update leaves the same state', async () => {
    const id = await ground.assign(pool, user);
    const both = [await update(id, plans.slice(0, 2)), await update(id, plans.slice(0, 2), 1)];
    expect(both.map(({ outcome }) => outcome)).toEqual(['UPDATED', 'UPDATED']);
    expect(both[1]?.assignment).toEqual(both[0]?.assignment);
  });

  it('a second creation is ALREADY_EXISTS, and sends nothing', async () => {
    expect([(await create()).outcome, (await create({}, 1)).outcome]).toEqual(['CREATED', 'ALREADY_EXISTS']);
    expect(writes()).toHaveLength(1);
  });
});

describe('a write for which Graph wants more of the caller', () => {
  const claims = Buffer.from('{"access_token":{}}').toString('base64');
  const challenge = `Bearer error="insufficient_claims", claims="${claims}"`;

  it.each([
    ['FORBIDDEN', 403, {}],
    ['UNAUTHENTICATED', 401, {}],
    ['CLAIMS_CHALLENGE', 401, { 'WWW-Authenticate': challenge }],
  ])('is an error of its field, by which clients ask for consent or sign in: %s', async (code, status, headers) => {
    replicas.emulator.script({ ...post, kind: 'answer', status, headers, times: 9 });
    const { data, errors } = await replicas.ask(
      0,
      'somebody',
      'mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }',
      { input: { allotmentId: pool, assignedTo: { userId: user } } },
    );
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ done: null }, [code]]);
    expect(committed()).toEqual([]);
  });

  it.each([
    ['UNAUTHENTICATED', {}],
    ['CLAIMS_CHALLENGE', { 'WWW-Authenticate': challenge }],
  ])('is one also where Graph says so while it is found out who many are: %s', async (code, headers) => {
    replicas.emulator.script({ path: /directoryObjects|users/, kind: 'answer', status: 401, headers, times: 99 });
    const { data, errors } = await replicas.ask(
      0,
      'somebody',
      'mutation ($input: AssignLicensesInput!) { done: assignLicenses(input: $input) { totals { outcome } } }',
      { input: { allotmentId: pool, assigneeIds: [user] } },
    );
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ done: null }, [code]]);
    expect(committed()).toEqual([]);
  });
});

describe('a creation that Graph refuses because another has made it in the meantime', () => {
  const exists = { error: { code: 'Request_MultipleObjectsWithSameKeyValue', message: 'x' } };

  it('is ALREADY_EXISTS, with the assignment that is there by now', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script(
      { method: 'GET', path: /assignments\?/, kind: 'change', change: () => ({ value: [] }) },
      { ...post, kind: 'answer', status: 400, body: exists },
    );
    const { outcome, userErrors, assignment } = await create();
    expect([outcome, userErrors, assignment?.id]).toEqual(['ALREADY_EXISTS', [], id]);
    expect([writes().length, committed()]).toEqual([1, []]);
  });

  it('is ALREADY_EXISTS in the word of Graph, where nobody may read the assignments', async () => {
    replicas.emulator.script(
      { method: 'GET', path: /assignments/, kind: 'answer', status: 403, times: 99 },
      { ...post, kind: 'answer', status: 400, body: exists },
    );
    const { outcome, assignment } = await create();
    expect([outcome, assignment, committed()]).toEqual(['ALREADY_EXISTS', null, []]);
  });

  it('is refused where it is not there: Graph may have meant something else', async () => {
    replicas.emulator.script({ ...post, kind: 'answer', status: 400, body: exists });
    const { outcome, userErrors } = await create();
    expect([outcome, userErrors.map(({ code }) => code), committed()]).toEqual(['REJECTED', ['INVALID'], []]);
  });
});

const hostileIds = [
  '..',
  '../../../users/x',
  'https://evil.example/beta/admin/cloudLicensing/allotments/x',
  '//evil.example/x',
  'a"b',
  "a'b",
  'a\nb',
  'a\r\nHost: evil.example',
  'a?x=1',
  'a#b',
  'a\\b',
  '%2e%2e%2fx',
  '',
];

/** Everything that a request named by an absolute address. */
function bound(): readonly string[] {
  return writes().flatMap(({ body }) =>
    Object.entries(body as Record<string, unknown>).flatMap(([name, value]) =>
      name.endsWith('@odata.bind') ? [String(value)] : [],
    ),
  );
}

describe('A22: quotes and line ends in ids of a batch', () => {
  it('stay inside JSON and inside their path; the healthy ones are assigned', async () => {
    const healthy = ground.assignees.slice(0, 2);
    const assigneeIds = [...hostileIds.filter((id) => id !== ''), ...healthy];
    const query = `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) {
      results { assigneeId outcome userErrors { code } } } }`;
    const { data, errors } = await replicas.ask(0, 'somebody', query, { input: { allotmentId: pool, assigneeIds } });
    expect(errors).toEqual([]);
    const created = (data.assignLicenses.results as { assigneeId: string; outcome: string }[])
      .filter(({ outcome }) => outcome !== 'REJECTED')
      .map(({ assigneeId, outcome }) => [assigneeId, outcome]);
    expect(created).toEqual(healthy.map((id) => [id, 'CREATED']));
    for (const { url } of replicas.emulator.log()) expect(url).toMatch(/^\/[\w/$.,;:=?&()'%@~+!*-]*$/);
    expect(replicas.emulator.journal().map(({ assigneeId }) => assigneeId)).toEqual(healthy);
  });
});

describe('a list with something in it that can be no id', () => {
  it('is carried out for the others', async () => {
    const id = await ground.assign(pool, user);
    const query = `mutation ($ids: [ID!]!) { removeAssignments(input: { ids: $ids }) { results { id outcome } } }`;
    const { data, errors } = await replicas.ask(0, 'somebody', query, { ids: ['../x', id] });
    expect(errors).toEqual([]);
    expect(data.removeAssignments.results).toEqual([
      { id: '../x', outcome: 'REJECTED' },
      { id, outcome: 'DELETED' },
    ]);
  });

  it.each<readonly [string, string, string, object]>([
    ['assignLicenses', 'AssignLicensesInput', 'assigneeIds', { allotmentId: 'x' }],
    ['removeLicenses', 'RemoveLicensesInput', 'assigneeIds', { allotmentId: 'x' }],
    ['swapLicenses', 'SwapLicensesInput', 'assigneeIds', { fromAllotmentId: 'x', toAllotmentId: 'y' }],
    ['removeAssignments', 'RemoveAssignmentsInput', 'ids', {}],
    ['reprocessAssignments', 'ReprocessAssignmentsInput', 'userIds', {}],
  ])('%s says so of it, in a dry run too', async (field, type, name, others) => {
    const query = `mutation ($input: ${type}!) {
      done: ${field}(input: $input) { results { outcome userErrors { code field message } } } }`;
    const userErrors = [{ code: 'INVALID', field: ['input', name], message: '"../x" is not an id.' }];
    for (const dryRun of [false, true]) {
      const { data } = await replicas.ask(0, 'somebody', query, { input: { ...others, [name]: ['../x'], dryRun } });
      expect(data.done.results).toEqual([{ outcome: 'REJECTED', userErrors }]);
    }
  });
});

describe('a text that can be no id, where one id is asked for', () => {
  const assignedTo = { userId: '99999999-9999-4999-8999-999999999999' };
  const assigneeIds = [assignedTo.userId];
  const disabledServicePlanIds: readonly string[] = [];
  const bad = 'allotment one';

  it.each<readonly [string, string, string, object]>([
    ['createAssignment', 'CreateAssignmentInput', 'allotmentId', { allotmentId: bad, assignedTo }],
    ['createAssignment', 'CreateAssignmentInput', 'groupId', { allotmentId: 'x', assignedTo: { groupId: bad } }],
    ['updateAssignment', 'UpdateAssignmentInput', 'id', { id: bad, disabledServicePlanIds }],
    ['deleteAssignment', 'DeleteAssignmentInput', 'id', { id: bad }],
    ['reprocessAssignments', 'ReprocessAssignmentsInput', 'userId', { userId: bad }],
    ['assignLicenses', 'AssignLicensesInput', 'allotmentId', { allotmentId: bad, assigneeIds }],
    ['swapLicenses', 'SwapLicensesInput', 'fromAllotmentId', { fromAllotmentId: bad, toAllotmentId: 'x', assigneeIds }],
    ['swapLicenses', 'SwapLicensesInput', 'toAllotmentId', { fromAllotmentId: 'x', toAllotmentId: bad, assigneeIds }],
  ])('%s(%s) names the input, in a dry run too, and asks nothing of Graph', async (field, type, name, input) => {
    const query = `mutation ($input: ${type}!) { done: ${field}(input: $input) { operationId } }`;
    for (const dryRun of [false, true]) {
      const { errors } = await replicas.ask(0, 'somebody', query, { input: { ...input, dryRun } });
      expect(errors).toMatchObject([{ message: `${name}: "${bad}" is not an id.` }]);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(replicas.emulator.log()).toEqual([]);
  });
});

describe('A23: ids that would lead an @odata.bind elsewhere', () => {
  it.each(hostileIds)('%j as an allotment never reaches one', async (allotmentId) => {
    const query = `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }`;
    const input = { allotmentId, assignedTo: { userId: user } };
    const { data, errors } = await replicas.ask(0, 'somebody', query, { input });
    expect(data?.done?.outcome ?? errors[0]?.extensions.code).toMatch(/^(REJECTED|BAD_USER_INPUT)$/);
    const root = replicas.emulator.url;
    for (const address of bound()) {
      expect(address).toMatch(
        /^http:\/\/127\.0\.0\.1:\d+\/beta\/(admin\/cloudLicensing\/allotments|users)\/[\w.%@-]+$/,
      );
      expect(new URL(address).href.startsWith(`${root}/`)).toBe(true);
      expect(address).not.toMatch(/\/\.\.?$/);
    }
    expect(committed()).toEqual([]);
  });

  it.each(hostileIds)('%j as a user never reaches one', async (userId) => {
    const query = `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { outcome } }`;
    const { data, errors } = await replicas.ask(0, 'somebody', query, {
      input: { allotmentId: pool, assignedTo: { userId } },
    });
    expect(data?.done?.outcome ?? errors[0]?.extensions.code).toMatch(/^(REJECTED|BAD_USER_INPUT)$/);
    expect([writes(), committed()]).toEqual([[], []]);
  });
});

describe('A40: fifty changes in one document', () => {
  it('are refused before anything is sent', async () => {
    const field = `createAssignment(input: { allotmentId: "${pool}", assignedTo: { userId: "${user}" } }) { outcome }`;
    const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: ${field}`);
    const { errors } = await replicas.ask(0, 'somebody', `mutation { ${aliases.join(' ')} }`);
    expect(errors).not.toEqual([]);
    expect(replicas.emulator.usage().requests).toBe(0);
  });
});

describe('a user who is named by the name they sign in with', () => {
  it('is assigned by object id', async () => {
    const { body } = await callGraph(replicas.emulator, `/users/${user}?$select=userPrincipalName`);
    replicas.emulator.reset();
    const { outcome, assignment } = await create({ assignedTo: { userId: body.userPrincipalName } });
    expect(outcome).toBe('CREATED');
    const rows = await readAll(replicas.emulator, `${admin}/allotments/${pool}/assignments`);
    expect(rows.map(({ id }) => id)).toEqual([assignment?.id]);
  });
});
