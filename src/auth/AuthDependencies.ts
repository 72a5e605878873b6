/** Something an operator should know; holds no token, user or secret. */
export interface AuthNotice {
  readonly message: string;
  readonly seconds?: number;
}

/** What tests and the composition root may put in place of the defaults of `createAuthenticator`. */
export interface AuthDependencies {
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
  /** PEM of a further certificate authority for the identity service; in operation NODE_EXTRA_CA_CERTS does this. */
  readonly tls?: { readonly ca?: string };
  /** Limit of one call to the identity service, in milliseconds; default 5,000. */
  readonly identityTimeout?: number;
  /** Told of a clock that differs from the identity service's by more than a minute. */
  readonly onNotice?: (notice: AuthNotice) => void;
}
