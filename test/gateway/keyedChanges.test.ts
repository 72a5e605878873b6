import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { homeTenant, openStand, otherTenant, type OpenGateway, type Stand } from './support/openStand.js';

const create = `mutation ($allotmentId: ID!, $userId: ID!, $key: String) {
  createAssignment(input: { allotmentId: $allotmentId, assignedTo: { userId: $userId }, idempotencyKey: $key }) {
    outcome
    userErrors { code }
  }
}`;

/** A result that is kept for a repeat was seen with one user's rights, so it is theirs alone (issue 4, point 4; A32). */
describe('the result of a change with an idempotency key', () => {
  let stand: Stand;
  let obo: OpenGateway;
  const permissions = { delegated: ['Directory.ReadWrite.All'], application: [] };

  beforeAll(async () => {
    stand = await openStand({ permissions });
    obo = await stand.open('obo', { GATEWAY_TENANTS: `${homeTenant},${otherTenant}` });
  });
  afterAll(() => stand.close());
  beforeEach(() => {
    stand.graph.seen.length = 0;
  });

  async function createAs(bearer: string, key: string): Promise<unknown> {
    const { data, errors } = await obo.ask(create, bearer, {
      allotmentId: stand.emulator.tenant.allotments[0],
      userId: stand.emulator.tenant.users[30],
      key,
    });
    expect(errors).toEqual([]);
    return data?.createAssignment;
  }

  const writers = (): unknown[] =>
    stand.graph.seen
      .filter(({ operation }) => operation.startsWith('POST') && operation.endsWith('assignments'))
      .map(({ user, tenant }) => [user, tenant]);

  it('is given to the same user again, without a second write', async () => {
    const bearer = stand.bearer(1);
    const first = await createAs(bearer, 'same-user');
    const written = writers();
    expect(await createAs(bearer, 'same-user')).toEqual(first);
    expect(writers()).toEqual(written);
  });

  it.each([
    ['another user', () => stand.bearer(3)],
    ['the user with the same object id in another tenant', () => stand.bearer(2, { tid: otherTenant })],
  ])('is not given to %s with the same key: Graph is asked with their own token', async (_who, other) => {
    const key = `shared by ${_who}`;
    await createAs(stand.bearer(2), key);
    const before = stand.graph.seen.length;
    await createAs(other(), key);
    const asked = stand.graph.seen.slice(before).map(({ user, tenant }) => [user, tenant]);
    const claims = stand.identity.verify(other().slice(7));
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(String))).toEqual(new Set([`${String(claims?.['oid'])},${String(claims?.['tid'])}`]));
  });
});
