import type { GatewayAddress } from './askGateway.js';

/** A gateway to send mutations to. */
export interface OpenGateway extends GatewayAddress {
  /** Whether nothing real is behind it: the demonstration tenant, which ends with the command. */
  readonly isDemonstration: boolean;
  close(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Nobody else waits for this gateway, so it may heed what Graph says of when to ask again. */
const patientTimeoutMs = '120000';

/** A blank variable counts as one that is not set, as everywhere. */
function orDefault(value: string | undefined, fallback: string): string {
  return value === undefined || value.trim() === '' ? fallback : value;
}

async function startOwn(variables: Variables, token: string | undefined): Promise<OpenGateway> {
  const { readConfig } = await import('../../config/readConfig.js');
  const { GATEWAY_TOKEN: _token, ...others } = variables;
  const config = readConfig({
    ...others,
    PORT: '0',
    HOST: '127.0.0.1',
    ROUTER_SECRET: '',
    TRUSTED_DOCUMENTS: '',
    LOG_LEVEL: orDefault(variables.LOG_LEVEL, 'error'),
    REQUEST_TIMEOUT_MS: orDefault(variables.REQUEST_TIMEOUT_MS, patientTimeoutMs),
  });
  const [{ startGateway }, { createLogger }] = await Promise.all([
    import('../../gateway.js'),
    import('../../server/createLogger.js'),
  ]);
  const gateway = await startGateway(config, createLogger(config.logLevel));
  const isDemonstration = config.auth.mode === 'emulator';
  return { url: new URL('/graphql', gateway.url), token, isDemonstration, close: () => gateway.close() };
}

/**
 * The gateway at an address, or one that is started in this process from the environment and listens on this machine
 * alone. Raises the ConfigError of the environment.
 */
export async function openGateway(url: URL | undefined, variables: Variables): Promise<OpenGateway> {
  const token = readToken(variables);
  if (url === undefined) return startOwn(variables, token);
  return { url, token, isDemonstration: false, close: async () => undefined };
}

/** The bearer token for the gateway, from `GATEWAY_TOKEN`; never from an argument, which the whole machine can see. */
export function readToken({ GATEWAY_TOKEN: token }: Variables): string | undefined {
  return token === undefined || token.trim() === '' ? undefined : token.trim();
}
