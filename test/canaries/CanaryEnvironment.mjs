import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import { TestEnvironment } from 'jest-environment-node';

/** What nobody may put out: a planted secret, a bearer header, a signed token, a credential in a form or a URL. */
const secret = new RegExp(
  [
    'canary-[\\w-]+',
    '\\b[Bb]earer +(?!error=|\\[hidden\\])[\\w~+/.-]{8,}',
    '\\beyJ[\\w-]{8,}\\.[\\w-]+',
    '\\b(?:client_secret|client_assertion|assertion|access_token)=(?!\\[hidden\\])\\w+',
  ].join('|'),
);

/**
 * Where tests run (issue 4, point 7; abuse case A28). It reads along whatever a test file makes the product put out: every
 * log line, every URL asked for and every answer of an HTTP server of this process (gateways and Graph emulators), and
 * what child processes print. A secret among it fails the file, whichever test it was and whatever that test looked at.
 *
 * The identity provider alone speaks TLS and gives out tokens because that is its work, so TLS is left out.
 */
export default class CanaryEnvironment extends TestEnvironment {
  /** Tests find it as `canaryScan`. */
  scan = { findings: [], scanned: { log: 0, url: 0, answer: 0, output: 0 } };
  #listeners = new Map([
    ['tracing:pino_asJson:end', ({ result }) => this.#read('log', result)],
    ['http.server.request.start', ({ request }) => this.#readUrl(request)],
    ['child_process', ({ process: child }) => child.once('spawn', () => this.#readOutput(child))],
  ]);
  #original = { write: ServerResponse.prototype.write, end: ServerResponse.prototype.end };

  async setup() {
    await super.setup();
    this.global.canaryScan = this.scan;
    for (const [channel, listener] of this.#listeners) subscribe(channel, listener);
    for (const name of ['write', 'end']) ServerResponse.prototype[name] = this.#readingAlong(this.#original[name]);
  }

  async teardown() {
    Object.assign(ServerResponse.prototype, this.#original);
    for (const [channel, listener] of this.#listeners) unsubscribe(channel, listener);
    await super.teardown();
    const { findings } = this.scan;
    if (findings.length > 0) throw new Error(`secrets were put out:\n${findings.slice(0, 10).join('\n')}`);
  }

  #read(kind, text) {
    this.scan.scanned[kind] += 1;
    const found = secret.exec(text);
    if (found !== null) this.scan.findings.push(`${kind}: ${found[0]}`);
  }

  #readUrl({ url, socket }) {
    if (!socket.encrypted) this.#read('url', url);
  }

  /** `write` or `end` of an answer, which reads what was given to it, and the head that it has written by then. */
  #readingAlong(original) {
    const read = (text) => this.#read('answer', text);
    return function (chunk, ...rest) {
      const result = original.call(this, chunk, ...rest);
      const isText = typeof chunk === 'string' || chunk instanceof Uint8Array;
      if (!this.req.socket?.encrypted) read(`${this._header}${isText ? String(chunk) : ''}`);
      return result;
    };
  }

  #readOutput(child) {
    if (child.spawnfile !== process.execPath) return;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => this.#read('output', chunk));
  }
}
