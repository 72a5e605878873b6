import type { AccessToken } from '../graph/GraphSession.js';

/**
 * On whose behalf a request reads. Tenant and object id keep callers apart: in cursors, in what is cached, and in how much
 * each may ask of Graph. In mode `passthrough` they stand for the token itself, which only Graph can judge.
 */
export interface Caller {
  /** Undefined for the application itself. */
  readonly tenantId?: string;
  /** Undefined for the application itself. */
  readonly objectId?: string;
  /** Rejects with `AuthError`. With claims the cache is skipped and one exchange is made with them. */
  readonly accessToken: AccessToken;
}
