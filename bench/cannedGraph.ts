/**
 * A Graph that answers from memory: what it was asked once, the emulator behind it has answered, so that it is no
 * bottleneck for either side of a comparison. Runs in a process of its own; its argument is the latency in milliseconds.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { startEmulator } from '../src/emulator/index.js';

interface Canned {
  readonly status: number;
  readonly body: Buffer;
}

const latency = Number(process.argv[2] ?? 0);
const emulator = await startEmulator({ users: 600, seed: 11, latencyMs: 0 });
const canned = new Map<string, Promise<Canned>>();

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function askEmulator(method: string, url: string, body: string): Promise<Canned> {
  const answer = await request(new URL(url, emulator.url), {
    method: method as 'GET' | 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === '' ? {} : { body }),
  });
  const text = (await answer.body.text()).replaceAll(emulator.url, serviceRoot);
  return { status: answer.statusCode, body: Buffer.from(text) };
}

const server = createServer((incoming, response) => {
  void (async () => {
    const { method = 'GET', url = '/' } = incoming;
    const body = await bodyOf(incoming);
    const key = `${method} ${url} ${body}`;
    const known = canned.get(key) ?? askEmulator(method, url, body);
    canned.set(key, known);
    const { status, body: bytes } = await known;
    if (latency > 0) await delay(latency);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  })();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const serviceRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta`;
console.log(`listening ${serviceRoot}`);
