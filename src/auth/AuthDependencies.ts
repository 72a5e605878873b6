import type { StoreOutcome } from '../cache/RedisConnection.js';
import type { Clock } from '../clock/Clock.js';
import type { ProxySettings } from '../network/createDispatcher.js';
import type { CircuitState } from '../resilience/CircuitBreaker.js';

/** Something an operator should know; holds no token, user or secret. */
export interface AuthNotice {
  readonly message: string;
  readonly seconds?: number;
  /** Of what went wrong: its words, and of an AuthError its code, and what the identity service calls it. */
  readonly reason?: string;
  readonly code?: string;
  readonly identityError?: string;
}

/** Counts requests for tokens and how they end, for metrics. */
export interface TokenObserver {
  /** The identity service was asked for a token. `refused`: by an answer; `unavailable`: there was none. */
  tokenRequest(outcome: 'issued' | 'refused' | 'unavailable'): void;
  /** A token was there when it was needed. */
  tokenCacheHit(): void;
  /** The store in which replicas share tokens was asked for one, or given one. */
  storeRequest(outcome: StoreOutcome): void;
  /** A circuit breaker in front of the identity service went from one state to another; from none when it is made. */
  breakerChanged(from: CircuitState | undefined, to: CircuitState | undefined): void;
}

/** What tests and the composition root may put in place of the defaults of `createAuthenticator`. */
export interface AuthDependencies {
  readonly clock?: Pick<Clock, 'now' | 'date'>;
  /** PEM of a further certificate authority for the identity service; in operation NODE_EXTRA_CA_CERTS does this. */
  readonly tls?: { readonly ca?: string };
  /** Limit of one attempt to ask the identity service, in milliseconds; default 5,000. */
  readonly identityTimeout?: number;
  /** How long it is waited for where it says when to ask again (`Retry-After`), in milliseconds; default one attempt's limit. */
  readonly identityPatience?: number;
  /** Told of a clock that differs from the identity service's by more than a minute, and why the gateway is not ready. */
  readonly onNotice?: (notice: AuthNotice) => void;
  readonly observer?: TokenObserver;
  readonly proxy?: ProxySettings;
}
