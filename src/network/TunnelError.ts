/** A proxy that leads nowhere: nothing has been sent through it. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code = 'ERR_PROXY_TUNNEL';

  constructor(why: string, cause?: unknown) {
    super(`the proxy opens no tunnel: ${why}`, { cause });
  }
}
