import { randomUUID } from 'node:crypto';
import { makeKey, type SigningKey, type SigningKeys } from './SigningKeys.js';
import { encodeSymmetricToken, encodeToken, encodeUnsignedToken, type Claims } from './webToken.js';

/** What can be wrong with a token beside its claims. */
export type TokenDefect =
  | 'unsigned'
  | 'signed-with-public-key'
  | 'tampered-payload'
  | 'tampered-signature'
  | 'foreign-key-same-kid'
  | 'unknown-kid'
  | 'no-kid'
  | 'key-in-header'
  | 'not-a-token';

/** A user's token as a test wants it. Times are seconds from now; a claim that is given as undefined is left out. */
export interface UserTokenRequest {
  readonly oid: string;
  readonly tid: string;
  readonly aud: string;
  /** Space-separated; default `access_as_user`. */
  readonly scp?: string;
  /** Version of the token format, which decides the issuer; default 1.0. */
  readonly version?: '1.0' | '2.0';
  readonly expiresIn?: number;
  readonly notBefore?: number;
  /** Replaces or adds claims; undefined removes one. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Replaces or adds header fields. */
  readonly header?: Readonly<Record<string, unknown>>;
  readonly defect?: TokenDefect;
}

/** Makes tokens of every kind, right and wrong, in the name of the provider at `origin`. */
export class TokenMint {
  constructor(
    private readonly keys: SigningKeys,
    private readonly origin: () => string,
    private readonly now: () => number,
  ) {}

  /** A token of the given claims; issuer, times and unique id are filled in. */
  mint(tid: string, lifetimeSeconds: number, claims: Claims): string {
    return this.#sign({ ...this.#commonClaims(tid, '1.0', 0, lifetimeSeconds), ...claims });
  }

  /** A user's token for an application, with whatever is to be wrong with it. */
  mintForUser(request: UserTokenRequest): string {
    const { oid, tid, aud, scp = 'access_as_user', version = '1.0' } = request;
    const common = this.#commonClaims(tid, version, request.notBefore ?? 0, request.expiresIn ?? 3600);
    const payload = dropUndefined({ ...common, aud, oid, sub: `subject-of-${oid}`, scp, ...request.claims });
    return this.#signWithDefect(payload, request);
  }

  #commonClaims(tid: string, version: '1.0' | '2.0', notBefore: number, expiresIn: number): Claims {
    const seconds = Math.floor(this.now() / 1000);
    const iss = version === '1.0' ? `https://sts.windows.net/${tid}/` : `${this.origin()}/${tid}/v2.0`;
    return {
      iss,
      tid,
      iat: seconds,
      nbf: seconds + notBefore,
      exp: seconds + expiresIn,
      ver: version,
      uti: randomUUID(),
    };
  }

  #sign(payload: Claims): string {
    const { kid, privateKey } = this.keys.current;
    return encodeToken({ typ: 'JWT', alg: 'RS256', kid }, payload, privateKey);
  }

  #signWithDefect(payload: Claims, request: UserTokenRequest): string {
    const { kid, privateKey } = this.keys.current;
    const header = dropUndefined({ typ: 'JWT', alg: 'RS256', kid, ...request.header });
    return request.defect === undefined
      ? encodeToken(header, payload, privateKey)
      : spoilToken(request.defect, header, payload, this.keys.current);
  }
}

function spoilToken(defect: TokenDefect, header: Claims, payload: Claims, key: SigningKey): string {
  const sound = encodeToken(header, payload, key.privateKey);
  switch (defect) {
    case 'unsigned':
      return encodeUnsignedToken({ ...header, alg: 'none' }, payload);
    case 'signed-with-public-key':
      return encodeSymmetricToken({ ...header, alg: 'HS256' }, payload, exportPublicKey(key));
    case 'tampered-payload':
      return replacePart(sound, 1, swapUser);
    case 'tampered-signature':
      return replacePart(sound, 2, flipFirst);
    case 'foreign-key-same-kid':
      return encodeToken(header, payload, makeKey().privateKey);
    case 'unknown-kid':
      return encodeToken({ ...header, kid: randomUUID() }, payload, key.privateKey);
    case 'no-kid':
      return encodeToken(dropUndefined({ ...header, kid: undefined }), payload, key.privateKey);
    case 'key-in-header': {
      const own = makeKey();
      return encodeToken({ ...header, jwk: own.publicKey.export({ format: 'jwk' }) }, payload, own.privateKey);
    }
    case 'not-a-token':
      return 'bm90LWEtdG9rZW4';
  }
}

function exportPublicKey(key: SigningKey): string {
  return key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function dropUndefined(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

function replacePart(token: string, index: number, change: (text: string) => string): string {
  return token
    .split('.')
    .map((part, place) => (place === index ? change(part) : part))
    .join('.');
}

function swapUser(payload: string): string {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  return Buffer.from(JSON.stringify({ ...claims, oid: '11111111-1111-4111-8111-111111111111' })).toString('base64url');
}

function flipFirst(signature: string): string {
  return (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
}
