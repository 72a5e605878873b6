import { readConfig } from '../../../src/config/readConfig.js';
import type { AuthDependencies } from '../../../src/auth/AuthDependencies.js';
import { authorizeByToken, type TokenAuthorizer } from '../../../src/emulator/identity/authorizeByToken.js';
import type { RegisteredClient } from '../../../src/emulator/identity/identityTypes.js';
import { startIdentityProvider, type IdentityProvider } from '../../../src/emulator/identity/startIdentityProvider.js';
import type { UserTokenRequest } from '../../../src/emulator/identity/TokenMint.js';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/index.js';
import { startGateway } from '../../../src/gateway.js';
import { createLogger } from '../../../src/server/createLogger.js';
import { hurriedClock } from '../../writes/support/hurriedClock.js';
import { Canaries } from './Canaries.js';

export const homeTenant = 'aaaaaaaa-0000-4000-8000-000000000001';
export const otherTenant = 'aaaaaaaa-0000-4000-8000-000000000002';
export const clientId = 'bbbbbbbb-0000-4000-8000-000000000001';
export const clientSecret = 'canary-client-secret-7f3a91';

/** An answer of a gateway over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: Record<string, unknown>;
  }[];
}

/** A gateway that listens, with a client. */
export interface OpenGateway {
  readonly url: string;
  /** Sends a query; `headers` may hold several Authorization values. */
  ask(query: string, authorization?: string, variables?: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

/** Graph with permission checks, an identity provider, any number of gateways, and everything they put out. */
export interface Stand {
  readonly emulator: Emulator;
  readonly identity: IdentityProvider;
  readonly graph: TokenAuthorizer;
  readonly canaries: Canaries;
  readonly logLines: readonly string[];
  /** Environment of a gateway in this mode. */
  variables(mode: 'app' | 'obo' | 'passthrough', changes?: Record<string, string>): Record<string, string>;
  open(
    mode: 'app' | 'obo' | 'passthrough',
    changes?: Record<string, string>,
    auth?: AuthDependencies,
  ): Promise<OpenGateway>;
  /** Bearer header of the user with this place in the emulator's tenant, for the gateway. */
  bearer(user: number, changes?: Partial<UserTokenRequest>): string;
  /** Bearer header with a Graph token of that user. */
  graphBearer(user: number, scopes: string, tid?: string): string;
  /** Closes everything; throws when a secret was put out meanwhile. */
  close(): Promise<void>;
}

export interface StandOptions {
  readonly users?: number;
  /** Rows of a page of Graph at the most. */
  readonly maxPageSize?: number;
  readonly permissions?: Pick<RegisteredClient, 'delegated' | 'application'>;
  /** PEM of a certificate by which the application may prove itself too. */
  readonly certificate?: string;
  readonly emulator?: (graph: TokenAuthorizer, identity: IdentityProvider) => Partial<EmulatorOptions>;
}

interface GraphParts {
  readonly emulator: Emulator;
  readonly identity: IdentityProvider;
  readonly graph: TokenAuthorizer;
}

/** The emulator's address is the audience of the tokens, and the tokens are what it checks: it is told of them late. */
async function startGraph(options: StandOptions, canaries: Canaries): Promise<GraphParts> {
  const late: { graph?: TokenAuthorizer; changes?: Partial<EmulatorOptions> } = {};
  const emulator = await startEmulator({
    users: options.users ?? 60,
    maxPageSize: options.maxPageSize ?? 999,
    latencyMs: 0,
    authorize: (call) => {
      canaries.hideHeader(call.authorization);
      return (late.changes?.authorize ?? late.graph?.authorize)?.(call);
    },
    userOf: (authorization) => (late.changes?.userOf ?? late.graph?.userOf)?.(authorization),
  });
  const identity = await startIdentityProvider({
    clients: [
      {
        clientId,
        secret: clientSecret,
        ...(options.certificate === undefined ? {} : { certificate: options.certificate }),
        ...(options.permissions ?? { delegated: ['Directory.Read.All'], application: ['Directory.Read.All'] }),
      },
    ],
    graphAudience: new URL(emulator.url).origin,
  });
  const graph = authorizeByToken({ identity });
  late.graph = graph;
  late.changes = options.emulator?.(graph, identity) ?? {};
  return { emulator, identity, graph };
}

function readAnswer(response: Response, text: string): Answer {
  const body = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: Answer['errors'] };
  return { status: response.status, headers: response.headers, data: body.data, errors: body.errors ?? [] };
}

function createAsk(url: string, canaries: Canaries): OpenGateway['ask'] {
  return async (query, authorization, variables) => {
    canaries.hideHeader(authorization);
    const response = await fetch(`${url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    canaries.record('response', `${JSON.stringify([...response.headers])} ${text}`);
    return readAnswer(response, text);
  };
}

export async function openStand(options: StandOptions = {}): Promise<Stand> {
  const canaries = new Canaries();
  canaries.hide(clientSecret);
  const { emulator, identity, graph } = await startGraph(options, canaries);
  const opened: OpenGateway[] = [];
  const logLines: string[] = [];
  const log = createLogger('trace', {
    write: (line) => {
      logLines.push(line);
      canaries.record('log', line);
    },
  });
  const userId = (user: number): string => emulator.tenant.users[user] ?? '';
  const stand: Stand = {
    emulator,
    identity,
    graph,
    canaries,
    logLines,
    variables: (mode, changes) => ({
      PORT: '0',
      GRAPH_AUTH: mode,
      GRAPH_BASE_URL: emulator.url,
      ...(mode === 'passthrough'
        ? {}
        : {
            AZURE_TENANT_ID: homeTenant,
            AZURE_CLIENT_ID: clientId,
            AZURE_CLIENT_SECRET: clientSecret,
            AZURE_AUTHORITY_HOST: identity.origin,
          }),
      ...changes,
    }),
    open: async (mode, changes, auth) => {
      const config = readConfig(stand.variables(mode, changes));
      const gateway = await startGateway(config, log, {
        auth: { tls: { ca: identity.ca }, ...auth },
        graph: { clock: hurriedClock() },
      });
      const open = { url: gateway.url, ask: createAsk(gateway.url, canaries), close: () => gateway.close() };
      opened.push(open);
      return open;
    },
    bearer: (user, changes) =>
      `Bearer ${identity.mintUserToken({ oid: userId(user), tid: homeTenant, aud: `api://${clientId}`, ...changes })}`,
    graphBearer: (user, scopes, tid = homeTenant) =>
      `Bearer ${identity.mintGraphToken({ tid, claims: { oid: userId(user), scp: scopes, idtyp: 'user' } })}`,
    close: async () => {
      await Promise.all(opened.map((gateway) => gateway.close()));
      for (const { url } of emulator.log()) canaries.record('url', url);
      await Promise.all([emulator.close(), identity.close()]);
      const leaks = canaries.find();
      if (leaks.length > 0) throw new Error(`secrets were put out:\n${leaks.slice(0, 10).join('\n')}`);
    },
  };
  return stand;
}
