import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clientId, openStand, type Answer, type OpenGateway, type Stand } from './support/openStand.js';

const challenge = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
/** Two lists and one relation of each row: one wave after another, batches among them. */
const wide = '{ users(first: 3) { nodes { id usageRights { nodes { skuId } } } } groups(first: 2) { nodes { id } } }';
const everything = { delegated: ['Directory.Read.All'], application: ['Directory.Read.All'] };

function codesOf({ errors }: Answer): unknown[] {
  return [...new Set(errors.map(({ extensions }) => extensions.code))];
}

describe('what stands between a caller and Graph', () => {
  let stand: Stand;
  let app: OpenGateway;
  let obo: OpenGateway;
  let passthrough: OpenGateway;
  let nextUser = 0;

  beforeAll(async () => {
    stand = await openStand({ permissions: everything });
    [app, obo, passthrough] = await Promise.all([stand.open('app'), stand.open('obo'), stand.open('passthrough')]);
  });
  afterAll(() => stand.close());
  beforeEach(() => {
    stand.emulator.reset();
    stand.graph.clearChallenges();
    stand.identity.clearScript();
    stand.identity.grant(clientId, everything);
    nextUser += 1;
  });

  async function tokenCallsOf(work: () => Promise<unknown>): Promise<number> {
    const before = stand.identity.calls.token;
    await work();
    return stand.identity.calls.token - before;
  }

  describe('a claims challenge of Graph', () => {
    it('obo: leads to one exchange with the claims and one repeat (F37)', async () => {
      const bearer = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', bearer);
      stand.emulator.reset();
      stand.graph.challenge({ claims: challenge, until: 'c1' });
      const calls = await tokenCallsOf(async () => {
        const { data, errors } = await obo.ask('{ me { id displayName } }', bearer);
        expect([errors, data?.me]).toEqual([
          [],
          expect.objectContaining({ id: stand.emulator.tenant.users[nextUser] }),
        ]);
      });
      expect(calls).toBe(1);
      expect(stand.emulator.log().map(({ status }) => status)).toEqual([401, 200]);
      expect(JSON.parse(stand.identity.tokenRequests.at(-1)?.claims ?? '{}')).toMatchObject(JSON.parse(challenge));
    });

    it('obo: one exchange is enough for all the waves and batches of a query', async () => {
      const bearer = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', bearer);
      stand.graph.challenge({ claims: challenge, until: 'c1' });
      const calls = await tokenCallsOf(async () => expect((await obo.ask(wide, bearer)).errors).toEqual([]));
      expect(calls).toBe(1);
    });

    it('obo: one exchange is enough for all the batches of one wave that are challenged together', async () => {
      const bearer = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', bearer);
      stand.graph.challenge({ claims: challenge, until: 'c1', path: 'usageRights' });
      const calls = await tokenCallsOf(async () => {
        const { data, errors } = await obo.ask(
          '{ users(first: 50) { nodes { usageRights { nodes { id } } } } }',
          bearer,
        );
        expect([errors, (data?.users as { nodes: unknown[] }).nodes.length]).toEqual([[], 50]);
      });
      expect(calls).toBe(1);
      const batches = stand.emulator.log().filter(({ url }) => url.includes('usageRights'));
      expect(batches.map(({ status }) => status).sort()).toEqual([...Array(50).fill(200), ...Array(50).fill(401)]);
    });

    it('obo: to one part of a batch that cannot be met leaves the other parts alone', async () => {
      const bearer = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', bearer);
      stand.graph.challenge({ claims: challenge, path: 'allotments' });
      const answer = { kind: 'oauth', error: 'interaction_required', number: 50076 } as const;
      stand.identity.script({ endpoint: 'token', withClaims: true, answer });
      const { data, errors, headers } = await obo.ask('{ me { id } allotments { nodes { id } } }', bearer);
      expect(data).toMatchObject({ me: { id: stand.emulator.tenant.users[nextUser] }, allotments: null });
      expect(errors).toMatchObject([
        { path: ['allotments'], extensions: { code: 'CLAIMS_CHALLENGE', claims: challenge } },
      ]);
      const encoded = Buffer.from(challenge).toString('base64');
      expect(headers.get('www-authenticate')).toBe(`Bearer error="insufficient_claims", claims="${encoded}"`);
    });

    it('app: leads to one exchange with the claims and one repeat', async () => {
      stand.graph.challenge({ claims: challenge, until: 'c1' });
      const calls = await tokenCallsOf(async () =>
        expect((await app.ask('{ users { nodes { id } } }')).errors).toEqual([]),
      );
      expect(calls).toBe(1);
    });

    it('obo: that cannot be met reaches the client with its claims, without a loop', async () => {
      const bearer = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', bearer);
      stand.emulator.reset();
      stand.graph.challenge({ claims: challenge });
      const answer = { kind: 'oauth', error: 'interaction_required', number: 50076 } as const;
      stand.identity.script({ endpoint: 'token', withClaims: true, times: 9, answer });
      const calls = await tokenCallsOf(async () => {
        const { errors } = await obo.ask('{ me { id } }', bearer);
        expect(errors).toHaveLength(1);
        expect(errors[0]?.extensions).toMatchObject({ code: 'CLAIMS_CHALLENGE', claims: challenge, retryable: false });
      });
      expect([calls, stand.emulator.log().length]).toEqual([1, 1]);
    });

    it('obo: that comes back in spite of a new token reaches the client: two calls of Graph at the most', async () => {
      const bearer = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', bearer);
      stand.emulator.reset();
      stand.graph.challenge({ claims: challenge });
      const calls = await tokenCallsOf(async () => {
        const { errors } = await obo.ask('{ me { id } }', bearer);
        expect(errors[0]?.extensions).toMatchObject({ code: 'CLAIMS_CHALLENGE', claims: challenge });
      });
      expect([calls, stand.emulator.log().length]).toEqual([1, 2]);
    });

    it('passthrough: reaches the client with its claims, after one call of Graph', async () => {
      stand.graph.challenge({ claims: challenge });
      const { errors } = await passthrough.ask('{ me { id } }', stand.graphBearer(nextUser, 'User.Read'));
      expect(errors[0]?.extensions).toMatchObject({ code: 'CLAIMS_CHALLENGE', claims: challenge });
      expect(stand.emulator.log()).toHaveLength(1);
    });

    it('to one user leaves the others alone', async () => {
      const challenged = stand.emulator.tenant.users[nextUser] ?? '';
      stand.graph.challenge({ claims: challenge, user: challenged });
      const [one, other] = await Promise.all([
        obo.ask('{ me { id } }', stand.bearer(nextUser)),
        obo.ask('{ me { id } }', stand.bearer(40)),
      ]);
      expect([codesOf(one), codesOf(other)]).toEqual([['CLAIMS_CHALLENGE'], []]);
    });
  });

  describe('a refusal of the identity service', () => {
    it.each([
      ['consent missing', { error: 'invalid_grant', number: 65001, subError: 'consent_required' }, 'CONSENT_REQUIRED'],
      ['interaction required', { error: 'interaction_required', number: 50079 }, 'INTERACTION_REQUIRED'],
      ['a sign-in that has ended', { error: 'invalid_grant', number: 50173 }, 'INTERACTION_REQUIRED'],
      ['a secret that is wrong', { error: 'invalid_client', number: 7000215 }, 'IDENTITY_UNAVAILABLE'],
    ])('%s is typed, asked for once, and asks Graph nothing (F39)', async (_case, refusal, code) => {
      const bearer = stand.bearer(nextUser);
      stand.identity.script({ endpoint: 'token', times: 20, answer: { kind: 'oauth', ...refusal } });
      const calls = await tokenCallsOf(async () => {
        const answer = await obo.ask(wide, bearer);
        expect(codesOf(answer)).toEqual([code]);
        expect(answer.errors[0]?.extensions).toMatchObject({ retryable: false });
      });
      expect([calls, stand.emulator.log()]).toEqual([1, []]);
    });

    it('tells the claims that the user has to bring', async () => {
      const answer = { kind: 'oauth', error: 'interaction_required', number: 50076, claims: challenge } as const;
      stand.identity.script({ endpoint: 'token', answer });
      const { errors } = await obo.ask('{ me { id } }', stand.bearer(nextUser));
      expect(errors[0]?.extensions).toMatchObject({ code: 'INTERACTION_REQUIRED', claims: challenge });
    });

    it('an outage leaves users alone whose token is cached (F38)', async () => {
      const known = stand.bearer(nextUser);
      await obo.ask('{ me { id } }', known);
      stand.identity.script({
        endpoint: 'token',
        times: 50,
        answer: { kind: 'status', status: 503, body: 'canary down' },
      });
      const [old, fresh] = await Promise.all([
        obo.ask('{ me { id } }', known),
        obo.ask('{ me { id } }', stand.bearer(41)),
      ]);
      expect([old.errors, codesOf(fresh), fresh.errors[0]?.extensions.retryable]).toEqual([
        [],
        ['IDENTITY_UNAVAILABLE'],
        true,
      ]);
    });
  });

  describe('a permission that is missing', () => {
    it('obo: is named, first the one that can be granted', async () => {
      stand.identity.grant(clientId, { delegated: ['User.Read'], application: ['Directory.Read.All'] });
      const { data, errors } = await obo.ask('{ allotments { nodes { id } } me { id } }', stand.bearer(nextUser));
      expect(data?.me).toMatchObject({ id: stand.emulator.tenant.users[nextUser] });
      expect(errors[0]).toMatchObject({
        path: ['allotments'],
        extensions: {
          code: 'FORBIDDEN',
          permission: {
            type: 'delegated',
            grant: 'Directory.Read.All',
            narrower: [],
            explanation:
              'Grant the delegated permission Directory.Read.All. The user also needs a directory role that allows it.',
          },
        },
      });
    });

    it('app: is named as an application permission', async () => {
      stand.identity.grant(clientId, { delegated: [], application: ['Group.Read.All'] });
      const lesser = await stand.open('app');
      const { errors } = await lesser.ask('{ users { nodes { id } } }');
      expect(errors[0]?.extensions).toMatchObject({
        code: 'FORBIDDEN',
        permission: { type: 'application', grant: 'User.Read.All', narrower: ['User.ReadBasic.All'] },
      });
    });

    it('passthrough: User.Read alone is enough for the profile, groups and usage rights of the signed-in user', async () => {
      const own = '{ me { displayName memberOf { nodes { id } } usageRights { nodes { id services { planName } } } } }';
      const { errors } = await passthrough.ask(own, stand.graphBearer(nextUser, 'User.Read'));
      expect(errors).toEqual([]);
    });

    it('passthrough: is named, and the granted permission then really does', async () => {
      const errorsOfAll = '{ assignmentErrors { nodes { code } } }';
      const first = await passthrough.ask(errorsOfAll, stand.graphBearer(nextUser, 'User.Read'));
      const permission = first.errors[0]?.extensions.permission as { grant: string; narrower: string[] };
      for (const name of [permission.grant, ...permission.narrower]) {
        const again = await passthrough.ask(errorsOfAll, stand.graphBearer(nextUser, `User.Read ${name}`));
        expect([name, again.errors]).toEqual([name, []]);
      }
    });
  });
});
