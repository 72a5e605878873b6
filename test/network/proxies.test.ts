import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { readProductNames } from '../../src/names/readProductNames.js';
import { startGateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { startEmulator } from '../../src/emulator/index.js';
import { startIdentity } from '../auth/support/identity.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { startProxy } from '../support/startProxy.js';
import { get, openClient, results } from '../graph/support/openClient.js';

/** The address of the emulator under a name that no resolver knows, as if only the proxy could reach it. */
async function startFarGraph() {
  const emulator = await startEmulator({ users: 3, latencyMs: 0 });
  closeAfterEach(emulator);
  const far = new URL(emulator.url);
  far.hostname = 'graph.example';
  return { emulator, url: far.href.replace(/\/$/, ''), host: far.host };
}

describe('Graph behind a proxy', () => {
  it('is asked by way of the proxy, with its password', async () => {
    const [proxy, graph] = await Promise.all([startProxy(), startFarGraph()]);
    const withPassword = proxy.url.replace('//', '//ada:canary-%24word@');
    const client = openClient(graph.url, { proxy: { http: withPassword } });
    closeAfterEach(client);
    expect(results(await client.send(get('/users?$top=1'), get('/groups?$top=1')))).toEqual([200, 200]);
    expect(proxy.asked).toEqual([`POST http://${graph.host}/beta/$batch`]);
    expect([...proxy.credentials]).toEqual([`Basic ${Buffer.from('ada:canary-$word').toString('base64')}`]);
  });

  it('is asked by way of the proxy again after a 503, on a connection of its own', async () => {
    const [proxy, graph] = await Promise.all([startProxy(), startFarGraph()]);
    graph.emulator.script({ path: /^\/users/, kind: 'answer', status: 503 });
    const client = openClient(graph.url, { proxy: { http: proxy.url } });
    closeAfterEach(client);
    expect(results(await client.send(get('/users?$top=1')))).toEqual([200]);
    expect(proxy.asked).toHaveLength(2);
  });

  it.each([
    ['its host', '127.0.0.1'],
    ['everything', '*'],
    ['its host and port, among others', 'example.com, 127.0.0.1:PORT'],
  ])('is asked directly where NO_PROXY names %s', async (_what, direct) => {
    const [proxy, emulator] = [await startProxy(), await startEmulator({ users: 3, latencyMs: 0 })];
    const named = direct.replace('PORT', new URL(emulator.url).port);
    const client = openClient(emulator.url, { proxy: { http: proxy.url, direct: named } });
    closeAfterEach(emulator, client);
    expect(results(await client.send(get('/users?$top=1')))).toEqual([200]);
    expect(proxy.asked).toEqual([]);
  });

  it('is asked directly where only the other kind of address has a proxy', async () => {
    const [proxy, emulator] = [await startProxy(), await startEmulator({ users: 3, latencyMs: 0 })];
    const client = openClient(emulator.url, { proxy: { https: proxy.url } });
    closeAfterEach(emulator, client);
    expect(results(await client.send(get('/users?$top=1')))).toEqual([200]);
    expect(proxy.asked).toEqual([]);
  });

  it('cannot be reached where the proxy refuses, which is an error that names no proxy', async () => {
    const graph = await startFarGraph();
    const client = openClient(graph.url, { proxy: { http: 'http://ada:canary-word@127.0.0.1:9' } });
    closeAfterEach(client);
    const [outcome] = await client.send(get('/users'));
    expect(outcome).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(String((outcome as Error).message)).not.toMatch(/canary|127\.0\.0\.1/);
  });
});

describe('the identity service behind a proxy', () => {
  it('is asked through a tunnel, in which the proxy sees no secret', async () => {
    const [proxy, fixture] = [await startProxy(), await startIdentity()];
    closeAfterEach(fixture);
    const authenticator = fixture.open({ mode: 'obo' }, { proxy: { https: proxy.url } });
    const caller = await authenticator.authenticate(fixture.bearer(1));
    await expect(caller.accessToken()).resolves.toEqual(expect.any(String));
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(fixture.identity.origin).host}`]));
  });
});

describe('the table of product names behind a proxy', () => {
  it('is read by way of it', async () => {
    const [proxy, graph] = await Promise.all([startProxy(), startFarGraph()]);
    const source = `http://${graph.host}/nothing-here.csv`;
    await expect(readProductNames(source, undefined, { http: proxy.url })).rejects.toThrow('SKU_NAMES');
    expect(proxy.asked).toEqual([`GET ${source}`]);
  });
});

describe('a gateway', () => {
  it('reads the variables in either spelling, and uses them for what it calls', async () => {
    const [proxy, graph] = await Promise.all([startProxy(), startFarGraph()]);
    const variables = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: graph.url, http_proxy: proxy.url };
    const gateway = await startGateway(readConfig(variables), createLogger('silent'));
    closeAfterEach(gateway);
    const id = graph.emulator.tenant.users[0];
    const body = JSON.stringify({ query: `{ user(id: "${id}") { id } }` });
    const headers = { 'content-type': 'application/json' };
    const answer = await (await fetch(`${gateway.url}graphql`, { method: 'POST', headers, body })).json();
    expect(answer).toEqual({ data: { user: { id } } });
    expect(proxy.asked).toHaveLength(1);
  });

  it('asks the embedded emulator directly, whatever the machine has set', async () => {
    const proxy = await startProxy();
    const config = readConfig({ PORT: '0', HTTP_PROXY: proxy.url, EMULATOR_USERS: '3' });
    expect(config.proxy).toEqual({});
  });
});
