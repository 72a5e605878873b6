import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { AuthError } from '../../src/auth/AuthError.js';
import { InputError } from '../../src/odata/InputError.js';
import { formatError, isMasked } from '../../src/server/errors/formatError.js';
import { toExtensions } from '../../src/server/errors/toExtensions.js';
import { GraphError } from '../../src/graph/errors/GraphError.js';
import type { OperationAnswer } from '../../src/resolvers/Answering.js';
import { ask, startToyServer, type Toy } from './toyServer.js';

let toy: Toy;
beforeAll(async () => {
  toy = await startToyServer({ options: { permissionFor: ({ path }) => ({ least: `Read ${path}` }) } });
});
afterAll(() => toy.close());

describe('an error', () => {
  it('of Graph keeps code, facts and the permission that was missing', async () => {
    const { status, data, errors } = await ask(toy, '{ forbidden { id } user(id: "1") { id } }');
    expect(status).toBe(200);
    expect(data).toEqual({ forbidden: null, user: { id: '1' } });
    expect(errors).toEqual([
      {
        message: 'Microsoft Graph does not allow this call.',
        locations: [{ line: 1, column: 3 }],
        path: ['forbidden'],
        extensions: {
          code: 'FORBIDDEN',
          retryable: false,
          graph: { status: 403, code: 'Authorization_RequestDenied', requestId: 'r-1', clientRequestId: 'c-1' },
          permission: { least: 'Read /users/1' },
        },
      },
    ]);
  });

  it('that is retryable says so, and when', async () => {
    const { errors } = await ask(toy, '{ throttled { id } }');
    expect(errors[0]?.extensions).toEqual({ code: 'THROTTLED', retryable: true, retryAfterSeconds: 7 });
  });

  it('of authentication keeps the claims', async () => {
    const { errors } = await ask(toy, '{ challenged { id } }');
    expect(errors[0]?.extensions).toEqual({
      code: 'CLAIMS_CHALLENGE',
      retryable: false,
      claims: '{"a":1}',
      correlationId: 'k',
    });
  });

  it('raised as a GraphQLError with a published code keeps its extensions', async () => {
    const { errors } = await ask(toy, '{ coded { id } }');
    expect(errors[0]).toMatchObject({
      message: 'No such thing.',
      extensions: { code: 'BAD_USER_INPUT', retryable: false, argument: 'id' },
    });
  });

  it('of any other kind is masked, and its original stands in the log alone, without tokens', async () => {
    const { text, errors } = await ask(toy, '{ a: broken { id } }');
    expect(errors[0]).toMatchObject({
      message: 'Internal server error',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false },
    });
    expect(text).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|stack/);
    const line = toy.lines.find((candidate) => candidate.includes('masked error'));
    expect(line).toContain('ECONNREFUSED');
    expect(line).toContain('Bearer [hidden]');
    expect(line).not.toContain('abc.def');
  });

  it('never shows a stack trace', async () => {
    for (const query of ['{ broken { id } }', '{ coded { id } }', '{ nothing }', '{', '{ forbidden { id } }']) {
      expect((await ask(toy, query)).text).not.toMatch(/stack|\.ts:|node_modules/i);
    }
  });
});

describe('a request that is refused before anything is planned', () => {
  it.each([
    [new AuthError('UNAUTHENTICATED', 'No token.'), 401],
    [new AuthError('CONSENT_REQUIRED', 'No consent.'), 403],
    [new AuthError('IDENTITY_UNAVAILABLE', 'Down.', { retryAfterSeconds: 3 }), 503],
    [new GraphQLError('Go away.', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } }), 401],
    [new Error('secret detail'), 500],
  ])('because of %s has the status %i', async (error, status) => {
    const refusing = await startToyServer({
      options: {
        createContext: async () => {
          throw error;
        },
      },
    });
    const answer = await ask(refusing, '{ user { id } }');
    expect(answer.status).toBe(status);
    expect(answer.data).toBeUndefined();
    expect(answer.text).not.toContain('secret detail');
    expect(refusing.executed).toBe(0);
    await refusing.close();
  });

  it('says in its headers what token it wants, and when to come again', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true}}}';
    const challenged = await startToyServer({
      options: {
        createContext: async () => {
          throw new AuthError('CLAIMS_CHALLENGE', 'More.', { claims, retryAfterSeconds: 2 });
        },
      },
    });
    const { headers, errors } = await ask(challenged, '{ user { id } }');
    expect(headers.get('www-authenticate')).toContain(`claims="${Buffer.from(claims).toString('base64')}"`);
    expect(headers.get('retry-after')).toBe('2');
    expect(errors[0]?.extensions).toMatchObject({ code: 'CLAIMS_CHALLENGE', claims });
    await challenged.close();
  });

  it.each([
    [new InputError('first has to be from 1 to 999.'), 'BAD_USER_INPUT'],
    [
      new GraphQLError('Too much.', { extensions: { code: 'QUERY_TOO_COMPLEX', cost: 9, max: 8 } }),
      'QUERY_TOO_COMPLEX',
    ],
  ])('by `answer` is a 400 with any media type', async (error, code) => {
    const checking = await startToyServer({
      options: {
        answer: async () => {
          throw error;
        },
      },
    });
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const answer = await ask(checking, '{ user { id } }', {}, { accept });
      expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([400, code]);
      expect(answer.errors[0]?.message).toBe(error.message);
    }
    expect(checking.executed).toBe(0);
    await checking.close();
  });

  it('gives `answer` the operation, its variables and the context', async () => {
    const seen: unknown[] = [];
    const checking = await startToyServer({
      options: {
        answer: async ({ operation, variables }, context) => {
          seen.push(operation.name?.value, variables, Object.keys(context));
          return { data: { user: null }, errors: [] };
        },
      },
    });
    await ask(checking, 'query Named($id: String) { user(id: $id) { id } }', { id: '7' });
    expect(seen).toEqual(['Named', { id: '7' }, ['usage', 'trace', 'request']]);
    await checking.close();
  });

  it('lets go of what `answer` gives once it is text, so that nothing that became old while it waited keeps it', async () => {
    const answers: OperationAnswer[] = [];
    const checking = await startToyServer({
      options: {
        answer: async () => {
          const given = { data: { user: { id: '7' } }, errors: [] };
          answers.push(given);
          return given;
        },
      },
    });
    expect(await ask(checking, '{ user(id: "7") { id } }')).toMatchObject({ data: { user: { id: '7' } } });
    expect(answers).toEqual([{ data: { user: undefined }, errors: [] }]);
    await checking.close();
  });
});

describe('formatError', () => {
  const options = { suggestions: true };
  const format = (error: GraphQLError) => formatError(error.toJSON(), error, options);

  it('masks an error whose code is not published, such as those of Node', () => {
    const original = Object.assign(new Error('getaddrinfo ENOTFOUND graph.internal'), { code: 'ENOTFOUND' });
    const error = new GraphQLError(original.message, { originalError: original, path: ['a'] });
    expect(format(error).message).toBe('Internal server error');
    expect(isMasked(error)).toBe(true);
  });

  it('masks what graphql-js says of our own data', () => {
    const error = new GraphQLError('Int cannot represent non-integer value: "secret"', { path: ['a'] });
    expect(format(error).message).toBe('Internal server error');
  });

  it('keeps no HTTP head and no stack in the extensions', () => {
    const error = new GraphQLError('x', {
      extensions: { code: 'BAD_REQUEST', http: { status: 400 }, stacktrace: ['at'] },
    });
    expect(format(error).extensions).toEqual({ code: 'BAD_REQUEST', retryable: false });
  });

  it('says that the outcome of a write is unknown only where it is', () => {
    expect(toExtensions(new GraphError('UPSTREAM_TIMEOUT', 'x', { outcomeKnown: false }))).toEqual({
      code: 'UPSTREAM_TIMEOUT',
      retryable: false,
      outcomeKnown: false,
    });
    expect(toExtensions(new GraphError('UPSTREAM_TIMEOUT', 'x'))).toEqual({
      code: 'UPSTREAM_TIMEOUT',
      retryable: true,
    });
  });
});
