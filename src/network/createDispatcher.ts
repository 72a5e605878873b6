import { createSecureContext } from 'node:tls';
import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { createTunnelPool } from './createTunnelPool.js';

/** Proxies of the company that the gateway runs in. */
export interface ProxySettings {
  /** URL of the proxy for https:// addresses. */
  readonly https?: string;
  readonly http?: string;
  /** Hosts and domains that are called directly, separated by commas, as NO_PROXY has them. */
  readonly direct?: string;
}

/** How connections are made and kept. Times are in milliseconds. */
export interface ConnectionOptions {
  /** At the most, at one time. */
  readonly connections: number;
  readonly connectTimeout: number;
  readonly keepAliveTimeout?: number;
  /** For the head of an answer, and then for each part of its body; 0: whoever asks keeps the time. */
  readonly answerTimeout?: number;
  /** PEM of certificate authorities to trust instead of the usual ones. */
  readonly ca?: readonly string[];
}

/**
 * What sends requests to one origin, over connections that are kept: directly, or by way of the proxy that is set for
 * addresses like it. An https:// address is reached through a tunnel, so that a proxy sees no token; of an http:// one
 * the proxy is asked for itself, since many open tunnels to port 443 only.
 */
export function createDispatcher(origin: string, options: ConnectionOptions, proxy: ProxySettings = {}): Dispatcher {
  const { connections, connectTimeout, keepAliveTimeout, answerTimeout, ca } = options;
  // Read once: to read the hundreds of certificates of usual authorities anew takes longer than all else of a connection.
  const trust = ca === undefined ? {} : { secureContext: createSecureContext({ ca: [...ca] }) };
  const connect = { timeout: connectTimeout, ...trust };
  const pool = {
    connections,
    connect,
    ...(keepAliveTimeout === undefined ? {} : { keepAliveTimeout }),
    ...(answerTimeout === undefined ? {} : { headersTimeout: answerTimeout, bodyTimeout: answerTimeout }),
  };
  const isSecure = new URL(origin).protocol === 'https:';
  const uri = isSecure ? proxy.https : proxy.http;
  if (uri === undefined) return new Pool(origin, pool);
  return new EnvHttpProxyAgent({
    ...pool,
    httpProxy: uri,
    httpsProxy: uri,
    noProxy: proxy.direct ?? '',
    proxyTunnel: isSecure,
    clientFactory: (url, made) => createTunnelPool(url, made, connectTimeout),
    proxyTls: { timeout: connectTimeout },
    requestTls: connect,
  });
}
