import type { SigningKey } from './SigningKeys.js';

/** An application registered at the identity provider. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly secret?: string;
  /** PEM; proves itself by a signed assertion instead of, or beside, the secret. */
  readonly certificate?: string;
  /** `aud` a user's token must have to be exchanged; default `api://CLIENT_ID` and CLIENT_ID. */
  readonly audiences?: readonly string[];
  /** Delegated permissions that users have consented to; they become `scp`. */
  readonly delegated?: readonly string[];
  /** Application permissions that an administrator has granted; they become `roles`. */
  readonly application?: readonly string[];
}

/** A token request as it was counted. Holds no secret and no token. */
export interface RecordedTokenRequest {
  readonly grant: 'client_credentials' | 'on_behalf_of' | 'unknown';
  readonly tenant: string;
  readonly clientId: string;
  /** How the client proved itself. */
  readonly proof: 'secret' | 'certificate' | 'none';
  readonly scope: string;
  /** Object id of the user in the assertion, for on-behalf-of. */
  readonly user?: string;
  /** The `claims` parameter as it came. */
  readonly claims?: string;
  readonly status: number;
}

/** What the identity provider answers instead of its own answer, once or for a while. */
export interface ScriptedAnswer {
  readonly endpoint: 'discovery' | 'keys' | 'token';
  /** How many calls it is for; default 1. */
  readonly times?: number;
  /** Only token requests of this user. */
  readonly user?: string;
  /** Only token requests that carry `claims` (true) or that carry none (false). */
  readonly withClaims?: boolean;
  readonly answer: ScriptedReaction;
}

/** What happens to a request in the place of an answer: an answer of the script, or a failure of the connection. */
export type ScriptedReaction =
  /** Status and body; the body may be any text. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** An OAuth error as the Microsoft identity platform words it. */
  | {
      readonly kind: 'oauth';
      readonly error: string;
      readonly number?: number;
      readonly subError?: string;
      readonly claims?: string;
    }
  /** Never answers; the connection stays open until the provider is closed. */
  | { readonly kind: 'hang' }
  /** Holds the answer until the promise settles, then answers as usual. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Cuts the connection. */
  | { readonly kind: 'reset' };

/** An OAuth failure raised inside the provider (RFC 6749 section 5.2). */
export class GrantError extends Error {
  override readonly name = 'GrantError';

  constructor(
    readonly code: string,
    readonly number: number,
    message: string,
  ) {
    super(message);
  }
}

/** How the identity provider is set up. */
export interface IdentityProviderOptions {
  readonly clients: readonly RegisteredClient[];
  /** Origin of the Graph its tokens are for; default https://graph.microsoft.com. */
  readonly graphAudience?: string;
  /** Life of the tokens it gives out; default 3600. */
  readonly tokenLifetimeSeconds?: number;
  /** Loopback port; default any free one. */
  readonly port?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
  /** What it signs with at first; default a new key, which takes a tenth of a second to find. */
  readonly signingKey?: SigningKey;
}
