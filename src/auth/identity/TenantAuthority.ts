import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { IdentityFailure } from './IdentityFailure.js';
import type { IdentityAnswer, IdentityHttp } from './IdentityHttp.js';
import { loadJose } from './loadJose.js';
import { RefreshedValue } from './RefreshedValue.js';

const hour = 3_600_000;

/** The part of an OpenID Connect discovery document that is used; all three are on the configured origin. */
export interface AuthorityMetadata {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly keysUrl: string;
  /** The document as it came, for the token library. */
  readonly document: string;
}

/**
 * What the identity service publishes about one tenant: its discovery document and signing keys, fetched on first need
 * from `<authority>/<tenant>/v2.0/.well-known/openid-configuration` and kept when the service is down.
 */
export class TenantAuthority {
  readonly #http: IdentityHttp;
  readonly #metadata: RefreshedValue<AuthorityMetadata>;
  readonly #keys: RefreshedValue<JWTVerifyGetKey>;

  constructor(
    readonly origin: string,
    readonly tenant: string,
    http: IdentityHttp,
    now: () => number,
  ) {
    this.#http = http;
    this.#metadata = new RefreshedValue({
      load: () => this.#loadMetadata(),
      refreshAfter: 24 * hour,
      discardAfter: Infinity,
      leastInterval: 60_000,
      leastIntervalAfterFailure: 1000,
      now,
    });
    this.#keys = new RefreshedValue({
      load: () => this.#loadKeys(),
      refreshAfter: hour,
      // A key that was withdrawn must not be believed for ever because its list cannot be fetched.
      discardAfter: 24 * hour,
      leastInterval: 30_000,
      leastIntervalAfterFailure: 1000,
      now,
    });
  }

  /** Fetches what the first token is verified with. Rejects with `IdentityFailure`. */
  async prepare(): Promise<void> {
    await this.#keys.get();
  }

  /** Rejects with `IdentityFailure`. */
  metadata(): Promise<AuthorityMetadata> {
    return this.#metadata.get();
  }

  /**
   * Finds the key a token names, for jose. A name that is not in the list causes one new fetch, at most every 30 s.
   * Rejects with `IdentityFailure` when there has never been a list, or the key may be in one that cannot be fetched; else
   * with jose's own errors.
   */
  readonly findKey: JWTVerifyGetKey = async (header, token) => {
    const find = await this.#keys.get();
    try {
      return await find(header, token);
    } catch (error) {
      const { errors } = await loadJose();
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    return (await this.#keys.refresh())(header, token);
  };

  async #loadMetadata(): Promise<AuthorityMetadata> {
    const url = `${this.origin}/${encodeURIComponent(this.tenant)}/v2.0/.well-known/openid-configuration`;
    const body = await this.#getJson(url);
    const endpoint = (name: string): string => readOwnUrl(body[name], this.origin);
    if (typeof body['issuer'] !== 'string') throw new IdentityFailure('discovery document names no issuer');
    return {
      issuer: body['issuer'],
      tokenEndpoint: endpoint('token_endpoint'),
      keysUrl: endpoint('jwks_uri'),
      document: JSON.stringify(body),
    };
  }

  async #loadKeys(): Promise<JWTVerifyGetKey> {
    const body = await this.#getJson((await this.metadata()).keysUrl);
    if (!isKeySet(body)) throw new IdentityFailure('list of keys has another form');
    const keys = body.keys.filter(({ kty }) => kty === 'RSA');
    // A tenant always has one. Taken for its list, none at all would shut everybody out who holds a good token.
    if (keys.length === 0) throw new IdentityFailure('list of keys holds none');
    const { createLocalJWKSet } = await loadJose();
    return createLocalJWKSet({ keys });
  }

  async #getJson(url: string): Promise<IdentityAnswer['body']> {
    const answer = await this.#http.call(url, { method: 'GET' });
    if (answer.status !== 200) throw new IdentityFailure(`status ${answer.status}`);
    return answer.body;
  }
}

/** A discovery document may not send secrets or trust to another place than the configured authority. */
function readOwnUrl(value: unknown, origin: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.origin !== origin) throw new IdentityFailure('discovery document leads elsewhere');
  return url.href;
}

function isKeySet(body: Record<string, unknown>): body is Record<string, unknown> & JSONWebKeySet {
  const keys = body['keys'];
  return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null);
}
