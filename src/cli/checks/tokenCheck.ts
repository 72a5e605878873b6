import type { AuthNotice } from '../../auth/AuthDependencies.js';
import { AuthError } from '../../auth/AuthError.js';
import { createAuthenticator } from '../../auth/createAuthenticator.js';
import type { AuthConfig, GatewayConfig } from '../../config/GatewayConfig.js';
import { wordLackingToken } from '../openGateway.js';
import type { Check } from './Check.js';
import { wordOutage } from './wordOutage.js';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The permissions that a Graph token names, to be shown and for nothing else: what a token allows, only Graph decides. */
function permissionsIn(token: string): readonly string[] {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (!isObject(claims)) return [];
    const { roles, scp } = claims;
    const names: readonly unknown[] = typeof scp === 'string' ? scp.split(' ') : Array.isArray(roles) ? roles : [];
    return names.filter((name): name is string => typeof name === 'string' && /^[\w.-]{1,100}$/.test(name));
  } catch {
    return [];
  }
}

function describeToken(token: string, { mode }: AuthConfig): string {
  const owner = mode === 'app' ? 'of the application' : 'of the user';
  const permissions = permissionsIn(token);
  return permissions.length === 0 ? `${owner}; it names no permissions` : `${owner}, with ${permissions.join(' ')}`;
}

function errorToShow(error: unknown, { authorityHost }: AuthConfig): Error {
  if (!(error instanceof AuthError)) return error instanceof Error ? error : new Error('no token');
  const { identityError } = error.details;
  const said = `${error.code}: ${error.message}`;
  if (identityError !== undefined) return new Error(`${said} (${identityError})`);
  const isOut = error.code === 'IDENTITY_UNAVAILABLE';
  return new Error(isOut ? wordOutage(said, 'AZURE_AUTHORITY_HOST', authorityHost) : said);
}

async function getToken({ auth, proxy }: GatewayConfig, bearer: string | undefined): Promise<string> {
  const notices: AuthNotice[] = [];
  const authenticator = createAuthenticator(auth, { proxy, onNotice: (notice) => notices.push(notice) });
  try {
    const caller = await authenticator.authenticate(bearer === undefined ? undefined : `Bearer ${bearer}`);
    const token = await caller.accessToken();
    const clock = notices.map(
      ({ message, seconds }) => `; ${message}${seconds === undefined ? '' : ` by ${seconds} s`}`,
    );
    return describeToken(token ?? '', auth) + clock.join('');
  } finally {
    await authenticator.close();
  }
}

/**
 * Whether a token for Graph can be obtained, and which permissions it names.
 *
 * @param bearer the token that a caller would send, for the modes that read as the caller
 */
export function tokenCheck(bearer: string | undefined): Check {
  return {
    subject: 'token',
    run: async (config) => {
      const { auth } = config;
      if (auth.mode === 'emulator' || auth.mode === 'none') return 'none is sent';
      const lacking = wordLackingToken(auth, bearer);
      if (lacking !== undefined) throw new Error(lacking);
      return getToken(config, bearer).catch((error: unknown) => {
        throw errorToShow(error, auth);
      });
    },
  };
}
