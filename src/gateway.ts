import type { Logger } from 'pino';
import { openSession } from './admission/openSession.js';
import { openAdmission } from './admission/openAdmission.js';
import type { AuthDependencies } from './auth/AuthDependencies.js';
import { createAuthenticator } from './auth/createAuthenticator.js';
import type { Caller } from './auth/Caller.js';
import { advisePermission } from './auth/permissions/advisePermission.js';
import { cursorKey, sharedSecret } from './auth/replicaSecrets.js';
import { SharedFacts } from './cache/SharedFacts.js';
import { createSharedStore } from './cache/createSharedStore.js';
import type { SharedStore } from './cache/SharedStore.js';
import type { GatewayConfig } from './config/GatewayConfig.js';
import { CompiledDocuments } from './compile/CompiledDocuments.js';
import { documentedLimits, learnedLimits } from './compile/CompileLimits.js';
import type { GraphClientOptions } from './graph/GraphClientOptions.js';
import { GraphClient } from './graph/GraphClient.js';
import { GraphUsage } from './graph/GraphUsage.js';
import { normalAddress } from './graph/normalAddress.js';
import { readProductNames } from './names/readProductNames.js';
import { Answering } from './resolvers/Answering.js';
import { LearnedOptions } from './run/learned/LearnedOptions.js';
import { createSchema } from './schema/createSchema.js';
import { createExecutor, type Executor } from './server/createExecutor.js';
import { createServer } from './server/createServer.js';
import type { ServerOptions } from './server/ServerOptions.js';
import { readTrustedDocuments } from './server/TrustedDocuments.js';
import { noTelemetry, openTelemetry, type Telemetry } from './telemetry/openTelemetry.js';
import { RunningChanges } from './writes/RunningChanges.js';
import { createQuotas } from './writes/WriteQuota.js';

/** A gateway that listens. */
export interface Gateway {
  readonly url: string;
  /** Where metrics are served; undefined where they are not. */
  readonly metricsUrl: string | undefined;
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
  const emulator = await startEmulator({ users: config.emulator.users, logged: false });
  return { baseUrl: emulator.url, close: () => emulator.close() };
}

function callerKey({ tenantId, objectId }: Caller): string {
  return tenantId === undefined && objectId === undefined ? '' : `${tenantId ?? ''}/${objectId ?? ''}`;
}

/** Asked for by routers alone, so the library that prints it is loaded then. */
async function readService({ identityFields }: GatewayConfig): Promise<{ readonly sdl: string }> {
  const { publishedDefinitions } = await import('./schema/publishedDefinitions.js');
  return { sdl: publishedDefinitions({ identityFields }) };
}

/** What to say about calls that Graph forbids; nothing where it is not known whose token Graph sees. */
function permissionLookup({ auth }: GatewayConfig): Pick<ServerOptions, 'permissionFor'> {
  if (auth.mode === 'emulator' || auth.mode === 'none') return {};
  const type = auth.mode === 'app' ? 'application' : 'delegated';
  return { permissionFor: ({ method, path }) => advisePermission(method, path, type) };
}

/** What tests, and commands that execute documents themselves, may put in place of the defaults. */
export interface GatewayDependencies {
  readonly auth?: AuthDependencies;
  readonly graph?: Pick<GraphClientOptions, 'clock' | 'random' | 'retry' | 'circuit' | 'callTimeoutMs' | 'observer'>;
  /** Results of changes with an idempotency key, as several replicas share them. */
  readonly store?: SharedStore;
}

/** How often a replica takes over what others have learned of the service. */
const learnedRefreshMs = 60_000;

/** Everything behind a server, or behind an executor. */
interface WiredParts {
  readonly learned: LearnedOptions;
  readonly options: ServerOptions;
  close(): Promise<void>;
}

/** Opens everything that is neither the question nor the answer: who asks, Graph, what replicas share, who goes first. */
async function openParts(
  config: GatewayConfig,
  log: Logger,
  { metrics, tokens, graph: observer }: Telemetry,
  dependencies: GatewayDependencies,
) {
  const { proxy } = config;
  const authenticator = createAuthenticator(config.auth, {
    onNotice: ({ message, ...facts }) => log.warn(facts, message),
    observer: tokens,
    proxy,
    identityPatience: config.server.requestTimeout,
    ...dependencies.auth,
  });
  const graph = await openGraph(config);
  const { cacheUrl } = config.auth;
  const store =
    dependencies.store ??
    createSharedStore({
      secret: sharedSecret(config),
      ...(cacheUrl === undefined ? {} : { cacheUrl }),
      onRequest: (outcome) => metrics.storeRequest(outcome),
      onChange: (reason) =>
        reason === undefined
          ? log.info('CACHE_URL is reached again')
          : log.warn({ reason }, 'CACHE_URL cannot be reached: this replica shares nothing with the others'),
    });
  const application = config.auth.clientId ?? config.auth.mode;
  const client = new GraphClient({
    baseUrl: graph.baseUrl,
    maxInFlight: config.graph.maxInFlight,
    sharedPace: store.counters,
    application,
    observer,
    proxy,
    ...dependencies.graph,
  });
  const admission = openAdmission(client, config.graph.maxQueue, (reason) =>
    metrics.refused(reason === 'time' ? 'too_late' : 'queue_full'),
  );
  const { limit } = client;
  metrics.watchGraph(() => ({ inFlight: limit.inFlight, queued: limit.waiting + admission.queued }));
  const quotaOf = createQuotas({
    limit: config.graph.writeQuota,
    clock: client.clock,
    counters: store.counters,
    application,
  });
  const learned = new LearnedOptions(client.clock, new SharedFacts(store, `learned/${normalAddress(graph.baseUrl)}`));
  void learned.refresh();
  const refreshing = setInterval(() => void learned.refresh(), learnedRefreshMs).unref();
  const running = new RunningChanges();
  const close = async (): Promise<void> => {
    clearInterval(refreshing);
    await running.stop();
    admission.close();
    await Promise.all([client.close(), authenticator.close(), store.close()]);
    await graph.close();
  };
  return { authenticator, store, client, admission, quotaOf, learned, running, close };
}

/** The composition root: makes the parts from the configuration and wires them. */
async function wireParts(
  config: GatewayConfig,
  log: Logger,
  telemetry: Telemetry,
  dependencies: GatewayDependencies,
): Promise<WiredParts> {
  const { metrics, tracing } = telemetry;
  const { proxy, trustedDocuments: file } = config;
  const names = await readProductNames(config.skuNames, (message) => log.warn(message), proxy);
  const trusted = file === undefined ? {} : { trustedDocuments: readTrustedDocuments(file) };
  const schema = createSchema({ identityFields: config.identityFields });
  const parts = await openParts(config, log, telemetry, dependencies);
  const { authenticator, store, client, admission, quotaOf, learned, running } = parts;
  const compileLimits = config.graph.options === 'documented' ? documentedLimits : learnedLimits;
  const answering = new Answering({
    schema,
    compiled: new CompiledDocuments(schema, compileLimits, {
      compiled: () => metrics.planCompiled(),
      found: () => metrics.planCacheHit(),
    }),
    limits: config.limits,
    client,
    learned,
    names,
    cursorKey: cursorKey(config),
    readsAsApplication: config.auth.mode === 'app',
    store,
    running,
    licenseUsagePath: config.graph.licenseUsagePath,
    replicationLagMs: config.graph.replicationLagMs,
    random: dependencies.graph?.random ?? Math.random,
    report: (facts) => log.info(facts, 'change'),
    readService: () => readService(config),
  });
  const options: ServerOptions = {
    schema,
    config,
    log,
    createContext: async ({ authorization, signal, traceId }) => {
      const deadline = client.clock.now() + config.server.requestTimeout;
      const caller = await authenticator.authenticate(authorization);
      const usage = new GraphUsage();
      const { accessToken, tenantId, objectId } = caller;
      const key = callerKey(caller);
      const { session, admit } = openSession(admission, {
        accessToken,
        usage,
        signal,
        deadline,
        callerKey: key,
        tenantId,
      });
      const quota = quotaOf(tenantId);
      return answering.createContext({ session, admit, callerKey: key, signedInUser: objectId, quota, traceId });
    },
    answer: (request, context) => answering.answer(request, context),
    ...(config.server.explain ? { explain: (request) => answering.explain(request) } : {}),
    ...permissionLookup(config),
    ...trusted,
    metrics,
    tracing,
    ready: () => authenticator.ready(),
  };
  return {
    options,
    learned,
    async close() {
      await parts.close();
      await telemetry.close();
    },
  };
}

/** Closes what is behind something after it, or at once where it does not come about: nothing keeps the process alive. */
async function closeBehind<Front extends { close(): Promise<void> }>(
  parts: WiredParts,
  open: (options: ServerOptions) => Promise<Front>,
): Promise<Front> {
  const front = await open(parts.options).catch(async (error: unknown) => {
    await parts.close();
    throw error;
  });
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    await front.close();
    await parts.close();
  };
  return {
    ...front,
    close: () => (closing ??= closeAll()),
  };
}

/** A gateway that listens. */
export async function startGateway(
  config: GatewayConfig,
  log: Logger,
  dependencies: GatewayDependencies = {},
): Promise<Gateway> {
  const telemetry = await openTelemetry(config, log);
  const server = await closeBehind(await wireParts(config, log, telemetry, dependencies), createServer);
  return { ...server, metricsUrl: telemetry.metricsUrl };
}

/** Executes documents in this process. */
export interface OwnExecutor extends Executor {
  /** What has been learned of options that no page documents, a line each. */
  learned(): readonly string[];
}

/** A gateway that does not listen: this process executes documents with it. */
export async function openExecutor(
  config: GatewayConfig,
  log: Logger,
  dependencies: GatewayDependencies = {},
): Promise<OwnExecutor> {
  const parts = await wireParts(config, log, noTelemetry(log), dependencies);
  await parts.learned.refresh();
  return { ...(await closeBehind(parts, createExecutor)), learned: () => parts.learned.describe() };
}
