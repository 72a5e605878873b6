import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BoundedStore } from '../../src/server/BoundedStore.js';
import { getStatus } from './getStatus.js';
import { ask, readAnswer, startToyServer, type Answer, type Toy } from './toyServer.js';

let toy: Toy;
let production: Toy;
beforeAll(async () => {
  toy = await startToyServer();
  production = await startToyServer({ environment: { NODE_ENV: 'production', GRAPH_AUTH: 'none' } });
});
afterAll(() => Promise.all([toy.close(), production.close()]));

function aliases(count: number): string {
  return `{ ${Array.from({ length: count }, (_, n) => `u${n}: user(id: "${n}") { id }`).join(' ')} }`;
}

async function post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  return readAnswer(await fetch(toy.url, init));
}

describe('a document beyond the limits', () => {
  it.each([61, 100, 1_000])('with %i root aliases is a 400 that executes nothing (A01)', async (count) => {
    const before = toy.executed;
    const { status, errors, data } = await ask(toy, aliases(count));
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', retryable: false });
    expect(errors[0]?.message).toMatch(/more than the \d+ that are allowed/);
    expect(data).toBeUndefined();
    expect(toy.executed).toBe(before);
  });

  it('is a 400 whatever media type the client accepts', async () => {
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
      expect((await ask(toy, aliases(100), {}, { accept })).status).toBe(400);
    }
  });

  it('is refused by GET as well', async () => {
    const deep = `{ user { ${'manager { '.repeat(20)} id ${'} '.repeat(20)} } }`;
    const url = `${toy.url}?query=${encodeURIComponent(deep)}`;
    const { status, errors } = await readAnswer(await fetch(url, { headers: { 'apollo-require-preflight': '1' } }));
    expect([status, errors[0]?.extensions.limit]).toEqual([400, 'MAX_DEPTH']);
  });

  it('is refused by GET however its URL is spelled', async () => {
    const many = encodeURIComponent(aliases(61));
    for (const path of [`/graphql#?query=${many}`, `/graphql?query=%23%FF%0A${many}`]) {
      expect(await getStatus(toy.url, path)).toBe(400);
    }
  });

  it('of 5,000 nested selections or lists leaves the process alive (A08)', async () => {
    const lists = `{ user(id: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { id } }`;
    for (const query of [lists, `{ ${'manager {'.repeat(5_000)} id ${'}'.repeat(5_000)} }`]) {
      const { status, errors } = await ask(toy, query);
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    }
    expect((await ask(toy, '{ __typename }')).status).toBe(200);
  });

  it('of many repeated fields is refused, of some it is answered (A09)', async () => {
    expect((await ask(toy, `{ user { ${'id '.repeat(1_900)} } }`)).status).toBe(400);
    expect((await ask(toy, `{ user { ${'id '.repeat(300)} } }`)).data).toEqual({ user: { id: 'none' } });
  });
});

describe('a request that is not one GraphQL operation', () => {
  it('as a list of operations is a 400 (A11)', async () => {
    const { status, errors } = await post([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('as a mutation by GET is a 405 and does nothing (A35)', async () => {
    const before = toy.executed;
    const response = await fetch(`${toy.url}?query=mutation{forget}`, { headers: { 'apollo-require-preflight': '1' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(toy.executed).toBe(before);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as a POST of %s, which any page can send, is a 4xx (A35, A42)',
    async (type) => {
      const body = '{"query":"mutation{forget}"}';
      const before = toy.executed;
      const { status } = await fetch(toy.url, { method: 'POST', headers: { 'content-type': type }, body });
      expect([400, 415]).toContain(status);
      expect(toy.executed).toBe(before);
    },
  );

  it('as a GET with an odd content type is a 415 (A35)', async () => {
    for (const type of ['application/x-y', 'application/graphql', ';;;']) {
      const response = await fetch(`${toy.url}?query={__typename}`, { headers: { 'content-type': type } });
      expect(response.status).toBe(415);
    }
  });

  it('as a GET without a header that needs a preflight is a 400', async () => {
    const { status, errors } = await readAnswer(await fetch(`${toy.url}?query={__typename}`));
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it.each(['apollo-require-preflight', 'graphql-require-preflight', 'x-apollo-operation-name'])(
    'as a GET with %s, which no foreign page sends without asking, is answered',
    async (name) => {
      const { status } = await fetch(`${toy.url}?query={__typename}`, { headers: { [name]: '1' } });
      expect(status).toBe(200);
    },
  );

  it.each(['text/event-stream', 'multipart/mixed', 'text/csv'])(
    'that accepts only %s is a 406 that runs nothing (A42)',
    async (accept) => {
      const before = toy.executed;
      expect((await ask(toy, '{ user { id } }', {}, { accept })).status).toBe(406);
      expect(toy.executed).toBe(before);
    },
  );
});

describe('a header that is long', () => {
  it('and says the type of a body is a 415 before anything takes it apart', async () => {
    const { status } = await post(
      { query: '{ __typename }' },
      { 'content-type': `application/json;${' '.repeat(14_000)}x` },
    );
    expect(status).toBe(415);
  });
});

describe('names', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is an alias and a variable like any other (A41)',
    async (name) => {
      const query = `query($${name}: String) { ${name}: user(id: $${name}) { ${name}: id } }`;
      const { data } = await ask(toy, query);
      expect(data).toHaveProperty([name]);
      const body = `{"query":${JSON.stringify('query($v: String) { a: user(id: $v) { id } }')},"variables":{"v":"1","${name}":{"polluted":true}}}`;
      const answer = await fetch(toy.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(await answer.json()).toEqual({ data: { a: { id: '1' } } });
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );

  it.each([
    '{ usr { id } }',
    '{ user(idd: "1") { id } }',
    '{ user { displayNam } }',
    'query($idd: String) { user(id: $id) { id } }',
    '{ user }',
    '{ user { ... on Usr { id } } }',
  ])('that are nearly right are not suggested in production: %s (A13)', async (query) => {
    const { errors } = await ask(production, query);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.map(({ message }) => message).join()).not.toMatch(/did you mean/i);
    expect((await ask(toy, query)).errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('are suggested while developing', async () => {
    expect((await ask(toy, '{ usr { id } }')).errors[0]?.message).toContain('Did you mean "user"?');
  });
});

describe('the schema in production (A12)', () => {
  it.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "User") { name } }',
    '{ _service { sdl } }',
    '{ a: _service { b: sdl } }',
  ])('is not told: %s', async (query) => {
    const { status, errors, data } = await ask(production, query);
    expect([status, data]).toEqual([400, undefined]);
    expect(errors).toMatchObject([
      {
        message:
          'The schema cannot be read from this server: introspection is off. Its operator opens it with INTROSPECTION=on.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', validationErrorCode: 'INTROSPECTION_DISABLED' },
      },
    ]);
  });

  it('is not told under other names or in fragments either', async () => {
    for (const query of [
      '{ s: __schema { t: types { name } } }',
      '{ ...F } fragment F on Query { __schema { types { name } } }',
      '{ ... { __type(name: "User") { fields { name } } } }',
    ]) {
      const { status, errors, data } = await ask(production, query);
      expect([status, data, errors.length]).toEqual([400, undefined, 1]);
      expect(errors[0]?.message).toContain('INTROSPECTION=on');
    }
  });

  it('may be asked for the name of a type', async () => {
    const { data, errors } = await ask(production, '{ __typename user { __typename } }');
    expect([data, errors]).toEqual([{ __typename: 'Query', user: { __typename: 'User' } }, []]);
  });

  it('is told where introspection is asked for', async () => {
    const open = await startToyServer({
      environment: { NODE_ENV: 'production', GRAPH_AUTH: 'none', INTROSPECTION: 'on' },
    });
    expect((await ask(open, '{ __schema { queryType { name } } _service { sdl } }')).errors).toEqual([]);
    await open.close();
  });
});

describe('persisted queries', () => {
  const query = '{ user(id: "apq") { id } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };

  it('work as Apollo Client uses them', async () => {
    expect((await post({ extensions })).errors[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await post({ query, extensions })).data).toEqual({ user: { id: 'apq' } });
    expect((await post({ extensions })).data).toEqual({ user: { id: 'apq' } });
  });

  it('are refused with a wrong hash (A34)', async () => {
    const { status, errors } = await post({ query: '{ user { id } }', extensions });
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('beyond the limits are not stored', async () => {
    const large = aliases(100);
    const hash = createHash('sha256').update(large).digest('hex');
    const given = { persistedQuery: { version: 1, sha256Hash: hash } };
    expect((await post({ query: large, extensions: given })).status).toBe(400);
    expect((await post({ extensions: given })).errors[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('are kept in a store that does not grow beyond its bound (A34)', async () => {
    const store = new BoundedStore<string>(10_000, (value) => value.length);
    for (let index = 0; index < 5_000; index += 1) await store.set(`hash${index}`, 'x'.repeat(100));
    expect(store.size).toBeLessThanOrEqual(10_000);
    expect(await store.get('hash4999')).toBeDefined();
    expect(await store.get('hash0')).toBeUndefined();
  });

  it('are kept in a store that holds no more of them for being small (A34)', async () => {
    const store = new BoundedStore<string>(10_000, (value) => value.length);
    const keys = Array.from({ length: 5_000 }, (_, index) => `hash${index}`);
    for (const key of keys) await store.set(key, '{a}');
    const kept = await Promise.all(keys.map((key) => store.get(key)));
    expect(kept.filter((value) => value !== undefined).length).toBeLessThanOrEqual(100);
  });
});

describe('errors without end', () => {
  it('are 50 with a total (A44)', async () => {
    const { errors, extensions, text } = await ask(toy, '{ failures(count: 10000) { id } }');
    expect(errors).toHaveLength(50);
    expect(extensions).toEqual({ errors: { total: 10_000, shown: 50 } });
    expect(Buffer.byteLength(text)).toBeLessThan(64_000);
  }, 30_000);

  it('from 100,000 wrong variable entries make a small answer (A14)', async () => {
    const ids = Array.from({ length: 100_000 }, () => 'x');
    const { text, errors } = await ask(toy, 'query($ids: [Int]) { failures(ids: $ids) { id } }', { ids });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors.length).toBeLessThanOrEqual(50);
    expect(Buffer.byteLength(text)).toBeLessThan(64_000);
  });

  it.each(['€', '"', '\u0001', '\\'])('from long values full of %j make a small answer too (A14)', async (letter) => {
    const ids = Array.from({ length: 250 }, () => letter.repeat(1_000));
    const { text, errors, extensions } = await ask(toy, 'query($ids: [Int]) { failures(ids: $ids) { id } }', { ids });
    expect(errors.length).toBeGreaterThan(5);
    expect(Buffer.byteLength(text)).toBeLessThan(64_000);
    if (errors.length < 50) expect(extensions).toMatchObject({ errors: { shown: errors.length } });
  });

  it('quote little of what the client sent', async () => {
    const { errors } = await ask(toy, `{ ${'x'.repeat(500_000)} }`);
    expect(errors[0]?.message.length).toBeLessThan(1_100);
  });
});
