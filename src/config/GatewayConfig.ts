import type { ProxySettings } from '../network/createDispatcher.js';

/** How the gateway comes by the token it shows to Graph (docs/configuration.md, `GRAPH_AUTH`). */
export type GraphAuth = 'emulator' | 'none' | 'passthrough' | 'app' | 'obo';

/** Whether other subgraphs may answer names, mail addresses and so on too (federation: `@shareable`). */
export type IdentityFields = 'shared' | 'owned';

/** How much the log holds; the levels of pino. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Where and how the gateway listens. Times are in milliseconds. */
export interface ServerConfig {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Origins of other web pages that may read answers; `*` is any. Empty: none. */
  readonly corsOrigins: readonly string[];
  /** Request headers that those pages may send beside the usual ones. */
  readonly corsHeaders: readonly string[];
  /** Whether clients may ask for the schema, and are told of names that are nearly right. */
  readonly introspection: boolean;
  /** Whether the header `x-graph-explain` is heeded. */
  readonly explain: boolean;
  /** Whether `/` and the pages that it leads to are served. */
  readonly entryPage: boolean;
  /** What the header `router-authorization` has to say, where only a router may ask. */
  readonly routerSecret: string | undefined;
  /** How long one query may take. */
  readonly requestTimeout: number;
  /** How long a client may take to send the headers of a request. */
  readonly headersTimeout: number;
  /** How long an idle connection is kept; has to be longer than the load balancer keeps it. */
  readonly keepAliveTimeout: number;
  /** After SIGTERM: how long new requests are still taken while readiness says no. */
  readonly drainDelay: number;
  /** After SIGTERM and the delay: how long requests in flight may take before they are cut off. */
  readonly drainTimeout: number;
}

/** What one GraphQL document may ask for. */
export interface LimitsConfig {
  /** Bytes of a request body, after decompression. */
  readonly maxBodyBytes: number;
  readonly maxTokens: number;
  /** Fields inside fields, with fragments spread out. */
  readonly maxDepth: number;
  /** Fields in all, with fragments spread out. */
  readonly maxFields: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  /** Directives on one field, fragment or operation. */
  readonly maxDirectives: number;
  /** Graph operations that a query needs at the most, as estimated before anything is sent. */
  readonly maxCost: number;
  /** Changes that one document may ask for. */
  readonly maxMutations: number;
  /** Representations that `_entities` takes in one operation. */
  readonly maxRepresentations: number;
  /** Values of one answer. */
  readonly maxValues: number;
}

/** Where Graph is. */
export interface GraphConfig {
  /** Service root without a slash at the end, such as `https://graph.microsoft.com/beta`. */
  readonly baseUrl: string;
  /** Path under the service root of one licence usage record, with `{id}`; no document states it. */
  readonly licenseUsagePath: string;
  /** How old what Graph reads may be, in milliseconds. */
  readonly replicationLagMs: number;
  /** Changes that leave in any 150 seconds, for each tenant. */
  readonly writeQuota: number;
  /** Requests at once. */
  readonly maxInFlight: number;
  /** Operations that wait to run. */
  readonly maxQueue: number;
  /** Whether options that no page documents may be tried. */
  readonly options: 'learned' | 'documented';
}

/** Whose token Graph sees; has the shape of the authentication's own options. */
export interface AuthConfig {
  readonly mode: GraphAuth;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly clientCertificatePath?: string;
  /** https origin of the identity service. */
  readonly authorityHost: string;
  /** `obo`: accepted values of `aud`. Empty: the client id, bare or as `api://CLIENT_ID`. */
  readonly audiences: readonly string[];
  /** `obo`: tenants whose users may call. Empty: `tenantId` alone. */
  readonly tenants: readonly string[];
  /** The scope that the identity service is asked for. */
  readonly graphScope: string;
  /** redis:// or rediss:// URL shared by the replicas; absent: memory of this process. */
  readonly cacheUrl?: string;
}

/** Where metrics and traces go. */
export interface TelemetryConfig {
  /** 0 picks a free one; absent: no metrics. */
  readonly metricsPort?: number;
  /** Where traces go; absent: there are none. */
  readonly traces?: 'otlp' | 'console';
}

/** The embedded emulator. */
export interface EmulatorConfig {
  /** Size of the demonstration tenant. */
  readonly users: number;
}

/** Everything the gateway can be told from outside: validated, and frozen in all its parts. */
export interface GatewayConfig {
  /** NODE_ENV is `production`. */
  readonly production: boolean;
  readonly logLevel: LogLevel;
  readonly server: ServerConfig;
  readonly limits: LimitsConfig;
  readonly graph: GraphConfig;
  readonly auth: AuthConfig;
  readonly emulator: EmulatorConfig;
  readonly proxy: ProxySettings;
  readonly telemetry: TelemetryConfig;
  readonly identityFields: IdentityFields;
  /** File or URL of Microsoft's table of product names; absent: the built-in names. */
  readonly skuNames?: string;
  /** File with the only documents that are answered. */
  readonly trustedDocuments?: string;
  /** Key under which cursors are signed; absent: the composition root derives one. */
  readonly cursorSecret?: string;
}
