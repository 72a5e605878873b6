import { closeAfterEach } from '../../support/closeAfterEach.js';
import { openClient, type OpenClient, type OpenClientOptions } from './openClient.js';
import { startRawServer, type RawAnswer, type RawServer } from './startRawServer.js';

/** Starts a raw server that is closed after the test. */
export async function serve(answer: RawAnswer): Promise<RawServer> {
  const server = await startRawServer(answer);
  closeAfterEach(server);
  return server;
}

/** Opens a client that is closed after the test. */
export function connect(url: string, options: OpenClientOptions = {}): OpenClient {
  const graph = openClient(url, options);
  closeAfterEach(graph);
  return graph;
}
