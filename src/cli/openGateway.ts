import type { AuthConfig, GatewayConfig } from '../config/GatewayConfig.js';
import type { OwnExecutor } from '../gateway.js';
import type { GraphObserver } from '../graph/GraphObserver.js';
import type { ExecutionRequest } from '../server/createExecutor.js';
import { asWrongUse, wrongUse } from './CommandFailure.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** A gateway of this process that does not listen, and acts for whoever `GATEWAY_TOKEN` belongs to. */
export interface OwnGateway extends Pick<OwnExecutor, 'execute' | 'close' | 'learned'> {
  readonly config: GatewayConfig;
  /** Whether nothing real is behind it: the demonstration tenant, which ends with the command. */
  readonly isDemonstration: boolean;
}

/** A gateway to send documents to, wherever it is. */
export interface OpenGateway {
  readonly isDemonstration: boolean;
  /** What the gateway answers over HTTP, or would answer. Rejects where it cannot be reached, or takes too long. */
  send(request: ExecutionRequest): Promise<Response>;
  close(): Promise<void>;
  /** What has been learned of options that no page documents, a line each; undefined where another process knows. */
  learned?(): readonly string[];
}

/** Nobody else waits for this gateway, so it may heed what Graph says of when to ask again. */
const patientTimeoutMs = '120000';

/** A blank variable counts as one that is not set, as everywhere. */
function orDefault(value: string | undefined, fallback: string): string {
  return value === undefined || value.trim() === '' ? fallback : value;
}

/** The bearer token for the gateway, from `GATEWAY_TOKEN`; never from an argument, which the whole machine can see. */
export function readToken({ GATEWAY_TOKEN: token }: Variables): string | undefined {
  return token === undefined || token.trim() === '' ? undefined : token.trim();
}

/** What to do where whoever asks has to show a token and has none; undefined where nothing is lacking. */
export function wordLackingToken({ mode }: AuthConfig, token: string | undefined): string | undefined {
  if (token !== undefined || (mode !== 'passthrough' && mode !== 'obo')) return undefined;
  return `GRAPH_AUTH=${mode} reads as its caller: set GATEWAY_TOKEN to a token that a caller would send`;
}

function authorizationOf(variables: Variables): string | undefined {
  const token = readToken(variables);
  return token === undefined ? undefined : `Bearer ${token}`;
}

/**
 * The gateway that the environment describes, in this process. Raises a CommandFailure for an environment that cannot be used.
 *
 * @param observer told what goes on between it and Graph
 */
export async function openOwnGateway(variables: Variables, observer: GraphObserver = {}): Promise<OwnGateway> {
  const { readConfig } = await import('../config/readConfig.js');
  const config = asWrongUse(() =>
    readConfig({
      ...variables,
      TRUSTED_DOCUMENTS: '',
      LOG_LEVEL: orDefault(variables.LOG_LEVEL, 'error'),
      REQUEST_TIMEOUT_MS: orDefault(variables.REQUEST_TIMEOUT_MS, patientTimeoutMs),
    }),
  );
  const lacking = wordLackingToken(config.auth, readToken(variables));
  if (lacking !== undefined) throw wrongUse(lacking);
  const [{ openExecutor }, { createLogger }] = await Promise.all([
    import('../gateway.js'),
    import('../server/createLogger.js'),
  ]);
  const executor = await openExecutor(config, createLogger(config.logLevel), { graph: { observer } });
  const authorization = authorizationOf(variables);
  return {
    config,
    isDemonstration: config.auth.mode === 'emulator',
    execute: (request, caller) => executor.execute(request, { authorization, ...caller }),
    learned: () => executor.learned(),
    close: () => executor.close(),
  };
}

/** Longer than any gateway takes for a request; without a limit, a gateway that hangs would hang the command. */
const patienceMs = 300_000;

async function sendTo(url: URL, authorization: string | undefined, request: ExecutionRequest): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    ...(authorization === undefined ? {} : { authorization }),
  };
  const signal = AbortSignal.timeout(patienceMs);
  // To follow a redirect would carry the token elsewhere.
  const options = { method: 'POST', headers, body: JSON.stringify(request), signal, redirect: 'manual' } as const;
  return fetch(url, options).catch((cause: unknown) => {
    throw new Error(`the gateway at ${url.origin} did not answer`, { cause });
  });
}

async function answerOf({ execute }: OwnGateway, request: ExecutionRequest): Promise<Response> {
  const { status, retryAfter, result } = await execute(request);
  return Response.json(result, { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });
}

/** The gateway at an address, or one of this process. Raises a CommandFailure for an environment that cannot be used. */
export async function openGateway(url: URL | undefined, variables: Variables): Promise<OpenGateway> {
  if (url !== undefined) {
    const authorization = authorizationOf(variables);
    const send = (request: ExecutionRequest) => sendTo(url, authorization, request);
    return { isDemonstration: false, send, close: async () => undefined };
  }
  const own = await openOwnGateway(variables);
  return {
    isDemonstration: own.isDemonstration,
    send: (request) => answerOf(own, request),
    learned: () => own.learned(),
    close: () => own.close(),
  };
}
