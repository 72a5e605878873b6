import type { GraphCall, GraphRefusal } from '../EmulatorOptions.js';
import type { IdentityProvider } from './startIdentityProvider.js';
import { GraphFailure } from '../GraphFailure.js';
import { readQueryOptions } from '../odata/QueryOptions.js';
import { allowedPermissions } from './permissionTable.js';
import { decodeToken, type Claims } from './webToken.js';

/** A demand for further claims (Graph: continuous access evaluation, authentication contexts). */
export interface ScriptedChallenge {
  /** Claims request as JSON text, sent to the client in base64. */
  readonly claims: string;
  /** Only tokens of this user. */
  readonly user?: string;
  /** Only paths that contain this text. */
  readonly path?: string;
  /** Authentication context a token must have to be let through; without it every fitting call is challenged. */
  readonly until?: string;
  /** The number of challenges at most; default without end. */
  readonly times?: number;
}

/** A checker of tokens and permissions for the Graph emulator. */
export interface TokenAuthorizer {
  /** The emulator's `authorize` option. */
  authorize(call: GraphCall): GraphRefusal | undefined;
  /** The emulator's `userOf` option: the user whom a valid token speaks for; undefined for an application's token. */
  userOf(authorization: string | undefined): string | undefined;
  /** Challenges fitting calls from now on. */
  challenge(challenge: ScriptedChallenge): void;
  clearChallenges(): void;
  /** Users (or applications) and operations of every call that carried a valid token, in order. */
  readonly seen: {
    readonly user: string;
    readonly tenant: string;
    readonly operation: string;
    readonly app: boolean;
  }[];
}

/** Whose tokens a TokenAuthorizer takes, and for whom. */
export interface TokenAuthorizerOptions {
  readonly identity: Pick<IdentityProvider, 'verify' | 'graphAudience' | 'origin'>;
  /** Tenants that the emulator holds; default any. */
  readonly tenants?: readonly string[];
  readonly now?: () => number;
}

/** Makes one: only tokens of this identity provider, for this Graph, with the permission that the table asks for. */
export function authorizeByToken(options: TokenAuthorizerOptions): TokenAuthorizer {
  const challenges = new Challenges(options.identity.origin);
  const seen: TokenAuthorizer['seen'] = [];
  const now = options.now ?? Date.now;
  return {
    seen,
    challenge: (challenge) => challenges.add(challenge),
    clearChallenges: () => challenges.clear(),
    userOf: (authorization) => {
      const token = readToken(authorization, options, now());
      return 'claims' in token && typeof token.claims['scp'] === 'string' ? String(token.claims['oid']) : undefined;
    },
    authorize: (call) => {
      const path = normalizePath(call.path);
      const token = readToken(call.authorization, options, now());
      if ('refusal' in token) return token.refusal;
      seen.push(describeCall(token.claims, call.method, path));
      const refusals = [path, ...expandedPaths(call, path)].map((each) =>
        checkPermission(token.claims, call.method, each),
      );
      return challenges.take(token.claims, path) ?? refusals.find((each) => each !== undefined);
    },
  };
}

function readToken(
  authorization: string | undefined,
  options: TokenAuthorizerOptions,
  now: number,
): { readonly claims: Claims } | { readonly refusal: GraphRefusal } {
  const text = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (text === undefined) return refuseToken('Access token is empty.');
  if (decodeToken(text) === undefined) return refuseToken('JWT is not well formed.');
  const claims = options.identity.verify(text);
  if (claims === undefined) return refuseToken('Invalid signature.');
  if (claims['aud'] !== options.identity.graphAudience) return refuseToken('Invalid audience.');
  if (typeof claims['exp'] !== 'number' || claims['exp'] * 1000 <= now) return refuseToken('The token is expired.');
  const isKnownTenant = options.tenants === undefined || options.tenants.includes(String(claims['tid']));
  return isKnownTenant ? { claims } : refuseToken('Invalid tenant.');
}

function refuseToken(message: string): { readonly refusal: GraphRefusal } {
  const headers = { 'www-authenticate': 'Bearer realm="", error="invalid_token"' };
  return { refusal: { status: 401, code: 'InvalidAuthenticationToken', message, headers } };
}

function checkPermission(claims: Claims, method: string, path: string): GraphRefusal | undefined {
  const isUser = typeof claims['scp'] === 'string';
  if (!isUser && /^\/me(\/|$)/i.test(path)) {
    return {
      status: 400,
      code: 'BadRequest',
      message: '/me request is only valid with delegated authentication flow.',
    };
  }
  const allowed = allowedPermissions(method, path);
  if (allowed === undefined) return undefined;
  const held = isUser ? String(claims['scp']).split(' ') : readRoles(claims);
  const enough = (isUser ? allowed.user : allowed.application).filter(
    (name) => !isOwnOnly(name) || isOwn(path, claims),
  );
  if (held.some((name) => enough.includes(name))) return undefined;
  return {
    status: 403,
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  };
}

/** The two permissions that reach no further than the signed-in user. */
function isOwnOnly(permission: string): boolean {
  return permission === 'User.Read' || permission === 'User.ReadWrite';
}

function isOwn(path: string, claims: Claims): boolean {
  const [, first = '', id = ''] = path.split('/');
  const own = [claims['oid'], claims['upn']].filter((value) => typeof value === 'string');
  return first.toLowerCase() === 'me' || (first === 'users' && own.includes(decodeURIComponent(id)));
}

function readRoles(claims: Claims): readonly string[] {
  return Array.isArray(claims['roles']) ? claims['roles'].map(String) : [];
}

function describeCall(claims: Claims, method: string, path: string): TokenAuthorizer['seen'][number] {
  const app = typeof claims['scp'] !== 'string';
  return { user: String(claims['oid']), tenant: String(claims['tid']), operation: `${method} ${path}`, app };
}

function normalizePath(path: string): string {
  const plain = path.replace(/[?#].*$/s, '').replace(/^\/?(beta|v1\.0)(?=\/|$)/, '');
  const short = plain.replace(/\/microsoft\.graph\.cloudLicensing\.(\w+)$/i, '/$1');
  const cut = short.replace(/\/(\$count|microsoft\.graph\.(user|group|device))$/, '');
  return cut.startsWith('/') ? cut : `/${cut}`;
}

/**
 * The paths of the relations that a read of users or groups expands: who may read those stands on their own pages, to which
 * `$expand=manager` belongs. The pages of licensing show expansions themselves, so their own tables hold for them.
 */
function expandedPaths({ path: given }: GraphCall, path: string): readonly string[] {
  const [, one] = /^(\/me|\/(?:users|groups)(?:\/[^/]+)?)$/i.exec(path) ?? [];
  if (one === undefined) return [];
  const object = /^\/(users|groups)$/i.test(one) ? `${one}/any` : one;
  return expandedIn(given.replace(/^[^?]*\??/s, '')).map((navigation) => `${object}/${navigation}`);
}

function expandedIn(query: string): readonly string[] {
  try {
    return readQueryOptions(query).expand.map(({ navigation }) => navigation);
  } catch (error) {
    // What cannot be read is refused where it is answered.
    if (error instanceof GraphFailure) return [];
    throw error;
  }
}

/** The challenges in force. */
class Challenges {
  readonly #origin: string;
  #active: { readonly challenge: ScriptedChallenge; left: number }[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  add(challenge: ScriptedChallenge): void {
    this.#active.push({ challenge, left: challenge.times ?? Infinity });
  }

  clear(): void {
    this.#active = [];
  }

  take(claims: Claims, path: string): GraphRefusal | undefined {
    const entry = this.#active.find(({ challenge, left }) => left > 0 && isChallenged(challenge, claims, path));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return this.#describe(entry.challenge.claims);
  }

  #describe(claims: string): GraphRefusal {
    const base64 = Buffer.from(claims).toString('base64');
    const authorizationUri = `${this.#origin}/common/oauth2/authorize`;
    const parts = [
      'realm=""',
      `authorization_uri="${authorizationUri}"`,
      'error="insufficient_claims"',
      `claims="${base64}"`,
    ];
    return {
      status: 401,
      code: 'InvalidAuthenticationToken',
      message: 'Continuous access evaluation resulted in challenge.',
      headers: { 'www-authenticate': `Bearer ${parts.join(', ')}` },
    };
  }
}

function isChallenged(challenge: ScriptedChallenge, claims: Claims, path: string): boolean {
  if (challenge.user !== undefined && challenge.user !== claims['oid']) return false;
  if (challenge.path !== undefined && !path.includes(challenge.path)) return false;
  const contexts = Array.isArray(claims['acrs']) ? (claims['acrs'] as unknown[]) : [];
  return challenge.until === undefined || !contexts.includes(challenge.until);
}
