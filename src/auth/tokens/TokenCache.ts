import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock/Clock.js';
import type { SharedStore } from '../../cache/SharedStore.js';
import type { GraphToken } from './GraphToken.js';
import { parseGraphToken } from './parseGraphToken.js';

const minute = 60_000;

/** Whose token, and how to get a new one. */
export interface TokenRequest {
  /** Hash of everything that tells one token from another: application, tenant, user's assertion, scope. */
  readonly key: string;
  /** The token is not used beyond this moment, in milliseconds since 1970 (the end of the user's own token). */
  readonly until?: number;
  /** Asks the identity service; rejects with `AuthError`. */
  readonly acquire: (claims?: string) => Promise<GraphToken>;
}

/** Where tokens are kept, and how many. */
export interface TokenCacheOptions {
  /** Shared by the replicas; asked only when this process has no token. */
  readonly store?: SharedStore;
  readonly maxTokens?: number;
  /** Bound on the characters of all tokens together. */
  readonly maxCharacters?: number;
  readonly clock: Pick<Clock, 'now' | 'date'>;
  /** Told of each token that was there when it was needed. */
  readonly onHit?: () => void;
}

/**
 * A token has an end in two ways. Its date is the one that Graph goes by, also where this process has slept with its machine;
 * the time that it had left when it came here is over in time, also where the clock of the machine is set back.
 */
interface CachedToken {
  readonly token: GraphToken;
  /** A date. */
  readonly usableUntil: number;
  /** Here and below by `Clock.now`. */
  readonly lastsUntil: number;
  readonly cachedAt: number;
  refreshFrom: number;
  /** Claims of the challenge this token was the answer to. */
  readonly answeredClaims?: string;
}

/**
 * Graph tokens by caller: bounded, one acquisition at a time for each key however many callers wait for it (the token
 * library alone makes one for each: measured), and in front of the store that replicas share.
 */
export class TokenCache {
  readonly #tokens: LRUCache<string, CachedToken>;
  readonly #flights = new Map<string, Promise<CachedToken>>();
  readonly #store: SharedStore | undefined;
  readonly #clock: Pick<Clock, 'now' | 'date'>;
  readonly #onHit: (() => void) | undefined;
  #nextSweep = 0;

  constructor(options: TokenCacheOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onHit = options.onHit;
    this.#tokens = new LRUCache({
      max: options.maxTokens ?? 20_000,
      maxSize: options.maxCharacters ?? 64 * 1024 * 1024,
      sizeCalculation: (cached) => cached.token.value.length + 200,
    });
  }

  /** Tokens held now. */
  get size(): number {
    return this.#tokens.size;
  }

  /** A token that is good for at least a minute (or a tenth of its life). Rejects with what `acquire` rejects with. */
  get(request: TokenRequest): string | Promise<string> {
    const cached = this.#findUsable(request.key);
    if (cached === undefined) return this.#fly(request).then(({ token }) => token.value);
    this.#onHit?.();
    if (this.#clock.now() >= cached.refreshFrom) this.#refreshInBackground(request, cached);
    return cached.token.value;
  }

  /**
   * A token for a claims challenge: a new one, got with the claims, which replaces the one that was challenged. Calls of
   * one query are challenged together; those that arrive within 10 s with the same claims share the answer.
   */
  async getForChallenge(request: TokenRequest, claims: string): Promise<string> {
    const cached = this.#findUsable(request.key);
    const isAnswered = cached?.answeredClaims === claims && this.#clock.now() - cached.cachedAt < 10_000;
    if (isAnswered) return cached.token.value;
    return (await this.#fly(request, claims)).token.value;
  }

  #findUsable(key: string): CachedToken | undefined {
    const cached = this.#tokens.get(key);
    if (cached === undefined || this.#isUsable(cached)) return cached;
    this.#tokens.delete(key);
    return undefined;
  }

  /** Serves the old token meanwhile; a failing refresh is tried again in half a minute by whoever comes then. */
  #refreshInBackground(request: TokenRequest, cached: CachedToken): void {
    cached.refreshFrom = this.#clock.now() + minute / 2;
    this.#flyOnce(request.key, () => this.#acquire(request)).catch(() => undefined);
  }

  #fly(request: TokenRequest, claims?: string): Promise<CachedToken> {
    if (claims !== undefined) return this.#flyOnce(`${request.key}|${claims}`, () => this.#acquire(request, claims));
    return this.#flyOnce(request.key, async () => (await this.#findShared(request)) ?? this.#acquire(request));
  }

  #flyOnce(name: string, start: () => Promise<CachedToken>): Promise<CachedToken> {
    let flight = this.#flights.get(name);
    if (flight === undefined) {
      flight = start().finally(() => this.#flights.delete(name));
      this.#flights.set(name, flight);
    }
    return flight;
  }

  async #findShared(request: TokenRequest): Promise<CachedToken | undefined> {
    const text = await this.#store?.get(request.key);
    const token = text === undefined ? undefined : parseGraphToken(text);
    // A replica whose clock is ahead has put the end of its token as far off.
    if (token === undefined || token.obtainedAt > this.#clock.date() + minute) return undefined;
    const cached = this.#cachedToken(token, request.until);
    if (!this.#isUsable(cached)) return undefined;
    this.#onHit?.();
    this.#keep(request.key, cached);
    return cached;
  }

  async #acquire(request: TokenRequest, claims?: string): Promise<CachedToken> {
    const token = await request.acquire(claims);
    const cached = {
      ...this.#cachedToken(token, request.until),
      ...(claims === undefined ? {} : { answeredClaims: claims }),
    };
    this.#keep(request.key, cached);
    // Not waited for: the store never rejects, and the caller has what they came for.
    void this.#store?.set(request.key, JSON.stringify(token), cached.lastsUntil - this.#clock.now());
    return cached;
  }

  #keep(key: string, cached: CachedToken): void {
    this.#sweepExpired();
    if (this.#isUsable(cached)) this.#tokens.set(key, cached);
  }

  /** Once a minute at most, so that expired tokens do not wait in memory for their place in the queue. */
  #sweepExpired(): void {
    const now = this.#clock.now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + minute;
    for (const [key, cached] of this.#tokens.entries()) {
      if (!this.#isUsable(cached)) this.#tokens.delete(key);
    }
  }

  #isUsable({ usableUntil, lastsUntil }: CachedToken): boolean {
    return this.#clock.date() < usableUntil && this.#clock.now() < lastsUntil;
  }

  /** A token is given up a minute before its end and renewed from five minutes before; sooner if it is short-lived. */
  #cachedToken(token: GraphToken, until = Infinity): CachedToken {
    const cachedAt = this.#clock.now();
    const timeOf = (date: number): number => cachedAt + date - this.#clock.date();
    const lifetime = token.expiresAt - token.obtainedAt;
    const givenUpAt = token.expiresAt - Math.min(minute, lifetime / 10);
    const usableUntil = Math.min(givenUpAt, until);
    return {
      token,
      usableUntil,
      lastsUntil: timeOf(usableUntil),
      cachedAt,
      // Where the user's own token ends first, a renewed one would live no longer.
      refreshFrom: until <= givenUpAt ? Infinity : timeOf(token.expiresAt - Math.min(5 * minute, lifetime / 5)),
    };
  }
}
