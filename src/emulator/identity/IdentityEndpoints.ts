import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { describeTokenRequest, hasChallenge } from './describeTokenRequest.js';
import { grantToken, type TokenResponse } from './grantToken.js';
import {
  GrantError,
  type IdentityProviderOptions,
  type RecordedTokenRequest,
  type RegisteredClient,
} from './identityTypes.js';
import { describeOAuthError, toJson, type Reply } from './reply.js';
import { ScriptedAnswers, type ScriptableCall } from './ScriptedAnswers.js';
import { SigningKeys } from './SigningKeys.js';
import { TokenMint } from './TokenMint.js';
import { decodeToken } from './webToken.js';

/** The endpoints of the identity provider and what they share. */
export class IdentityEndpoints {
  origin = '';
  clients: readonly RegisteredClient[];
  readonly keys: SigningKeys;
  readonly script = new ScriptedAnswers();
  readonly calls = { discovery: 0, keys: 0, token: 0, other: 0 };
  readonly tokenRequests: RecordedTokenRequest[] = [];
  readonly graphAudience: string;
  readonly mint: TokenMint;
  readonly #lifetime: number;
  readonly #now: () => number;

  constructor(options: IdentityProviderOptions) {
    this.clients = options.clients;
    this.keys = new SigningKeys(options.signingKey);
    this.graphAudience = options.graphAudience ?? 'https://graph.microsoft.com';
    this.#lifetime = options.tokenLifetimeSeconds ?? 3600;
    this.#now = options.now ?? Date.now;
    this.mint = new TokenMint(this.keys, () => this.origin, this.#now);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const [, tenant = '', ...rest] = path.split('/').map((segment) => decodeURIComponent(segment));
    const body = await readText(request);
    const send = (reply: Reply): void => {
      response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
      response.end(reply.body);
    };
    switch (`${request.method ?? ''} ${rest.join('/')}`) {
      case 'GET v2.0/.well-known/openid-configuration':
        this.calls.discovery += 1;
        return this.#answer({ endpoint: 'discovery' }, response, send, () => this.#describeTenant(tenant));
      case 'GET discovery/v2.0/keys':
        this.calls.keys += 1;
        return this.#answer({ endpoint: 'keys' }, response, send, () => toJson(200, this.keys.toKeySet()));
      case 'POST oauth2/v2.0/token':
        this.calls.token += 1;
        return this.#answerTokenRequest(tenant, new URLSearchParams(body), response, send);
      default:
        this.calls.other += 1;
        return send(toJson(404, { error: 'not_found' }));
    }
  }

  async #answer(
    call: ScriptableCall,
    response: ServerResponse,
    send: (reply: Reply) => void,
    answer: () => Reply,
  ): Promise<void> {
    const reaction = this.script.take(call);
    switch (reaction?.kind) {
      case 'hang':
        return;
      case 'reset':
        response.socket?.destroy();
        return;
      case 'status':
        return send({ status: reaction.status, body: reaction.body ?? '{}', headers: reaction.headers ?? {} });
      case 'oauth':
        return send(describeOAuthError(reaction));
      case 'hold':
        await reaction.until;
        return send(answer());
      case undefined:
        return send(answer());
    }
  }

  async #answerTokenRequest(
    tenant: string,
    form: URLSearchParams,
    response: ServerResponse,
    send: (reply: Reply) => void,
  ): Promise<void> {
    const user = decodeToken(form.get('assertion') ?? '')?.payload['oid'];
    const call: ScriptableCall = {
      endpoint: 'token',
      hasClaims: hasChallenge(form.get('claims')),
      ...(typeof user === 'string' ? { user } : {}),
    };
    const record = (reply: Reply): void => {
      this.tokenRequests.push(describeTokenRequest(tenant, form, call.user, reply.status));
      send(reply);
    };
    return this.#answer(call, response, record, () => this.#decideGrant(tenant, form));
  }

  #decideGrant(tenant: string, form: URLSearchParams): Reply {
    try {
      return toJson(200, this.#grant(tenant, form));
    } catch (error) {
      if (!(error instanceof GrantError)) throw error;
      return describeOAuthError({ kind: 'oauth', error: error.code, number: error.number });
    }
  }

  #grant(tenant: string, form: URLSearchParams): TokenResponse {
    return grantToken(form, {
      clients: this.clients,
      keys: this.keys,
      mint: this.mint,
      graphAudience: this.graphAudience,
      lifetimeSeconds: this.#lifetime,
      tokenEndpoint: `${this.origin}/${tenant}/oauth2/v2.0/token`,
      tenant,
      now: this.#now(),
    });
  }

  #describeTenant(tenant: string): Reply {
    const base = `${this.origin}/${tenant}`;
    return toJson(200, {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      response_types_supported: ['code', 'id_token', 'token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    });
  }
}
