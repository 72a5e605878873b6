import { Pool, type Dispatcher } from 'undici';
import { TunnelError } from './TunnelError.js';

type Connecting = Parameters<Pool['connect']>[0];

/**
 * Connections to a proxy, each of which becomes a tunnel. Whatever keeps one from coming about is a TunnelError: where a proxy
 * closes the connection, undici would take its own word for that for one that only has to be made anew, and make it anew
 * thousands of times a second for as long as somebody waits. A proxy that says nothing at all is given up after a while:
 * undici waits for five minutes, and has what is asked next wait behind that.
 *
 * @param patienceMs for the proxy's answer, in milliseconds
 */
export function createTunnelPool(proxy: URL, options: Pool.Options, patienceMs: number): Dispatcher {
  const pool = new Pool(proxy, options);
  const connect: (asked: Connecting) => Promise<Dispatcher.ConnectData> = pool.connect.bind(pool);
  const open = async (asked: Connecting): Promise<Dispatcher.ConnectData> => {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await connect({ ...asked, signal }).catch((cause: unknown) => {
      throw new TunnelError(signal.aborted ? 'it does not answer' : (cause as Error).message, cause);
    });
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw new TunnelError(`it answers ${answer.statusCode}`);
  };
  return Object.assign(pool, { connect: open });
}
