/**
 * A Graph that takes its time and next to no computing: every call is answered after the milliseconds of its argument
 * with the same 100 users, one right for each of them, or five allotments. Runs in a process of its own.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const latency = Number(process.argv[2] ?? 0);

const guid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const list = (count: number, item: (index: number) => object): string =>
  JSON.stringify({ value: Array.from({ length: count }, (_, index) => item(index)) });

const users = list(100, (index) => ({
  id: guid(1, index),
  displayName: `User ${index}`,
  mail: `user${index}@example.com`,
  givenName: 'User',
  surname: String(index),
  accountEnabled: true,
  userType: 'Member',
  department: 'Sales',
  jobTitle: 'Seller',
  companyName: 'Contoso',
  country: 'NL',
}));
const rights = list(1, () => ({
  id: guid(2, 1),
  skuId: guid(3, 1),
  skuPartNumber: 'SPE_E3',
  externalServiceIdentifier: null,
}));
const allotments = list(5, (index) => ({ id: guid(4, index), skuId: guid(3, index), skuPartNumber: 'SPE_E3' }));

function answerTo(url: string): string {
  if (/\/usageRights\b/.test(url)) return rights;
  return /\/users\?/.test(url) ? users : allotments;
}

function answerBatch(body: string): string {
  const { requests } = JSON.parse(body) as { requests: readonly { id: string; url: string }[] };
  const parts = requests.map(({ id, url }) => `{"id":"${id}","status":200,"headers":{},"body":${answerTo(url)}}`);
  return `{"responses":[${parts.join(',')}]}`;
}

const server = createServer((incoming, response) => {
  void (async () => {
    const { url = '/' } = incoming;
    const [body] = await Promise.all([text(incoming), delay(latency)]);
    const answer = url.endsWith('/$batch') ? answerBatch(body) : answerTo(url);
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  })();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}/beta`);
