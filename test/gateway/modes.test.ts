import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'node:http';
import { homeTenant, openStand, otherTenant, type OpenGateway, type Stand } from './support/openStand.js';

const ownName = '{ me { id displayName } }';
const allUsers = '{ users(first: 3) { nodes { id } } }';
const allAllotments = '{ allotments(first: 3) { nodes { id } } }';

describe('the gateway by mode', () => {
  let stand: Stand;
  let app: OpenGateway;
  let obo: OpenGateway;
  let passthrough: OpenGateway;

  beforeAll(async () => {
    stand = await openStand();
    [app, obo, passthrough] = await Promise.all([
      stand.open('app'),
      stand.open('obo', { GATEWAY_TENANTS: `${homeTenant},${otherTenant}` }),
      stand.open('passthrough'),
    ]);
  });
  afterAll(() => stand.close());
  beforeEach(() => {
    stand.emulator.reset();
    stand.graph.seen.length = 0;
  });

  it('app: reads as the application, whoever asks', async () => {
    const { status, data } = await app.ask(allUsers);
    expect([status, Object.keys(data ?? {})]).toEqual([200, ['users']]);
    expect(stand.graph.seen.every((call) => call.app)).toBe(true);
    expect(stand.graph.seen.length).toBeGreaterThan(0);
  });

  it('app: `me` has nobody to speak of, and says so without asking Graph', async () => {
    const { data, errors } = await app.ask(
      '{ me { id displayName manager { id } usageRights { nodes { id } } } users(first: 1) { nodes { id } } }',
    );
    expect(data).toMatchObject({ me: null, users: { nodes: [{}] } });
    expect(errors).toMatchObject([
      { path: ['me'], message: expect.stringContaining('Nobody is signed in'), extensions: { code: 'NOT_SUPPORTED' } },
    ]);
    expect(stand.emulator.log().filter(({ url }) => url.startsWith('/me'))).toEqual([]);
  });

  it('obo: reads as the user who asks', async () => {
    const id = stand.emulator.tenant.users[5];
    const { data } = await obo.ask(ownName, stand.bearer(5));
    expect(data?.me).toMatchObject({ id });
    expect(stand.graph.seen.map(({ user, app: isApp }) => [user, isApp])).toEqual([[id, false]]);
  });

  it('passthrough: reads as the user who asks, with the very token', async () => {
    const id = stand.emulator.tenant.users[6];
    const bearer = stand.graphBearer(6, 'User.Read');
    const { data } = await passthrough.ask(ownName, bearer);
    expect(data?.me).toMatchObject({ id });
    expect(stand.emulator.log().map(({ headers }) => headers.authorization)).toEqual([bearer]);
    expect(stand.identity.tokenRequests.filter(({ user }) => user === id)).toEqual([]);
  });

  const modes = ['obo', 'passthrough'] as const;
  const gatewayOf = (mode: (typeof modes)[number]): OpenGateway => (mode === 'obo' ? obo : passthrough);

  describe.each(modes)('%s', (mode) => {
    it.each([
      ['no token', undefined],
      ['another scheme', 'Basic YTpi'],
      ['two tokens in one header', 'Bearer aaaaaaaaaa, Bearer bbbbbbbbbb'],
    ])('answers %s with 401 before anything is planned, and asks Graph nothing', async (_case, authorization) => {
      const before = stand.identity.calls.token;
      const { status, data, errors, headers } = await gatewayOf(mode).ask(allUsers, authorization);
      expect([status, data, errors.map(({ extensions }) => extensions.code)]).toEqual([
        401,
        undefined,
        ['UNAUTHENTICATED'],
      ]);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect([stand.emulator.log(), stand.identity.calls.token - before]).toEqual([[], 0]);
    });

    it('answers 401 even to a query that is wrong or too large: who asks comes first', async () => {
      const { status } = await gatewayOf(mode).ask('{ nonsense');
      expect(status).toBe(401);
    });

    it('refuses two Authorization headers (A38)', async () => {
      const good = mode === 'obo' ? stand.bearer(1) : stand.graphBearer(1, 'Directory.Read.All');
      for (const pair of [
        [good, good],
        [good, 'Bearer other-token'],
        ['Bearer other-token', good],
      ]) {
        expect(await statusOfRaw(gatewayOf(mode).url, pair)).toBe(401);
      }
      expect(stand.emulator.log()).toEqual([]);
    });

    it('never falls back to the rights of the application when the user may not (A18)', async () => {
      const other = stand.emulator.tenant.users[9] ?? '';
      const tokensBefore = stand.identity.tokenRequests.length;
      stand.identity.grant('bbbbbbbb-0000-4000-8000-000000000001', {
        delegated: ['User.Read'],
        application: ['Directory.Read.All'],
      });
      const bearer = mode === 'obo' ? stand.bearer(8) : stand.graphBearer(8, 'User.Read');
      const { data, errors } = await gatewayOf(mode).ask(`{ user(id: "${other}") { displayName } }`, bearer);
      stand.identity.grant('bbbbbbbb-0000-4000-8000-000000000001', {
        delegated: ['Directory.Read.All'],
        application: ['Directory.Read.All'],
      });
      expect([data, errors[0]?.extensions.code]).toEqual([{ user: null }, 'FORBIDDEN']);
      expect(stand.graph.seen.map((call) => [call.app, call.user])).toEqual([[false, stand.emulator.tenant.users[8]]]);
      const grants = stand.identity.tokenRequests.slice(tokensBefore).map(({ grant }) => grant);
      expect(grants).not.toContain('client_credentials');
    });

    it('reads twice for two users who ask the same in the same instant, each with their own token (A31)', async () => {
      const people = [10, 11];
      const bearers = people.map((user) =>
        mode === 'obo' ? stand.bearer(user) : stand.graphBearer(user, 'Directory.Read.All'),
      );
      const answers = await Promise.all(bearers.map((bearer) => gatewayOf(mode).ask(ownName, bearer)));
      const ids = people.map((user) => stand.emulator.tenant.users[user]);
      expect(answers.map(({ data }) => (data?.me as { id: string }).id)).toEqual(ids);
      expect(stand.graph.seen.map(({ user }) => user).sort()).toEqual([...ids].sort());
    });

    it('refuses the cursor of one user from another (A25)', async () => {
      const bearerOf = (user: number): string =>
        mode === 'obo' ? stand.bearer(user) : stand.graphBearer(user, 'Directory.Read.All');
      const first = bearerOf(12);
      const page = 'query ($after: String) { users(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } }';
      const { data } = await gatewayOf(mode).ask(page, first);
      const after = (data?.users as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
      stand.emulator.reset();
      const stolen = await gatewayOf(mode).ask(page, bearerOf(13), { after });
      expect([stolen.data?.users, stolen.errors[0]?.extensions.code]).toEqual([null, 'BAD_USER_INPUT']);
      expect(stand.emulator.log()).toEqual([]);
      const own = await gatewayOf(mode).ask(page, first, { after });
      expect([own.errors, (own.data?.users as { nodes: unknown[] }).nodes.length]).toEqual([[], 3]);
    });

    it('marks every answer as private, by the header that it depends on (A33)', async () => {
      const bearer = mode === 'obo' ? stand.bearer(1) : stand.graphBearer(1, 'Directory.Read.All');
      for (const authorization of [bearer, undefined]) {
        const { headers } = await gatewayOf(mode).ask(allUsers, authorization);
        expect(headers.get('cache-control')).toMatch(/\b(private|no-store)\b/);
        expect(headers.get('vary')).toMatch(/\bAuthorization\b/i);
      }
    });
  });

  it('obo: refuses a Graph token, and does not pass it on (A39)', async () => {
    const before = stand.identity.calls.token;
    const { status, errors } = await obo.ask(allUsers, stand.graphBearer(3, 'Directory.Read.All'));
    expect([status, errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect([stand.emulator.log(), stand.identity.calls.token - before]).toEqual([[], 0]);
  });

  it('obo: a cursor of one tenant is refused for the user with the same object id of another (A25, A32)', async () => {
    const page = 'query ($after: String) { users(first: 3, after: $after) { pageInfo { endCursor } } }';
    const { data } = await obo.ask(page, stand.bearer(14));
    const after = (data?.users as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
    const stolen = await obo.ask(page, stand.bearer(14, { tid: otherTenant }), { after });
    expect(stolen.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('app: gets one token for 50 who ask at once', async () => {
    const fresh = await stand.open('app');
    const before = stand.identity.calls.token;
    const answers = await Promise.all(Array.from({ length: 50 }, () => fresh.ask(allAllotments)));
    expect(answers.every(({ status, errors }) => status === 200 && errors.length === 0)).toBe(true);
    expect(stand.identity.calls.token - before).toBe(1);
  });
});

/** The status of a query sent with several Authorization headers, which `fetch` would join. */
function statusOfRaw(url: string, authorizations: readonly string[]): Promise<number> {
  const raw = ['Host', new URL(url).host, 'Content-Type', 'application/json'];
  const headers = [...raw, ...authorizations.flatMap((value) => ['Authorization', value])];
  return new Promise((resolve, reject) => {
    const call = request(`${url}graphql`, { method: 'POST', headers, agent: new Agent() }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    call.once('error', reject);
    call.end('{"query":"{ users(first: 1) { nodes { id } } }"}');
  });
}
