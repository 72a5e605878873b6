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
  emulator = await startEmulator({ users: 12, latencyMs: 0 });
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

async function swap(assigneeId: string): Promise<TestAnswer> {
  const [from, to] = ground.allotments.map(({ id }) => id);
  return gateway.ask(
    `mutation ($from: ID!, $to: ID!, $ids: [ID!]!) {
      done: swapLicenses(input: { fromAllotmentId: $from, toAllotmentId: $to, assigneeIds: $ids }) {
        results { outcome userErrors { code field } } } }`,
    { from, to, ids: [assigneeId] },
  );
}

describe('a change for which no token can be obtained any more', () => {
  it('is rejected where nothing has left', async () => {
    hasToken = () => false;
    const { data } = await swap(ground.assignees[0] ?? '');
    expect(data.done.results).toMatchObject([{ outcome: 'REJECTED', userErrors: [{ code: 'UNAVAILABLE' }] }]);
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
});
