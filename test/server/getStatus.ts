import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** The status of a GET of exactly this path: fetch would write it anew. */
export async function getStatus(url: string, path: string): Promise<number | undefined> {
  const request = get(new URL(url), { path, headers: { 'apollo-require-preflight': '1' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
