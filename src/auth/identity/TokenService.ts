import { randomUUID } from 'node:crypto';
import type {
  ConfidentialClientApplication,
  Configuration,
  INetworkModule,
  NetworkRequestOptions,
} from '@azure/msal-node';
import type { Clock } from '../../clock/Clock.js';
import { systemClock } from '../../clock/systemClock.js';
import type { TokenObserver } from '../AuthDependencies.js';
import type { GraphToken } from '../tokens/GraphToken.js';
import type { UserAssertion } from '../verify/UserAssertion.js';
import { CircuitBreaker } from '../../resilience/CircuitBreaker.js';
import { authErrorFromExchange } from './authErrorFromExchange.js';
import { IdentityFailure } from './IdentityFailure.js';
import type { IdentityHttp } from './IdentityHttp.js';
import type { ClientCredential } from './readClientCredential.js';
import type { TenantAuthority } from './TenantAuthority.js';

/** For which application tokens of which scope are obtained, and from whom. */
export interface TokenServiceOptions {
  readonly clientId: string;
  readonly credential: ClientCredential;
  readonly scope: string;
  readonly http: IdentityHttp;
  readonly clock: Pick<Clock, 'now' | 'date'>;
  readonly observer?: TokenObserver | undefined;
}

/** One grant at the token library; gives null only where the library does. */
type Grant = (
  application: ConfidentialClientApplication,
  request: { readonly scopes: string[]; readonly claims?: string; readonly correlationId: string },
) => Promise<{ readonly accessToken: string; readonly expiresOn: Date | null } | null>;

/**
 * Asks the identity service for Graph tokens, through @azure/msal-node. Nothing is kept: each exchange has a client
 * application of its own, because the library's in-memory cache never forgets a user and is searched line by line
 * (measured: 22 ms a hit at 4,000 users). `TokenCache` stands in front instead.
 */
export class TokenService {
  readonly #options: TokenServiceOptions;
  readonly #breakers = new Map<string, CircuitBreaker>();

  constructor(options: TokenServiceOptions) {
    this.#options = options;
  }

  /** A token for the application itself (client credentials). Rejects with `AuthError`. */
  forApplication(authority: TenantAuthority, claims?: string): Promise<GraphToken> {
    return this.#exchange(authority, claims, (application, request) =>
      // MSAL_FORCE_REGION in the environment would make the library look for a region at an address of its own.
      application.acquireTokenByClientCredential({ ...request, azureRegion: 'DisableMsalForceRegion' }),
    );
  }

  /** A token for the user who sent `assertion` (on-behalf-of, RFC 7523). Rejects with `AuthError`. */
  onBehalfOf(authority: TenantAuthority, assertion: UserAssertion, claims?: string): Promise<GraphToken> {
    return this.#exchange(authority, claims, (application, request) =>
      application.acquireTokenOnBehalfOf({ ...request, oboAssertion: assertion.token }),
    );
  }

  async #exchange(authority: TenantAuthority, claims: string | undefined, grant: Grant): Promise<GraphToken> {
    const correlationId = randomUUID();
    const ask = () => this.#ask(authority, claims, correlationId, grant);
    try {
      return await throughCircuit(this.#breakerOf(authority.tenant), () => this.#tell(ask()));
    } catch (error) {
      throw authErrorFromExchange(error, { correlationId, ...(claims === undefined ? {} : { claims }) });
    }
  }

  /** Counts the outcome of asking; what a breaker held back was not asked. */
  async #tell(asked: Promise<GraphToken>): Promise<GraphToken> {
    const { observer } = this.#options;
    try {
      const token = await asked;
      observer?.tokenRequest('issued');
      return token;
    } catch (error) {
      observer?.tokenRequest(error instanceof IdentityFailure ? 'unavailable' : 'refused');
      throw error;
    }
  }

  async #ask(
    authority: TenantAuthority,
    claims: string | undefined,
    correlationId: string,
    grant: Grant,
  ): Promise<GraphToken> {
    const { ConfidentialClientApplication } = await import('@azure/msal-node');
    const metadata = await authority.metadata();
    const network = new ExchangeNetwork(this.#options.http);
    const application = new ConfidentialClientApplication(this.#configure(authority, metadata.document, network));
    const request = { scopes: [this.#options.scope], correlationId, ...(claims === undefined ? {} : { claims }) };
    // The library turns what its network raises into an error of its own, so the cause is asked of the network.
    const result = await grant(application, request).catch((error: unknown) => {
      throw network.failure ?? error;
    });
    return this.#readResult(result);
  }

  #configure(authority: TenantAuthority, authorityMetadata: string, networkClient: INetworkModule): Configuration {
    const { clientId, credential } = this.#options;
    const proof =
      credential.kind === 'secret'
        ? { clientSecret: credential.secret }
        : { clientCertificate: { thumbprintSha256: credential.thumbprintSha256, privateKey: credential.privateKey } };
    return {
      auth: {
        clientId,
        authority: `${authority.origin}/${encodeURIComponent(authority.tenant)}`,
        knownAuthorities: [new URL(authority.origin).host],
        authorityMetadata,
        // Declares that claims challenges are understood (continuous access evaluation).
        clientCapabilities: ['cp1'],
        ...proof,
      },
      system: { networkClient },
    };
  }

  #readResult(result: Awaited<ReturnType<Grant>>): GraphToken {
    if (result === null || result.accessToken === '' || result.expiresOn === null) {
      throw new IdentityFailure('answer holds no token');
    }
    const obtainedAt = this.#options.clock.date();
    // The library has added its lifetime to the date of the machine.
    const lifetime = result.expiresOn.getTime() - systemClock.date();
    return { value: result.accessToken, obtainedAt, expiresAt: obtainedAt + lifetime };
  }

  #breakerOf(tenant: string): CircuitBreaker {
    let breaker = this.#breakers.get(tenant);
    if (breaker === undefined) {
      const { clock, observer } = this.#options;
      breaker = new CircuitBreaker({
        failures: 5,
        calls: 5,
        openMilliseconds: 5000,
        now: clock.now,
        onChange: (from, to) => observer?.breakerChanged(from, to),
      });
      this.#breakers.set(tenant, breaker);
    }
    return breaker;
  }
}

/**
 * Does not ask an identity service that has not answered lately, so that users without a token are told at once and those
 * with one never notice. Only IdentityFailure counts: a refusal is an answer.
 */
async function throughCircuit<T>(circuit: CircuitBreaker, work: () => Promise<T>): Promise<T> {
  const call = circuit.enter();
  if (typeof call === 'number') throw new IdentityFailure('left alone for a while', Math.ceil(call / 1000));
  try {
    const result = await work();
    call.end('success');
    return result;
  } catch (error) {
    call.end(error instanceof IdentityFailure ? 'failure' : 'success');
    throw error;
  }
}

/** The network of one exchange; remembers why it could not deliver. */
class ExchangeNetwork implements INetworkModule {
  failure: IdentityFailure | undefined;
  readonly #http: IdentityHttp;

  constructor(http: IdentityHttp) {
    this.#http = http;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    return this.#send<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    return this.#send<T>('POST', url, options);
  }

  async #send<T>(method: 'GET' | 'POST', url: string, options?: NetworkRequestOptions): Promise<NetworkAnswer<T>> {
    try {
      const answer = await this.#http.call(url, {
        method,
        ...(options?.headers === undefined ? {} : { headers: options.headers }),
        ...(options?.body === undefined ? {} : { body: options.body }),
      });
      return { status: answer.status, headers: answer.headers, body: answer.body as T };
    } catch (error) {
      if (error instanceof IdentityFailure) this.failure = error;
      throw error;
    }
  }
}

interface NetworkAnswer<T> {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: T;
}
