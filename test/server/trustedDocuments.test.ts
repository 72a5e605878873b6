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
    ['both', { query: listed, ...byHash(sha256Hash) }],
  ])('answers a listed document by %s', async (_, body) => {
    const { status, answer } = await post(body);
    expect([status, answer.errors]).toEqual([200, undefined]);
    expect(answer.data?.users.nodes).toHaveLength(1);
  });

  it.each([
    ['another text', { query: '{ users(first: 2) { nodes { id } } }' }],
    ['another hash', byHash('0'.repeat(64))],
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
  it('may be one of Apollo’s tool', () => {
    const operations = [{ id: 'users-1', name: 'Users', type: 'query', body: listed }];
    const file = manifest({ format: 'apollo-persisted-query-manifest', version: 1, operations });
    expect([...readTrustedDocuments(file).keys()].sort()).toEqual([sha256Hash, 'users-1'].sort());
  });

  it.each(['', '{}', '[]', '{"a": 1}', 'null'])('that holds %j is refused with the name of the variable', (content) => {
    expect(() => readTrustedDocuments(manifest(content))).toThrow(/^TRUSTED_DOCUMENTS: /);
  });
});
