/** How the gateway comes by the token it shows to Graph (docs/configuration.md, `GRAPH_AUTH`). */
export type AuthMode = 'emulator' | 'none' | 'passthrough' | 'app' | 'obo';

/** Everything `createAuthenticator` needs; `readConfig` fills it from the environment. */
export interface AuthOptions {
  readonly mode: AuthMode;
  /** AZURE_TENANT_ID: home tenant of the application; needed by `app` and `obo`. */
  readonly tenantId?: string;
  /** AZURE_CLIENT_ID; needed by `app` and `obo`. */
  readonly clientId?: string;
  /** AZURE_CLIENT_SECRET; this or the certificate. */
  readonly clientSecret?: string;
  /** AZURE_CLIENT_CERTIFICATE_PATH: one PEM file with the certificate and its private key. */
  readonly clientCertificatePath?: string;
  /** https origin of the identity service, default https://login.microsoftonline.com. */
  readonly authorityHost: string;
  /** `obo`: accepted values of `aud`. Empty means the client id, bare or as `api://CLIENT_ID`. */
  readonly audiences: readonly string[];
  /** `obo`: tenants whose users may call. Empty means `tenantId` alone. */
  readonly tenants: readonly string[];
  /** Scope asked for, `<graph origin>/.default`. */
  readonly graphScope: string;
  /** CACHE_URL: redis:// or rediss:// shared by the replicas; absent means memory of this process. */
  readonly cacheUrl?: string;
}
