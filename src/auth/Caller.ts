import type { AccessToken } from '../graph/GraphSession.js';

/** On whose behalf a request reads. Tenant and object id are part of every cursor, cache key and loader. */
export interface Caller {
  /** Undefined for the application itself. */
  readonly tenantId?: string;
  /** Undefined for the application itself. */
  readonly objectId?: string;
  /** Rejects with `AuthError`. With claims the cache is skipped and one exchange is made with them. */
  readonly accessToken: AccessToken;
}
