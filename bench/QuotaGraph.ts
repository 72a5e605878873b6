import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { listen } from '../test/support/listen.js';

/** Operations in any second. */
export const perSecond = 60;
const callMs = 50;

interface Part {
  readonly id: string;
  readonly url: string;
}

/** How Graph answers one operation. */
interface Outcome {
  readonly status: 200 | 429;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** A Graph that serves a fixed number of operations in any second, and throttles the others, each part of a batch by itself. */
export class QuotaGraph {
  served = 0;
  throttled = 0;
  isUnlimited = false;
  private readonly times: number[] = [];
  private readonly server: Server = createServer((incoming, response) => {
    void (async () => {
      const [body] = await Promise.all([text(incoming), delay(callMs)]);
      const { url = '' } = incoming;
      const { status, headers, body: answer } = url.endsWith('/$batch') ? this.answerBatch(body) : this.answer(url);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
    })();
  });

  /** Listens on a free port of this machine; gives the service root. */
  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.server)}/beta`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answerBatch(body: string): Outcome {
    const { requests } = JSON.parse(body) as { requests: readonly Part[] };
    const responses = requests.map(({ id, url }) => ({ id, ...this.answer(url) }));
    return { status: 200, headers: {}, body: { responses } };
  }

  private answer(url: string): Outcome {
    const isServed = this.isUnlimited || this.hasRoom();
    if (isServed) this.served += 1;
    else this.throttled += 1;
    const used = this.times.length / perSecond;
    const headers = {
      ...(isServed ? {} : { 'retry-after': '1' }),
      ...(used >= 0.8 && !this.isUnlimited ? { 'x-ms-throttle-limit-percentage': used.toFixed(2) } : {}),
    };
    const id = /users\/([\da-f-]+)/.exec(url)?.[1];
    return isServed
      ? { status: 200, headers, body: { id, displayName: 'User' } }
      : { status: 429, headers, body: { error: { code: 'TooManyRequests', message: 'Too many requests.' } } };
  }

  private hasRoom(): boolean {
    const now = performance.now();
    while ((this.times[0] ?? now) < now - 1_000) this.times.shift();
    if (this.times.length >= perSecond) return false;
    this.times.push(now);
    return true;
  }
}
