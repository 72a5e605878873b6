/**
 * Gives the token for one Graph call, or undefined where Graph is called without one; at once where it is at hand.
 * `claims` is the decoded JSON of a claims challenge (Graph: continuous access evaluation): the cache is skipped and one
 * exchange is made with it. Rejects with `AuthError`.
 */
export type AccessToken = (challenge?: { readonly claims: string }) => string | undefined | Promise<string | undefined>;

/** On whose behalf a request reads. Tenant and object id are part of every cursor, cache key and loader. */
export interface Caller {
  /** Undefined for the application itself. */
  readonly tenantId?: string;
  /** Undefined for the application itself. */
  readonly objectId?: string;
  readonly accessToken: AccessToken;
}
