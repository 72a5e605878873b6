import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { GraphError } from '../../src/graph/errors/GraphError.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';

let emulator: Emulator;
let gateway: TestGateway;
let ground: GraphGround;
/** Whether the identity provider gives a token; asked each time. */
let hasToken: () => boolean;

beforeAll(async () => {
  emulator = await startEmulator({ users: 12, latencyMs: 0, pastStatesMs: 60_000 });
  gateway = openTestGateway(emulator.url, {
    accessToken: () => {
      if (hasToken()) return undefined;
      throw new GraphError('UPSTREAM_UNAVAILABLE', 'The identity provider does not answer.', { retryable: true });
    },
  });
  ground = await chooseGround(emulator);
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

beforeEach(() => ground.begin());

async function swap(...assigneeIds: readonly string[]): Promise<TestAnswer> {
  const [from, to] = ground.allotments.map(({ id }) => id);
  return gateway.ask(
    `mutation ($from: ID!, $to: ID!, $ids: [ID!]!) {
      done: swapLicenses(input: { fromAllotmentId: $from, toAllotmentId: $to, assigneeIds: $ids }) {
        results { outcome userErrors { code field } } } }`,
    { from, to, ids: assigneeIds },
  );
}

describe('a change for which no token can be obtained any more', () => {
  it('is rejected where nothing has left', async () => {
    hasToken = () => false;
    const { data } = await swap(ground.assignees[0] ?? '');
    expect(data.done.results).toMatchObject([{ outcome: 'REJECTED', userErrors: [{ code: 'UNAVAILABLE' }] }]);
    expect(emulator.journal()).toEqual([]);
  });

  it('is an error of its field where it was still at hand to look, and nothing has left', async () => {
    const [allotment = { id: '' }] = ground.allotments;
    const [userId = ''] = ground.assignees;
    // Who has what is read before the change, and who is asked for it comes first.
    hasToken = () => !emulator.log().some(({ url }) => url.includes(`${userId}/cloudLicensing/assignments`));
    const { data, errors } = await gateway.ask(
      `mutation ($allotmentId: ID!, $userId: ID!) {
        done: createAssignment(input: { allotmentId: $allotmentId, assignedTo: { userId: $userId } }) { outcome } }`,
      { allotmentId: allotment.id, userId },
    );
    expect([data, errors.map(({ code }) => code)]).toEqual([{ done: null }, ['UPSTREAM_UNAVAILABLE']]);
    expect(emulator.journal()).toEqual([]);
  });

  it('has an outcome once a step of it was made: of a swap both are there', async () => {
    const [from = { id: '' }] = ground.allotments;
    const [user = ''] = ground.assignees;
    hasToken = () => true;
    await ground.assign(from.id, user);
    emulator.reset();
    // The new one is seen to be there, and then the token is over.
    hasToken = () => {
      const since = emulator.log().map(({ method, url }) => `${method} ${url}`);
      const made = since.findIndex((each) => each.startsWith('POST /admin/cloudLicensing/assignments'));
      return made === -1 || !since.slice(made).some((each) => each.includes(`${user}/cloudLicensing/assignments`));
    };
    const { data, errors } = await swap(user);
    expect(errors).toEqual([]);
    expect(data.done.results).toEqual([
      { outcome: 'BOTH', userErrors: [{ code: 'UNAVAILABLE', field: ['input', 'fromAllotmentId'] }] },
    ]);
    expect(emulator.journal().map(({ kind }) => kind)).toEqual(['created']);
  });

  it('has an outcome for each once some are through: who was found late keeps the old one', async () => {
    const [from = { id: '' }] = ground.allotments;
    const [user = '', late = ''] = ground.assignees;
    hasToken = () => true;
    await ground.assign(from.id, user);
    const before = performance.now();
    await ground.assign(from.id, late);
    emulator.reset();
    // The first replica that is asked does not know of the second one's yet.
    emulator.script({ kind: 'stale', path: /assignments/, lagMs: () => performance.now() - before, times: 1 });
    // The second one is found, and looked at before the new one is assigned; then the token is over.
    hasToken = () => emulator.log().filter(({ url }) => url.includes(`${late}/cloudLicensing/assignments`)).length < 2;
    const { data, errors } = await swap(user, late);
    expect(errors).toEqual([]);
    expect(data.done.results).toMatchObject([
      { outcome: 'SWAPPED', userErrors: [] },
      { outcome: 'KEPT_OLD', userErrors: [{ code: 'UNAVAILABLE' }] },
    ]);
    expect(emulator.journal().map(({ kind }) => kind)).toEqual(['created', 'deleted']);
  });
});
