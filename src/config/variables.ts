import {
  flag,
  headerName,
  httpsOrigin,
  listOf,
  matching,
  oneOf,
  proxyUrl,
  redisUrl,
  serviceRoot,
  text,
  webOrigin,
  wholeNumber,
  type Reader,
} from './readers.js';

/** One environment variable: what it means, and how it is read. */
export interface ConfigVariable {
  /** The text that stands in for a variable that is not set; absent where there is none. */
  readonly fallback?: string;
  /** What the documentation calls the default where `fallback` alone does not say it. */
  readonly shownDefault?: string;
  /** One or two sentences for the documentation. */
  readonly meaning: string;
  /** Another spelling, read where the name itself is not set. */
  readonly alias?: string;
  /** The value must not be shown, not even when it is wrong. */
  readonly secret?: true;
  readonly read: Reader<unknown>;
}

const tenant = matching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$/, 'a tenant id or a domain of the tenant');

/** Any name, as Node's packages have it; one that means production has to say so, because so much hangs on it. */
function nodeEnvironment(value: string): string {
  if (value !== 'production' && /^prod(uction)?$/i.test(value))
    throw new Error('has to be production, in small letters');
  return value;
}

const guid = matching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'a GUID');
const milliseconds = wholeNumber(1, 3_600_000);
const count = wholeNumber(1, 1_000_000);

/** Every variable that the gateway reads, in the order of the documentation. The one place where they are listed. */
export const variables = {
  PORT: { fallback: '4000', meaning: 'Port to listen on; 0 picks a free one.', read: wholeNumber(0, 65_535) },
  HOST: {
    fallback: '127.0.0.1',
    meaning: 'Address to listen on; 0.0.0.0 for all of them.',
    read: matching(/^[A-Za-z0-9.:-]+$/, 'a host name or an IP address'),
  },
  GRAPH_AUTH: {
    fallback: 'emulator',
    meaning:
      "`emulator`: embedded Graph with a demonstration tenant (in production only if said explicitly). `none`: no token is sent. `passthrough`: the caller's bearer token goes to Graph as it is. `app`: client credentials. `obo`: the caller's token is verified and exchanged on behalf of the user.",
    read: oneOf('emulator', 'none', 'passthrough', 'app', 'obo'),
  },
  GRAPH_BASE_URL: {
    fallback: 'https://graph.microsoft.com/beta',
    meaning: 'Service root of Graph. Not read with `GRAPH_AUTH=emulator`, and refused there.',
    read: serviceRoot,
  },
  GRAPH_OPTIONS: {
    fallback: 'learned',
    meaning:
      '`learned`: an ordinary OData option that no page documents is tried once where it would save calls, and the outcome is remembered for a day; the answers are the same. `documented`: nothing leaves that no page documents.',
    read: oneOf('learned', 'documented'),
  },
  AZURE_TENANT_ID: { meaning: '`app`, `obo`: home tenant of the application.', read: tenant },
  AZURE_CLIENT_ID: { meaning: '`app`, `obo`: id of the application.', read: guid },
  AZURE_CLIENT_SECRET: { meaning: '`app`, `obo`: secret of the application.', secret: true, read: text },
  AZURE_CLIENT_CERTIFICATE_PATH: {
    meaning: 'Instead of a secret: PEM file with certificate and private key.',
    read: text,
  },
  AZURE_AUTHORITY_HOST: {
    fallback: 'https://login.microsoftonline.com',
    meaning: 'Origin of the identity service; for a private authority set NODE_EXTRA_CA_CERTS too.',
    read: httpsOrigin,
  },
  GATEWAY_AUDIENCE: {
    fallback: '',
    shownDefault: '`AZURE_CLIENT_ID`, `api://AZURE_CLIENT_ID`',
    meaning: '`obo`: accepted values of the claim `aud`, separated by commas.',
    read: listOf(text),
  },
  GATEWAY_TENANTS: {
    fallback: '',
    shownDefault: '`AZURE_TENANT_ID`',
    meaning: '`obo`: ids of the tenants whose users may call, separated by commas.',
    read: listOf(guid),
  },
  TRUSTED_DOCUMENTS: {
    meaning:
      'JSON file with the documents that clients were built with, as graphql-codegen (`persistedDocuments`), relay-compiler (`persistConfig`) or `generate-persisted-query-manifest` writes it. Where it is set, nothing else is answered. Not for subgraphs: routers write documents of their own.',
    read: text,
  },
  SKU_NAMES: {
    shownDefault: 'built in',
    meaning: 'File or URL of Microsoft\'s CSV "Product names and service plan identifiers"; read at start.',
    read: text,
  },
  CACHE_URL: {
    shownDefault: 'in memory',
    meaning: '`redis://…` or `rediss://…`: Valkey or Redis shared by the replicas.',
    secret: true,
    read: redisUrl,
  },
  CURSOR_SECRET: {
    shownDefault: 'derived',
    meaning: 'Key under which cursors are signed, 16 characters or more; the same on every replica.',
    secret: true,
    read: matching(/^.{16,}$/s, '16 characters or more'),
  },
  NODE_ENV: {
    shownDefault: '–',
    meaning: '`production` turns introspection, suggestions, explain and the entry page off, and requires GRAPH_AUTH.',
    read: nodeEnvironment,
  },
  LOG_LEVEL: {
    fallback: 'info',
    meaning: 'How much is logged, as JSON lines on stderr: trace, debug, info, warn, error, fatal or silent.',
    read: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  },
  INTROSPECTION: {
    shownDefault: 'on; off in production',
    meaning: 'Whether clients may ask for the schema, and are told of names that are nearly right.',
    read: flag,
  },
  EXPLAIN: {
    shownDefault: 'on; off in production',
    meaning:
      'Whether the header `x-graph-explain` is heeded: `1` adds to an answer what it cost, `plan` answers what it would cost.',
    read: flag,
  },
  ENTRY_PAGE: {
    shownDefault: 'on; off in production, and with TRUSTED_DOCUMENTS',
    meaning: 'Whether `/`, `/graphiql`, `/sandbox` and, with EXPLAIN, `/explain` are served.',
    read: flag,
  },
  CORS_ORIGINS: {
    fallback: '',
    shownDefault: 'none',
    meaning: 'Origins of web pages that may call the gateway, separated by commas; `*` for any.',
    read: listOf(webOrigin),
  },
  CORS_HEADERS: {
    fallback: '',
    shownDefault: 'none',
    meaning:
      'Request headers that those pages may send beside the usual ones of GraphQL clients and tracing, separated by commas.',
    read: listOf(headerName),
  },
  HTTPS_PROXY: {
    alias: 'https_proxy',
    meaning:
      'Proxy through which https:// addresses are called: Graph, the identity service, SKU_NAMES. May hold a password.',
    secret: true,
    read: proxyUrl,
  },
  HTTP_PROXY: {
    alias: 'http_proxy',
    meaning: 'The same for http:// addresses.',
    secret: true,
    read: proxyUrl,
  },
  NO_PROXY: {
    alias: 'no_proxy',
    meaning: 'Hosts and domains that are called directly, separated by commas; `*` for all.',
    read: text,
  },
  METRICS_PORT: {
    shownDefault: 'none',
    meaning: 'Port for `/metrics` in the text format of Prometheus; 0 picks a free one. Listens on HOST.',
    read: wholeNumber(0, 65_535),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    shownDefault: 'none',
    meaning:
      'Where traces are sent: the root of a collector of OpenTelemetry. This or one of the next two turns tracing on; the other `OTEL_*` variables of the specification are heeded then.',
    read: serviceRoot,
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: { meaning: 'The same as a whole URL, for traces alone.', read: serviceRoot },
  OTEL_TRACES_EXPORTER: {
    meaning: '`otlp`: to the collector. `console`: to stdout. `none`: tracing is off.',
    read: oneOf('otlp', 'console', 'none'),
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: {
    fallback: 'http/protobuf',
    meaning: 'How traces are sent; there is one way.',
    read: oneOf('http/protobuf'),
  },
  OTEL_SDK_DISABLED: { fallback: 'false', meaning: 'Turns tracing off, whatever else is set.', read: flag },
  REQUEST_TIMEOUT_MS: { fallback: '20000', meaning: 'How long one query may take.', read: milliseconds },
  HEADERS_TIMEOUT_MS: {
    fallback: '10000',
    meaning: 'How long a client may take to send its headers, and again to send its body; then 408.',
    read: milliseconds,
  },
  KEEP_ALIVE_MS: {
    fallback: '65000',
    meaning: 'How long an idle connection is kept; longer than the load balancer keeps it.',
    read: milliseconds,
  },
  DRAIN_DELAY_MS: {
    fallback: '0',
    meaning: 'After SIGTERM: how long requests are still taken while readiness already says no.',
    read: wholeNumber(0, 600_000),
  },
  DRAIN_TIMEOUT_MS: {
    fallback: '10000',
    meaning: 'After SIGTERM and that delay: how long requests in flight may take before they are cut off.',
    read: milliseconds,
  },
  MAX_BODY_BYTES: {
    fallback: '2000000',
    meaning: 'Bytes of a request body, counted after decompression.',
    read: wholeNumber(1_000, 100_000_000),
  },
  MAX_TOKENS: { fallback: '2000', meaning: 'Words and signs of a document (lexical tokens).', read: count },
  MAX_DEPTH: { fallback: '20', meaning: 'Fields inside fields, fragments spread out.', read: count },
  MAX_FIELDS: { fallback: '5000', meaning: 'Fields in all, fragments spread out.', read: count },
  MAX_ALIASES: { fallback: '100', meaning: 'Aliases in a document, fragments spread out.', read: count },
  MAX_ROOT_FIELDS: { fallback: '60', meaning: 'Fields at the top of an operation, fragments spread out.', read: count },
  MAX_DIRECTIVES: { fallback: '10', meaning: 'Directives on one field, fragment or operation.', read: count },
  MAX_COST: {
    fallback: '6000',
    meaning:
      'Graph operations that one query may need at the most, as estimated before anything is sent. A change counts as ten, each object that it names as two more, and what is selected behind those as in a query.',
    read: count,
  },
  MAX_IN_FLIGHT: {
    fallback: '32',
    meaning: 'Requests to Graph at once, over all callers; the others wait their turn.',
    read: wholeNumber(1, 1_000),
  },
  MAX_QUEUE: {
    fallback: '1000',
    meaning:
      'Operations that wait to run. What cannot be answered within REQUEST_TIMEOUT_MS is refused at once in any case (`OVERLOADED`).',
    read: wholeNumber(0, 100_000),
  },
  LICENSE_USAGE_PATH: {
    fallback: '/reports/azureADLicenseUsage/{id}',
    meaning: 'Path of one licence usage record under the service root; Microsoft documents none.',
    read: matching(
      /^(\/(?!\.{1,2}\/)[A-Za-z0-9._~()='-]+)*\/\{id\}$/,
      'a path such as /reports/azureADLicenseUsage/{id}',
    ),
  },
  REPLICATION_LAG_MS: {
    fallback: '3000',
    meaning:
      'How old what Graph reads may be, since it answers from several replicas. A change whose outcome only reading can tell is read back no earlier than that.',
    read: wholeNumber(0, 60_000),
  },
  WRITE_QUOTA: {
    fallback: '3000',
    meaning:
      'Changes that leave for Graph in any 150 seconds, for each tenant: what Graph takes of an application. What is over waits its turn, or is told when to come back. Replicas that share CACHE_URL count together.',
    read: count,
  },
  MAX_MUTATIONS: {
    fallback: '10',
    meaning: 'Changes in one document; each may still name up to 1,000 objects.',
    read: count,
  },
  MAX_REPRESENTATIONS: {
    fallback: '1000',
    meaning: 'Objects that a router may name in one query (`representations` of `_entities`).',
    read: count,
  },
  MAX_VALUES: {
    fallback: '500000',
    meaning:
      'Values of one answer: fields and items of lists, each as often as it stands there; a cursor or an error counts as 20. A list beyond that is an error, and so are those that come after it.',
    read: count,
  },
  EMULATOR_USERS: {
    fallback: '200',
    meaning: 'Users in the demonstration tenant of the embedded emulator.',
    read: wholeNumber(1, 1_000_000),
  },
  ROUTER_SECRET: {
    shownDefault: 'none',
    meaning:
      'Federation: only requests with this text in the header `router-authorization` are answered, so that nobody comes past the router. 16 characters or more.',
    secret: true,
    read: matching(/^[!-~]{16,}$/, '16 or more visible ASCII characters'),
  },
  IDENTITY_FIELDS: {
    fallback: 'shared',
    meaning:
      'Federation: names, mail addresses and so on of users, groups and devices. `shared`: other subgraphs may answer them too (`@shareable`). `owned`: this one alone.',
    read: oneOf('shared', 'owned'),
  },
} as const satisfies Record<string, ConfigVariable>;

/** The name of a variable that the gateway reads. */
export type VariableName = keyof typeof variables;

/** The table as a list, in the order of the documentation. */
export const variableList: readonly (readonly [VariableName, ConfigVariable])[] = Object.entries(variables) as [
  VariableName,
  ConfigVariable,
][];
