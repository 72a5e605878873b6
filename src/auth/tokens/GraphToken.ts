/** A Graph access token and its times, in milliseconds since 1970 by the gateway's clock. */
export interface GraphToken {
  readonly value: string;
  readonly obtainedAt: number;
  readonly expiresAt: number;
}
