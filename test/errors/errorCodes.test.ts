import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { AuthError } from '../../src/auth/AuthError.js';
import { errorCodes, type ErrorCode } from '../../src/errors/errorCodes.js';
import { GraphError, type GraphErrorCode } from '../../src/graph/errors/GraphError.js';
import { formatError } from '../../src/server/errors/formatError.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { failureIn, get, openClient, post, type OpenClient } from '../graph/support/openClient.js';
import { startRawServer } from '../graph/support/startRawServer.js';

/** What a client sees of an error, whoever has raised it. */
function shown(error: Error): Readonly<Record<string, unknown>> {
  const wrapped =
    error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error, path: ['a'] });
  return formatError(wrapped.toJSON(), wrapped, { suggestions: true }).extensions ?? {};
}

/**
 * The one meaning of `retryable`: the same request can succeed later without anybody doing anything. Written down once
 * more here, so that a change of the list is a decision.
 */
const expected: Readonly<Record<ErrorCode, boolean | 'sometimes'>> = {
  UNAUTHENTICATED: false,
  CLAIMS_CHALLENGE: false,
  INTERACTION_REQUIRED: false,
  FORBIDDEN: false,
  CONSENT_REQUIRED: false,
  NOT_FOUND: false,
  CONFLICT: 'sometimes',
  BAD_USER_INPUT: false,
  QUERY_TOO_COMPLEX: false,
  THROTTLED: true,
  CANCELLED: false,
  NOT_SUPPORTED: false,
  UPSTREAM_ERROR: true,
  UPSTREAM_BAD_RESPONSE: 'sometimes',
  CIRCUIT_OPEN: true,
  OVERLOADED: true,
  PAGINATION_LOOP: false,
  OUTCOME_UNKNOWN: false,
  UPSTREAM_UNAVAILABLE: true,
  IDENTITY_UNAVAILABLE: 'sometimes',
  UPSTREAM_TIMEOUT: true,
  BAD_REQUEST: false,
  GRAPHQL_PARSE_FAILED: false,
  GRAPHQL_VALIDATION_FAILED: false,
  OPERATION_RESOLUTION_FAILURE: false,
  PERSISTED_QUERY_NOT_FOUND: false,
  PERSISTED_QUERY_NOT_SUPPORTED: false,
};
/** Exhaustive: the compiler asks for a code that is missing here. */
const ofGraph: Readonly<Record<GraphErrorCode, true>> = {
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  NOT_FOUND: true,
  BAD_USER_INPUT: true,
  CONFLICT: true,
  THROTTLED: true,
  CLAIMS_CHALLENGE: true,
  UPSTREAM_ERROR: true,
  UPSTREAM_TIMEOUT: true,
  UPSTREAM_UNAVAILABLE: true,
  UPSTREAM_BAD_RESPONSE: true,
  CANCELLED: true,
  CIRCUIT_OPEN: true,
};
const graphErrorCodes = Object.keys(ofGraph) as readonly GraphErrorCode[];
const codes = Object.entries(expected) as readonly (readonly [ErrorCode, boolean | 'sometimes'])[];

describe('retryable', () => {
  it('is decided for every code of the list', () => {
    expect(codes.map(([code]) => code).sort()).toEqual(Object.keys(errorCodes).sort());
  });

  it.each(codes)('%s: is %p, whatever the error says, unless the code leaves it to the error', (code, retryable) => {
    for (const said of [true, false, undefined]) {
      const error = new GraphQLError('x', { extensions: { code, retryable: said } });
      expect(shown(error).retryable).toBe(retryable === 'sometimes' ? said === true : retryable);
    }
  });

  it.each(graphErrorCodes)('means the same where Graph is what failed: %s', (code) => {
    const retryable = expected[code];
    for (const said of [true, false]) {
      const error = new GraphError(code, 'x', { retryable: said });
      expect([error.retryable, shown(error).retryable]).toEqual(
        Array(2).fill(retryable === 'sometimes' ? said : retryable),
      );
    }
  });

  it.each(graphErrorCodes)('is false for a write that may have been done already: %s', (code) => {
    expect(shown(new GraphError(code, 'x', { retryable: true, outcomeKnown: false }))).toMatchObject({
      retryable: false,
      outcomeKnown: false,
    });
  });

  it('is true where the identity service is down, and false where it has refused the gateway', () => {
    expect(shown(new AuthError('IDENTITY_UNAVAILABLE', 'x')).retryable).toBe(true);
    expect(shown(new AuthError('IDENTITY_UNAVAILABLE', 'x', { final: true })).retryable).toBe(false);
    expect(shown(new AuthError('CONSENT_REQUIRED', 'x')).retryable).toBe(false);
  });
});

describe('a call that runs out of time', () => {
  /** A client of a Graph that never answers. */
  async function openSlow(options: {
    readonly callTimeoutMs?: number;
    readonly timeLeftMs?: number;
  }): Promise<OpenClient> {
    const server = await startRawServer(() => undefined);
    const client = openClient(server.url, options);
    closeAfterEach(server, client);
    return client;
  }

  it.each([
    ['its own', { callTimeoutMs: 50 }],
    ['that of the query', { timeLeftMs: 50 }],
  ])('is retryable where it is a read, alone and in a batch: %s', async (_, options) => {
    const graph = await openSlow(options);
    for (const operations of [[get('/me')], [get('/me'), get('/users')]]) {
      const outcomes = await graph.send(...operations);
      for (const outcome of outcomes) {
        expect(shown(failureIn(outcome))).toMatchObject({ code: 'UPSTREAM_TIMEOUT', retryable: true });
      }
    }
  });

  it('is not where it is a write, since nobody knows what became of it', async () => {
    const graph = await openSlow({ callTimeoutMs: 50 });
    const [outcome] = await graph.send(post('/assignments'));
    expect(shown(failureIn(outcome))).toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      retryable: false,
      outcomeKnown: false,
    });
  });
});
