import {
  GraphQLError,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { AuthError } from '../../src/auth/AuthError.js';
import { readConfig } from '../../src/config/readConfig.js';
import { GraphError } from '../../src/graph/errors/GraphError.js';
import { GraphUsage } from '../../src/graph/GraphUsage.js';
import type { GatewayContext } from '../../src/resolvers/GatewayContext.js';
import { createLogger } from '../../src/server/createLogger.js';
import { createServer, type GatewayServer } from '../../src/server/createServer.js';
import type { ServerOptions } from '../../src/server/ServerOptions.js';
import type { CallerSignal } from '../../src/graph/CallerSignal.js';
import { createGate } from '../support/createGate.js';

/** What the resolvers of the toy schema have seen and how they can be held back. */
export interface Toy {
  readonly server: GatewayServer;
  readonly url: string;
  /** Lines of the log, as text. */
  readonly lines: string[];
  /** How often anything was executed. */
  executed: number;
  /** What `wait` waits for. */
  release: () => void;
  /** Resolves once `wait` has been entered. */
  readonly entered: Promise<void>;
  /** The signal of the last request. */
  signal: CallerSignal | undefined;
  close(): Promise<void>;
}

export interface ToyOptions {
  readonly environment?: Record<string, string>;
  readonly options?: Partial<ServerOptions>;
  /** Demand this bearer token. */
  readonly token?: string;
}

const user: GraphQLObjectType = new GraphQLObjectType({
  name: 'User',
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLString) },
    displayName: { type: GraphQLString, resolve: () => 'Ada' },
    manager: { type: user, resolve: () => ({ id: 'boss' }) },
  }),
});

function schemaOf(toy: Toy, wait: Promise<void>, enter: () => void): GraphQLSchema {
  const counted = <T>(value: T): T => {
    toy.executed += 1;
    return value;
  };
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: {
      user: {
        type: user,
        args: { id: { type: GraphQLString }, first: { type: GraphQLInt } },
        resolve: (_source, { id }: { id?: string }) => counted({ id: id ?? 'none' }),
      },
      forbidden: {
        type: user,
        resolve: () => {
          throw new GraphError('FORBIDDEN', 'Microsoft Graph does not allow this call.', {
            graph: { status: 403, code: 'Authorization_RequestDenied', requestId: 'r-1', clientRequestId: 'c-1' },
            operation: { method: 'GET', path: '/users/1' },
          });
        },
      },
      throttled: {
        type: user,
        resolve: () => {
          throw new GraphError('THROTTLED', 'Microsoft Graph throttles.', { retryable: true, retryAfterSeconds: 7 });
        },
      },
      challenged: {
        type: user,
        resolve: () => {
          throw new AuthError('CLAIMS_CHALLENGE', 'More is needed.', { claims: '{"a":1}', correlationId: 'k' });
        },
      },
      broken: {
        type: user,
        resolve: () => {
          throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7 Bearer abc.def'), { code: 'ECONNREFUSED' });
        },
      },
      coded: {
        type: user,
        resolve: () => {
          throw new GraphQLError('No such thing.', { extensions: { code: 'BAD_USER_INPUT', argument: 'id' } });
        },
      },
      failures: {
        type: new GraphQLList(user),
        args: { count: { type: GraphQLInt }, ids: { type: new GraphQLList(GraphQLInt) } },
        resolve: (_source, { count = 0 }: { count?: number }) =>
          Array.from({ length: count }, () => new GraphError('UPSTREAM_ERROR', 'Microsoft Graph failed.')),
      },
      wait: {
        type: GraphQLString,
        resolve: async () => {
          enter();
          await wait;
          return counted('waited');
        },
      },
      _service: { type: new GraphQLObjectType({ name: '_Service', fields: { sdl: { type: GraphQLString } } }) },
    },
  });
  const mutation = new GraphQLObjectType({
    name: 'Mutation',
    fields: { forget: { type: GraphQLString, resolve: () => counted('forgotten') } },
  });
  return new GraphQLSchema({ query, mutation });
}

function demandToken(authorization: string | undefined, token: string | undefined): void {
  if (token === undefined || authorization === `Bearer ${token}`) return;
  throw new AuthError('UNAUTHENTICATED', 'The request carries no bearer token.');
}

/** A real server around a small schema, on a free port. */
export async function startToyServer({ environment, options, token }: ToyOptions = {}): Promise<Toy> {
  const lines: string[] = [];
  const exit = createGate();
  const entry = createGate();
  const toy = { lines, executed: 0, release: exit.open, entered: entry.opened, signal: undefined } as unknown as Toy & {
    server: GatewayServer;
    url: string;
  };
  const config = readConfig({ PORT: '0', ...environment });
  toy.server = await createServer({
    schema: schemaOf(toy, exit.opened, entry.open),
    config,
    log: createLogger(config.logLevel, { write: (line: string) => void lines.push(line) }),
    createContext: async ({ authorization, signal }) => {
      demandToken(authorization, token);
      toy.signal = signal;
      return { usage: new GraphUsage() } as unknown as GatewayContext;
    },
    ready: () => true,
    ...options,
  });
  toy.url = `${toy.server.url}graphql`;
  toy.close = async () => {
    exit.open();
    await toy.server.close();
  };
  return toy;
}

/** A GraphQL error as clients see it. */
export interface ShownError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly ShownError[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Reads a response of GraphQL over HTTP. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const { errors = [], extensions = {}, ...rest } = JSON.parse(text) as Partial<Answer>;
  return { status: response.status, headers: response.headers, text, errors, extensions, ...rest };
}

/** Asks by POST. */
export async function ask(
  toy: Pick<Toy, 'url'>,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return readAnswer(
    await fetch(toy.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    }),
  );
}
