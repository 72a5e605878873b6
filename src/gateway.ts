import { createHash, hkdfSync } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { Admission, type Admitted } from './admission/Admission.js';
import type { AuthDependencies } from './auth/AuthDependencies.js';
import { createAuthenticator } from './auth/createAuthenticator.js';
import type { Caller } from './auth/Caller.js';
import { readClientCredential, readStoreSecret } from './auth/identity/readClientCredential.js';
import { advisePermission } from './auth/permissions/advisePermission.js';
import { createSharedStore } from './cache/createSharedStore.js';
import type { SharedStore } from './cache/SharedStore.js';
import type { GatewayConfig } from './config/GatewayConfig.js';
import { createCursors } from './execution/Cursors.js';
import type { GraphClientOptions } from './graph/GraphClientOptions.js';
import { GraphClient } from './graph/GraphClient.js';
import type { GraphSession } from './graph/GraphSession.js';
import { GraphUsage } from './graph/GraphUsage.js';
import type { Flow } from './graph/queue/Flow.js';
import { createGraphReader } from './loaders/graphLoader.js';
import { withoutSignedInUser } from './loaders/withoutSignedInUser.js';
import type { ProductNames } from './mapping/mappingTypes.js';
import { readProductNames } from './names/readProductNames.js';
import type { GatewayContext } from './resolvers/context.js';
import { createWriteContext } from './resolvers/createWriteContext.js';
import { checkCost } from './resolvers/checkCost.js';
import { createSchema } from './schema/createSchema.js';
import { createServer, type ServerOptions } from './server/createServer.js';
import { readTrustedDocuments } from './server/TrustedDocuments.js';
import { createQuotas, type WriteQuota } from './writes/WriteQuota.js';

/** A gateway that listens. */
export interface Gateway {
  readonly url: string;
  /** Answers what is in flight, then stops. */
  close(): Promise<void>;
}

interface EmbeddedGraph {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** The Graph that is asked: the one of the configuration, or an emulator of our own on a free port. */
async function openGraph(config: GatewayConfig): Promise<EmbeddedGraph> {
  if (config.auth.mode !== 'emulator') return { baseUrl: config.graph.baseUrl, close: async () => undefined };
  const { startEmulator } = await import('./emulator/index.js');
  const emulator = await startEmulator({ users: config.emulator.users });
  return { baseUrl: emulator.url, close: () => emulator.close() };
}

/** What all replicas have in common and nobody else knows: the application's credential, else the address of the store. */
function sharedSecret({ auth, graph }: GatewayConfig): string {
  const hasCredential = auth.mode === 'app' || auth.mode === 'obo';
  return hasCredential
    ? readStoreSecret(readClientCredential(auth))
    : `${auth.mode} ${graph.baseUrl} ${auth.cacheUrl ?? ''}`;
}

/**
 * The key of cursors. All replicas have to come to the same one: the configured secret, else one derived from the
 * client's own, else from what all replicas share anyway. The last keeps cursors whole, not secret, which is enough:
 * a cursor gives no right, and its link is held to the service root like every other.
 */
function cursorKey(config: GatewayConfig): Buffer {
  const secret = config.cursorSecret ?? sharedSecret(config);
  return Buffer.from(hkdfSync('sha256', createHash('sha256').update(secret).digest(), '', 'cursors', 32));
}

function callerKey({ tenantId, objectId }: Caller): string {
  return tenantId === undefined && objectId === undefined ? '' : `${tenantId ?? ''}/${objectId ?? ''}`;
}

interface ContextParts {
  readonly schema: GraphQLSchema;
  readonly client: GraphClient;
  readonly admission: Admission;
  readonly readsAsApplication: boolean;
  readonly key: Buffer;
  readonly names: ProductNames;
  readonly licenseUsagePath: string;
  /** Paces the changes in a tenant. */
  readonly quotaOf: (tenantId: string | undefined) => WriteQuota;
  /** Results of changes with an idempotency key. */
  readonly store: SharedStore;
  readonly log: Logger;
  readonly random: () => number;
}

/** Never aborts: a change that has begun is carried to its end, whether or not its caller waits. */
const untilDone = new AbortController().signal;

function createContext(parts: ContextParts, caller: Caller, signal: AbortSignal, deadline: number): GatewayContext {
  const { client, names, log } = parts;
  const usage = new GraphUsage();
  let admitted: Admitted | undefined;
  /** Calls wait in the place of the operation that makes them. */
  const sessionWith = (differences: Partial<GraphSession>): GraphSession => ({
    accessToken: caller.accessToken,
    signal,
    deadline,
    usage,
    ...differences,
    get flow(): Flow | undefined {
      return admitted?.flow;
    },
  });
  const session = sessionWith({});
  const cursors = createCursors(parts.key, callerKey(caller));
  const reader = createGraphReader(client, session);
  return {
    usage,
    graph: parts.readsAsApplication ? withoutSignedInUser(reader) : reader,
    cursors,
    names,
    writes: createWriteContext({
      ...parts,
      cursors,
      session: sessionWith({ signal: untilDone, sharesReads: false }),
      callerKey: callerKey(caller),
      signedInUser: caller.objectId,
      quota: parts.quotaOf(caller.tenantId),
      report: (facts) => log.info(facts, 'change'),
    }),
    admit: async ({ cost, waves, priority }) => {
      const { tenantId } = caller;
      const who = { callerKey: callerKey(caller), tenantId, signal, deadline };
      admitted = await parts.admission.admit({ ...who, cost, waves, priority });
    },
    release: () => admitted?.release(),
    planned: undefined,
    answer: undefined,
  };
}

/** Lets operations run as there is room for their calls. */
function openAdmission(client: GraphClient, maxQueue: number): Admission {
  const { limit } = client;
  const admission = new Admission({
    maxQueue,
    now: () => client.clock.now(),
    capacity: {
      maximum: limit.maximum,
      get inFlight() {
        return limit.inFlight;
      },
      get waiting() {
        return limit.waiting;
      },
      waitingOf: (flow) => limit.waitingOf(flow),
      callMilliseconds: () => client.callMilliseconds(),
      operationsPerSecond: (tenant) => client.tenants.of(tenant).quota.unitsPerSecond,
    },
  });
  limit.onChange = (flow) => admission.look(flow);
  return admission;
}

/** What to say about calls that Graph forbids; nothing where it is not known whose token Graph sees. */
function permissionLookup({ auth }: GatewayConfig): Pick<ServerOptions, 'permissionFor'> {
  if (auth.mode === 'emulator' || auth.mode === 'none') return {};
  const type = auth.mode === 'app' ? 'application' : 'delegated';
  return { permissionFor: ({ method, path }) => advisePermission(method, path, type) };
}

/** What tests may put in place of the defaults. */
export interface GatewayDependencies {
  readonly auth?: AuthDependencies;
  readonly graph?: Pick<GraphClientOptions, 'clock' | 'random' | 'retry' | 'callTimeoutMs'>;
  /** Results of changes with an idempotency key, as several replicas share them. */
  readonly store?: SharedStore;
}

/** The composition root: makes the parts from the configuration, wires them, and listens. */
export async function startGateway(
  config: GatewayConfig,
  log: Logger,
  dependencies: GatewayDependencies = {},
): Promise<Gateway> {
  const names = await readProductNames(config.skuNames);
  const { trustedDocuments: file } = config;
  const trusted = file === undefined ? {} : { trustedDocuments: readTrustedDocuments(file) };
  const schema = createSchema({ identityFields: config.identityFields });
  const authenticator = createAuthenticator(config.auth, {
    onNotice: ({ message, ...facts }) => log.warn(facts, message),
    ...dependencies.auth,
  });
  const graph = await openGraph(config);
  const { cacheUrl } = config.auth;
  const store =
    dependencies.store ??
    createSharedStore({ secret: sharedSecret(config), ...(cacheUrl === undefined ? {} : { cacheUrl }) });
  const application = config.auth.clientId ?? config.auth.mode;
  const client = new GraphClient({
    baseUrl: graph.baseUrl,
    maxInFlight: config.graph.maxInFlight,
    sharedPace: store.counters,
    application,
    onExchange: (exchange) => log.debug(exchange, 'graph'),
    ...dependencies.graph,
  });
  const admission = openAdmission(client, config.graph.maxQueue);
  const parts: ContextParts = {
    schema,
    client,
    admission,
    readsAsApplication: config.auth.mode === 'app',
    key: cursorKey(config),
    names,
    licenseUsagePath: config.graph.licenseUsagePath,
    quotaOf: createQuotas({
      limit: config.graph.writeQuota,
      clock: client.clock,
      counters: store.counters,
      application,
    }),
    store,
    log,
    random: dependencies.graph?.random ?? Math.random,
  };
  const closeParts = async (): Promise<void> => {
    admission.close();
    await Promise.all([client.close(), authenticator.close(), store.close()]);
    await graph.close();
  };
  const server = await createServer({
    schema,
    config,
    log,
    createContext: async ({ authorization, signal, deadline }) =>
      createContext(parts, await authenticator.authenticate(authorization), signal, deadline),
    checkOperation: (document, operation, variables, context) =>
      context.admit(checkCost(schema, document, operation, variables, context, config.limits)),
    ...permissionLookup(config),
    ...trusted,
    ready: () => authenticator.ready(),
  }).catch(async (error: unknown) => {
    // What is left open would keep a process alive that serves nothing.
    await closeParts();
    throw error;
  });
  return {
    url: server.url,
    async close() {
      await server.close();
      await closeParts();
    },
  };
}
