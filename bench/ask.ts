import { request } from 'undici';
import type { Question } from './processes/loadGenerator.js';
import type { ServerProcess } from './processes/ServerProcess.js';

/** The text that a server answers a question with. */
export async function ask({ url }: ServerProcess, { method, path, body }: Question): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await request(new URL(path, url), { method, headers, body });
  return answer.body.text();
}

/** The data that the gateway answers a query with. Raises where there are errors. */
export async function askGateway(gateway: ServerProcess, body: string): Promise<{ data: unknown; bytes: number }> {
  const answer = await ask(gateway, { method: 'POST', path: '/graphql', body, bytes: 0 });
  const { data, errors } = JSON.parse(answer) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(`the gateway: ${JSON.stringify(errors).slice(0, 500)}`);
  return { data, bytes: Buffer.byteLength(answer) };
}
