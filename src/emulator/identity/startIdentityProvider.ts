import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificates/makeCertificate.js';
import { IdentityEndpoints } from './IdentityEndpoints.js';
import type {
  IdentityProviderOptions,
  RecordedTokenRequest,
  RegisteredClient,
  ScriptedAnswer,
} from './identityTypes.js';
import type { UserTokenRequest } from './TokenMint.js';
import type { Claims } from './webToken.js';

/** A running identity provider: the part of the Microsoft identity platform that a gateway talks to. */
export interface IdentityProvider {
  /** `https://localhost:PORT` */
  readonly origin: string;
  /** PEM of the certificate to trust; made anew at each start. */
  readonly ca: string;
  readonly graphAudience: string;
  /** Calls so far, by endpoint. */
  readonly calls: { discovery: number; keys: number; token: number; other: number };
  /** Token requests so far, without secrets. */
  readonly tokenRequests: RecordedTokenRequest[];
  /** A user's token for an application of ours. */
  mintUserToken(request: UserTokenRequest): string;
  /** A token with any claims, for Graph unless `aud` says otherwise. */
  mintGraphToken(request: { readonly tid: string; readonly expiresIn?: number; readonly claims: Claims }): string;
  /** Claims of a token that this provider signed, or undefined. Times are not judged. */
  verify(token: string): Claims | undefined;
  rotateKeys(options?: { readonly withdrawOld?: boolean }): void;
  /** Changes what a client is granted from now on. */
  grant(clientId: string, permissions: Pick<RegisteredClient, 'delegated' | 'application'>): void;
  /** The next fitting calls get this answer. */
  script(answer: ScriptedAnswer): void;
  clearScript(): void;
  close(): Promise<void>;
}

/** Starts one on loopback with TLS of its own. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const tls = makeCertificate('ec', 'identity provider of the emulator');
  const state = new IdentityEndpoints(options);
  const server = createServer({ key: tls.privateKey, cert: tls.certificate }, (request, response) => {
    void state.handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  state.origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return describeProvider(state, tls.certificate, server);
}

function describeProvider(state: IdentityEndpoints, ca: string, server: Server): IdentityProvider {
  return {
    origin: state.origin,
    ca,
    graphAudience: state.graphAudience,
    calls: state.calls,
    tokenRequests: state.tokenRequests,
    mintUserToken: (request) => state.mint.mintForUser(request),
    mintGraphToken: ({ tid, expiresIn = 3600, claims }) =>
      state.mint.mint(tid, expiresIn, { aud: state.graphAudience, ...claims }),
    verify: (token) => state.keys.verify(token)?.payload,
    rotateKeys: (rotation) => state.keys.rotate(rotation),
    grant: (clientId, permissions) => {
      state.clients = state.clients.map((client) =>
        client.clientId === clientId ? { ...client, ...permissions } : client,
      );
    },
    script: (answer) => state.script.add(answer),
    clearScript: () => state.script.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
