import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Texts of any length become equally long, so that comparing them takes as long whatever they have in common. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Whether a request comes from the router: its header `router-authorization` holds the secret that both know. Without a
 * secret everybody may ask.
 */
export function createRouterCheck(secret: string | undefined): (headers: IncomingHttpHeaders) => boolean {
  if (secret === undefined) return () => true;
  const expected = digest(secret);
  return ({ 'router-authorization': shown }) => typeof shown === 'string' && timingSafeEqual(digest(shown), expected);
}
