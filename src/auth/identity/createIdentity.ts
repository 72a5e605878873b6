import type { AuthDependencies, TokenObserver } from '../AuthDependencies.js';
import type { AuthConfig } from '../../config/GatewayConfig.js';
import { createSharedStore } from '../../cache/createSharedStore.js';
import type { Clock } from '../../clock/Clock.js';
import { systemClock } from '../../clock/systemClock.js';
import type { SharedStore } from '../../cache/SharedStore.js';
import { TokenCache } from '../tokens/TokenCache.js';
import { watchClock } from './watchClock.js';
import { IdentityHttp } from './IdentityHttp.js';
import { readAuthorityOrigin } from './readAuthorityOrigin.js';
import { readClientCredential, readStoreSecret } from './readClientCredential.js';
import { TenantAuthority } from './TenantAuthority.js';
import { TokenService } from './TokenService.js';

/** The parts that modes `app` and `obo` have in common. */
export interface Identity {
  readonly clientId: string;
  readonly homeTenant: string;
  readonly authorityOf: (tenant: string) => TenantAuthority;
  readonly tokens: TokenService;
  readonly cache: TokenCache;
  readonly clock: Pick<Clock, 'now' | 'date'>;
  close(): Promise<void>;
}

/** Builds them. Throws a plain error of one line that names the variable when a setting is missing or unusable. */
export function createIdentity(options: AuthConfig, dependencies: AuthDependencies): Identity {
  const { clock = systemClock, observer } = dependencies;
  const { clientId, homeTenant } = readApplication(options);
  const credential = readClientCredential(options);
  const origin = readAuthorityOrigin(options.authorityHost);
  const http = createHttp(origin, dependencies, clock);
  const store = createStore(options, readStoreSecret(credential), observer);
  return {
    clientId,
    homeTenant,
    authorityOf: rememberAuthorities(origin, http, clock),
    tokens: new TokenService({ clientId, credential, scope: options.graphScope, http, clock, observer }),
    cache: new TokenCache({ clock, onHit: () => observer?.tokenCacheHit(), ...(store === undefined ? {} : { store }) }),
    clock,
    close: async () => {
      await Promise.all([http.close(), store?.close()]);
    },
  };
}

function readApplication(options: AuthConfig): { readonly clientId: string; readonly homeTenant: string } {
  const { clientId, tenantId } = options;
  if (clientId === undefined) throw new Error(`GRAPH_AUTH=${options.mode} needs AZURE_CLIENT_ID`);
  if (tenantId === undefined) throw new Error(`GRAPH_AUTH=${options.mode} needs AZURE_TENANT_ID`);
  return { clientId, homeTenant: tenantId.toLowerCase() };
}

function createHttp(origin: string, dependencies: AuthDependencies, clock: Pick<Clock, 'now' | 'date'>): IdentityHttp {
  const ca = dependencies.tls?.ca;
  const timeoutMilliseconds = dependencies.identityTimeout ?? 5000;
  return new IdentityHttp({
    origin,
    timeoutMilliseconds,
    patienceMilliseconds: Math.max(timeoutMilliseconds, dependencies.identityPatience ?? 0),
    onDate: watchClock(clock, dependencies.onNotice ?? (() => undefined)),
    ...(ca === undefined ? {} : { ca }),
    proxy: dependencies.proxy,
  });
}

function createStore({ cacheUrl }: AuthConfig, secret: string, observer?: TokenObserver): SharedStore | undefined {
  // Without Redis the token cache itself is all there is; a second one in memory would only hold the same twice.
  if (cacheUrl === undefined) return undefined;
  return createSharedStore({ cacheUrl, secret, onRequest: (outcome) => observer?.storeRequest(outcome) });
}

/** One authority for each tenant; callers ask only for tenants of the allow-list, so their number is bounded. */
function rememberAuthorities(
  origin: string,
  http: IdentityHttp,
  clock: Pick<Clock, 'now' | 'date'>,
): (tenant: string) => TenantAuthority {
  const authorities = new Map<string, TenantAuthority>();
  return (tenant) => {
    const known = authorities.get(tenant);
    if (known !== undefined) return known;
    const authority = new TenantAuthority(origin, tenant, http, clock.now);
    authorities.set(tenant, authority);
    return authority;
  };
}
