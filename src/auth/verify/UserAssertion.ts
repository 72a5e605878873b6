/** A caller's own token after it has been verified: who they are and the proof to exchange. */
export interface UserAssertion {
  /** `tid` of the token, lower case. */
  readonly tenantId: string;
  /** `oid` of the token, lower case. */
  readonly objectId: string;
  readonly token: string;
  /** From when on it is no longer accepted, in milliseconds since 1970: `exp` and the leeway. */
  readonly expiresAt: number;
}
