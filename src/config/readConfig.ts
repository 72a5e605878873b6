import type { ProxySettings } from '../network/createDispatcher.js';
import { isLoopback } from '../network/isLoopback.js';
import { ConfigError } from './ConfigError.js';
import type { AuthConfig, GatewayConfig, LimitsConfig, ServerConfig, TelemetryConfig } from './GatewayConfig.js';
import { readVariables, type Environment, type VariableValues } from './readVariables.js';

function refuseSilentEmulator(values: VariableValues, environment: Environment): void {
  const isSet = (name: string): boolean => (environment[name] ?? '').trim() !== '';
  if (values.NODE_ENV === 'production' && !isSet('GRAPH_AUTH')) {
    throw new ConfigError(
      'GRAPH_AUTH',
      'has to be set when NODE_ENV is production (emulator, none, passthrough, app or obo)',
    );
  }
  const wantsOtherGraph = isSet('GRAPH_BASE_URL') && values.GRAPH_BASE_URL !== 'https://graph.microsoft.com/beta';
  if (values.GRAPH_AUTH === 'emulator' && wantsOtherGraph) {
    throw new ConfigError(
      'GRAPH_BASE_URL',
      'is not used by GRAPH_AUTH=emulator; set GRAPH_AUTH to none, passthrough, app or obo',
    );
  }
}

/** A token must not cross a network in plain text; without one, http is as good as the network it runs on. */
function refuseTokenOverPlainHttp(values: VariableValues): void {
  const { protocol, hostname } = new URL(values.GRAPH_BASE_URL);
  if (protocol === 'https:' || isLoopback(hostname) || values.GRAPH_AUTH === 'none') return;
  throw new ConfigError('GRAPH_BASE_URL', 'has to begin with https://, because tokens are sent there');
}

function refuseHalfCredentials(values: VariableValues): void {
  const mode = values.GRAPH_AUTH;
  if (mode !== 'app' && mode !== 'obo') return;
  for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'] as const) {
    if (values[name] === undefined) throw new ConfigError(name, `has to be set for GRAPH_AUTH=${mode}`);
  }
  const { AZURE_CLIENT_SECRET: secret, AZURE_CLIENT_CERTIFICATE_PATH: certificate } = values;
  if (secret === undefined && certificate === undefined) {
    throw new ConfigError(
      'AZURE_CLIENT_SECRET',
      `this or AZURE_CLIENT_CERTIFICATE_PATH has to be set for GRAPH_AUTH=${mode}`,
    );
  }
  if (secret !== undefined && certificate !== undefined) {
    throw new ConfigError('AZURE_CLIENT_SECRET', 'is set together with AZURE_CLIENT_CERTIFICATE_PATH; only one may be');
  }
}

/** Told here, since it would be the other one of the two that cannot listen. */
function refusePortTwice({ PORT: port, METRICS_PORT: metricsPort }: VariableValues): void {
  if (metricsPort !== port || port === 0) return;
  throw new ConfigError('METRICS_PORT', 'has to be another port than PORT (0 picks a free one)');
}

function buildServer(values: VariableValues, production: boolean): ServerConfig {
  return {
    host: values.HOST,
    port: values.PORT,
    corsOrigins: values.CORS_ORIGINS,
    corsHeaders: values.CORS_HEADERS,
    introspection: values.INTROSPECTION ?? !production,
    explain: values.EXPLAIN ?? !production,
    // The pages are for queries that are made up there, of which only those of a list would be answered.
    entryPage: values.ENTRY_PAGE ?? !(production || values.TRUSTED_DOCUMENTS !== undefined),
    routerSecret: values.ROUTER_SECRET,
    requestTimeout: values.REQUEST_TIMEOUT_MS,
    headersTimeout: values.HEADERS_TIMEOUT_MS,
    keepAliveTimeout: values.KEEP_ALIVE_MS,
    drainDelay: values.DRAIN_DELAY_MS,
    drainTimeout: values.DRAIN_TIMEOUT_MS,
  };
}

function buildLimits(values: VariableValues): LimitsConfig {
  return {
    maxBodyBytes: values.MAX_BODY_BYTES,
    maxTokens: values.MAX_TOKENS,
    maxDepth: values.MAX_DEPTH,
    maxFields: values.MAX_FIELDS,
    maxAliases: values.MAX_ALIASES,
    maxRootFields: values.MAX_ROOT_FIELDS,
    maxDirectives: values.MAX_DIRECTIVES,
    maxCost: values.MAX_COST,
    maxMutations: values.MAX_MUTATIONS,
    maxRepresentations: values.MAX_REPRESENTATIONS,
    maxValues: values.MAX_VALUES,
  };
}

/** The entries that have a value, so that an optional property is absent and never undefined. */
function present<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function buildAuth(values: VariableValues): AuthConfig {
  return {
    mode: values.GRAPH_AUTH,
    authorityHost: values.AZURE_AUTHORITY_HOST,
    audiences: values.GATEWAY_AUDIENCE,
    tenants: values.GATEWAY_TENANTS,
    graphScope: `${new URL(values.GRAPH_BASE_URL).origin}/.default`,
    ...present({
      tenantId: values.AZURE_TENANT_ID,
      clientId: values.AZURE_CLIENT_ID,
      clientSecret: values.AZURE_CLIENT_SECRET,
      clientCertificatePath: values.AZURE_CLIENT_CERTIFICATE_PATH,
      cacheUrl: values.CACHE_URL,
    }),
  };
}

function buildProxy(values: VariableValues): ProxySettings {
  // The embedded emulator is in this very process.
  if (values.GRAPH_AUTH === 'emulator') return {};
  return present({ https: values.HTTPS_PROXY, http: values.HTTP_PROXY, direct: values.NO_PROXY });
}

function chooseTraces(values: VariableValues): TelemetryConfig['traces'] {
  const { OTEL_TRACES_EXPORTER: exporter, OTEL_SDK_DISABLED: isDisabled } = values;
  if (isDisabled || exporter === 'none') return undefined;
  const hasEndpoint = values.OTEL_EXPORTER_OTLP_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  return exporter ?? (hasEndpoint === undefined ? undefined : 'otlp');
}

function buildTelemetry(values: VariableValues): TelemetryConfig {
  return present({ metricsPort: values.METRICS_PORT, traces: chooseTraces(values) });
}

function freezeDeeply<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) freezeDeeply(part as object);
  }
  return Object.freeze(value);
}

/**
 * The configuration of the gateway from the environment of its process (docs/configuration.md). Raises a ConfigError whose
 * message is one line that names the variable; a secret is never shown.
 */
export function readConfig(environment: Environment): GatewayConfig {
  const values = readVariables(environment);
  refuseSilentEmulator(values, environment);
  refuseTokenOverPlainHttp(values);
  refuseHalfCredentials(values);
  refusePortTwice(values);
  const production = values.NODE_ENV === 'production';
  return freezeDeeply({
    production,
    logLevel: values.LOG_LEVEL,
    server: buildServer(values, production),
    limits: buildLimits(values),
    graph: {
      baseUrl: values.GRAPH_BASE_URL,
      licenseUsagePath: values.LICENSE_USAGE_PATH,
      replicationLagMs: values.REPLICATION_LAG_MS,
      writeQuota: values.WRITE_QUOTA,
      maxInFlight: values.MAX_IN_FLIGHT,
      maxQueue: values.MAX_QUEUE,
      options: values.GRAPH_OPTIONS,
    },
    auth: buildAuth(values),
    emulator: { users: values.EMULATOR_USERS },
    proxy: buildProxy(values),
    telemetry: buildTelemetry(values),
    identityFields: values.IDENTITY_FIELDS,
    ...present({
      skuNames: values.SKU_NAMES,
      trustedDocuments: values.TRUSTED_DOCUMENTS,
      cursorSecret: values.CURSOR_SECRET,
    }),
  });
}
