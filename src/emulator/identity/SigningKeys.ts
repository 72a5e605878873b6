import { createPublicKey, generateKeyPairSync, randomUUID, type JsonWebKey, type KeyObject } from 'node:crypto';
import { decodeToken, hasValidSignature, type DecodedToken } from './webToken.js';

/** One signing key of the identity provider. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The identity provider's keys: the newest signs, all that are published verify. */
export class SigningKeys {
  #keys: readonly SigningKey[];

  constructor(first: SigningKey = makeKey()) {
    this.#keys = [first];
  }

  get current(): SigningKey {
    const [newest] = this.#keys;
    if (newest === undefined) throw new Error('there is always a key');
    return newest;
  }

  /** Starts to sign with a new key. The old ones go on being published unless `withdrawOld`. */
  rotate(options: { readonly withdrawOld?: boolean } = {}): void {
    this.#keys = [makeKey(), ...(options.withdrawOld === true ? [] : this.#keys)];
  }

  /** The published list (RFC 7517). */
  toKeySet(): { readonly keys: readonly JsonWebKey[] } {
    return {
      keys: this.#keys.map(({ kid, publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        kid,
        use: 'sig',
        alg: 'RS256',
      })),
    };
  }

  /** The token taken apart if one of the published keys signed it, else undefined. */
  verify(token: string): DecodedToken | undefined {
    const decoded = decodeToken(token);
    const key = this.#keys.find(({ kid }) => kid === decoded?.header['kid']);
    return decoded !== undefined && key !== undefined && hasValidSignature(decoded, key.publicKey)
      ? decoded
      : undefined;
  }
}

/** A key pair that no key set knows, or will. */
export function makeKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid: randomUUID().replaceAll('-', ''), privateKey, publicKey: createPublicKey(privateKey) };
}
