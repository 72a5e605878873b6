import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { readTrustedDocuments } from '../../src/server/TrustedDocuments.js';
import { createLogger } from '../../src/server/createLogger.js';
import { getStatus } from './getStatus.js';
import { startToyServer } from './toyServer.js';

interface Answer {
  readonly data?: { readonly users: { readonly nodes: readonly unknown[] } };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

const listed = '{ users(first: 1) { nodes { id } } }';
const sha256Hash = createHash('sha256').update(listed).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'trusted-'));

function manifest(content: unknown): string {
  const file = join(folder, 'manifest.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

afterAll(() => rmSync(folder, { recursive: true }));

describe('A34: a server with a list of documents', () => {
  let emulator: Emulator;
  let gateway: Gateway;

  beforeAll(async () => {
    emulator = await startEmulator({ users: 3 });
    const config = readConfig({
      PORT: '0',
      GRAPH_AUTH: 'none',
      GRAPH_BASE_URL: emulator.url,
      TRUSTED_DOCUMENTS: manifest({ [sha256Hash]: listed }),
    });
    gateway = await startGateway(config, createLogger('silent'));
  });

  afterAll(async () => {
    await gateway.close();
    await emulator.close();
  });

  it('offers no page for queries of one’s own, which it would refuse', async () => {
    const visit = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;
    const pages = await Promise.all(['', 'graphiql', 'explain'].map((path) => fetch(`${gateway.url}${path}`, visit)));
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await fetch(`${gateway.url}graphql`, visit)).headers.get('location')).toBeNull();
  });

  async function post(body: object): Promise<{ status: number; answer: Answer }> {
    emulator.reset();
    const response = await fetch(`${gateway.url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  }

  const byHash = (hash: string): object => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });

  it.each([
    ['its text', { query: listed }],
    ['its hash', byHash(sha256Hash)],
    ['its hash with its algorithm', byHash(`sha256:${sha256Hash}`)],
    ['both', { query: listed, ...byHash(sha256Hash) }],
    ['documentId', { documentId: sha256Hash }],
    ['documentId that names its algorithm', { documentId: `sha256:${sha256Hash}` }],
    ['doc_id', { doc_id: sha256Hash }],
    ['documentId beside its text', { documentId: sha256Hash, query: listed }],
    ['documentId beside other extensions', { documentId: sha256Hash, extensions: { client: 'x' } }],
    ['documentId beside its hash', { documentId: sha256Hash, ...byHash(sha256Hash) }],
  ])('answers a listed document by %s', async (_, body) => {
    const { status, answer } = await post(body);
    expect([status, answer.errors]).toEqual([200, undefined]);
    expect(answer.data?.users.nodes).toHaveLength(1);
  });

  async function get(parameters: Record<string, string>): Promise<{ status: number; answer: Answer }> {
    emulator.reset();
    const url = `${gateway.url}graphql?${new URLSearchParams(parameters).toString()}`;
    const response = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    return { status: response.status, answer: (await response.json()) as Answer };
  }

  const inUrl = (hash: string): Record<string, string> => ({
    extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }),
  });

  it.each([
    ['its text', { query: listed }],
    ['its hash', inUrl(sha256Hash)],
    ['its hash with its algorithm', inUrl(`sha256:${sha256Hash}`)],
    ['documentId', { documentId: sha256Hash }],
    ['documentId that names its algorithm', { documentId: `sha256:${sha256Hash}`, variables: '{}' }],
    ['doc_id', { doc_id: sha256Hash, variables: '{}' }],
    ['documentId beside its text', { documentId: sha256Hash, query: listed }],
    ['documentId beside other extensions', { documentId: sha256Hash, extensions: '{"client":"x"}' }],
    ['documentId beside its hash', { documentId: sha256Hash, ...inUrl(sha256Hash) }],
  ])('answers a listed document in a GET by %s', async (_, parameters) => {
    const { status, answer } = await get(parameters);
    expect([status, answer.errors]).toEqual([200, undefined]);
    expect(answer.data?.users.nodes).toHaveLength(1);
  });

  it.each([
    ['another hash', inUrl('0'.repeat(64))],
    ['another documentId', { documentId: '0'.repeat(64) }],
    ['another doc_id', { doc_id: '0'.repeat(64) }],
    ['extensions that are not JSON', { documentId: sha256Hash, extensions: 'x' }],
  ])('refuses %s in a GET, and asks Graph nothing', async (_, parameters) => {
    const { status, answer } = await get(parameters);
    expect([status, answer.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(emulator.usage().requests).toBe(0);
  });

  it('refuses another text in a GET whose URL can be understood in two ways', async () => {
    const { extensions = '' } = inUrl(sha256Hash);
    const other = encodeURIComponent('{ users(first: 2) { nodes { id } } }');
    const path = `/graphql#extensions=${encodeURIComponent(extensions)}&a?query=${other}`;
    expect(await getStatus(gateway.url, path)).toBe(400);
    expect(emulator.usage().requests).toBe(0);
  });

  it.each([
    ['another text', { query: '{ users(first: 2) { nodes { id } } }' }],
    ['another hash', byHash('0'.repeat(64))],
    ['another documentId', { documentId: '0'.repeat(64) }],
    ['another doc_id', { doc_id: '0'.repeat(64) }],
    ['a documentId that is not a text', { documentId: 7 }],
    ['extensions that are no object', { documentId: sha256Hash, extensions: 'x' }],
    ['another text under a listed hash', { query: '{ me { id } }', ...byHash(sha256Hash) }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a name that every object inherits', byHash('constructor')],
    ['nothing', {}],
  ])('refuses %s, and asks Graph nothing', async (_, body) => {
    const { status, answer } = await post(body);
    expect(status).toBe(400);
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    expect(emulator.usage().requests).toBe(0);
  });
});

describe('a list of documents', () => {
  it('may be one of graphql-codegen, whose hashes name their algorithm', () => {
    const trusted = readTrustedDocuments(manifest({ [`sha256:${'0'.repeat(64)}`]: listed }));
    expect([...trusted.keys()].sort()).toEqual(['0'.repeat(64), sha256Hash].sort());
  });

  it('may be one of Apollo’s tool', () => {
    const operations = [{ id: 'users-1', name: 'Users', type: 'query', body: listed }];
    const file = manifest({ format: 'apollo-persisted-query-manifest', version: 1, operations });
    expect([...readTrustedDocuments(file).keys()].sort()).toEqual([sha256Hash, 'users-1'].sort());
  });

  it.each(['', '{}', '[]', '{"a": 1}', 'null'])('that holds %j is refused with the name of the variable', (content) => {
    expect(() => readTrustedDocuments(manifest(content))).toThrow(/^TRUSTED_DOCUMENTS: /);
  });
});

describe('a server without a list', () => {
  it('keeps a document that came with its hash, and answers it by any of the names', async () => {
    const toy = await startToyServer();
    const query = '{ user { displayName } }';
    const documentId = createHash('sha256').update(query).digest('hex');
    const ask = async (body: object): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(toy.url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    expect(await ask({ documentId })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    const answer = { data: { user: { displayName: 'Ada' } } };
    expect(await ask({ documentId, query })).toEqual(answer);
    expect(await ask({ documentId })).toEqual(answer);
    expect(await ask({ doc_id: documentId })).toEqual(answer);
    expect(await ask({ extensions: { persistedQuery: { version: 1, sha256Hash: documentId } } })).toEqual(answer);
    await toy.close();
  });
});
