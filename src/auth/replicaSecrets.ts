/** Secrets that every replica derives by itself, and to which all come alike. */
import { createHash, hkdfSync } from 'node:crypto';
import type { GatewayConfig } from '../config/GatewayConfig.js';
import { normalAddress } from '../graph/normalAddress.js';
import { readClientCredential, readStoreSecret } from './identity/readClientCredential.js';

/**
 * What all replicas have in common, and what nobody else knows as far as there is such a thing: the application's
 * credential, else the password of the store and the Graph that they ask. However its address is spelled, it is the same
 * Graph.
 */
export function sharedSecret({ auth, graph }: GatewayConfig): string {
  if (auth.mode === 'app' || auth.mode === 'obo') return readStoreSecret(readClientCredential(auth));
  const { username = '', password = '' } = auth.cacheUrl === undefined ? {} : new URL(auth.cacheUrl);
  return [auth.mode, normalAddress(graph.baseUrl), username, password].join(' ');
}

/**
 * The key of cursors. All replicas have to come to the same one: the configured secret, else one derived from the
 * client's own, else from what all replicas share anyway. The last keeps cursors whole, not secret, which is enough:
 * a cursor gives no right, and its link is held to the service root like every other.
 */
export function cursorKey(config: GatewayConfig): string {
  const secret = config.cursorSecret ?? sharedSecret(config);
  const key = hkdfSync('sha256', createHash('sha256').update(secret).digest(), '', 'cursors', 32);
  return Buffer.from(key).toString('base64url');
}
