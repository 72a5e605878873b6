import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../src/server/createLogger.js';
import { startIdentityProvider } from '../../src/emulator/identity/startIdentityProvider.js';
import { listen } from '../support/listen.js';

/** What `CanaryEnvironment` has read so far in this file. */
interface CanaryScan {
  readonly findings: string[];
  readonly scanned: Readonly<Record<'log' | 'url' | 'answer' | 'output', number>>;
}
const { canaryScan } = globalThis as unknown as { readonly canaryScan: CanaryScan };

const planted = 'canary-planted-0f2b';
const token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"oid":"somebody"}').toString('base64url')}.c2ln`;

/** Answers `text` to the request for `path`, once. */
async function serveOnce(path: string, text: string, headers: Record<string, string> = {}): Promise<void> {
  const server = createServer((_request, response) => response.writeHead(200, headers).end(text));
  const port = await listen(server);
  await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  await new Promise((resolve) => server.close(resolve));
}

async function printInChild(text: string, stream: 'stdout' | 'stderr'): Promise<void> {
  const program = `process.${stream}.write(${JSON.stringify(text)})`;
  await once(spawn(process.execPath, ['-e', program]), 'close');
}

const log = createLogger('trace', { write: () => undefined });

/** The scan that goes on in every test file, tried out: a scan that sees nothing would find nothing either. */
describe('the scan of everything that the test run puts out (A28)', () => {
  // What was planted here on purpose must not fail this file.
  afterEach(() => void canaryScan.findings.splice(0));

  it.each<readonly [string, () => unknown]>([
    ['a log line', () => log.info({ planted }, 'a line')],
    ['a log line of the lowest level', () => log.trace(planted)],
    ['a URL', () => serveOnce(`/users?$filter=${planted}`, 'fine')],
    ['an answer', () => serveOnce('/', `{"data":"${planted}"}`)],
    ['a header of an answer', () => serveOnce('/', 'fine', { 'x-debug': planted })],
    ['the output of a process', () => printInChild(planted, 'stdout')],
    ['the error output of a process', () => printInChild(planted, 'stderr')],
  ])('finds a secret in %s', async (_place, leak) => {
    await leak();
    expect(canaryScan.findings).toEqual([expect.stringContaining(planted)]);
  });

  it.each([
    ['a signed token', token, token.slice(0, 30)],
    ['a bearer header', 'authorization: Bearer opaque-token', 'Bearer opaque-token'],
    ['a form with a secret', 'grant_type=x&client_secret=hunter2', 'client_secret=hunter2'],
    ['a form with a user’s token', 'assertion=abc', 'assertion=abc'],
  ])('knows %s without having been told of it', async (_what, text, found) => {
    await serveOnce('/', text);
    expect(canaryScan.findings).toEqual([expect.stringContaining(found)]);
  });

  it.each([
    ['a challenge of Graph', 'Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="'],
    ['what the log has hidden', 'Bearer [hidden] client_secret=[hidden]'],
  ])('takes for no secret: %s', async (_what, text) => {
    await serveOnce('/', text);
    expect(canaryScan.findings).toEqual([]);
  });

  it('leaves the identity provider alone, which gives out tokens because that is its work', async () => {
    const identity = await startIdentityProvider({ clients: [] });
    identity.script({ endpoint: 'keys', answer: { kind: 'status', status: 200, body: token } });
    const { request } = await import('node:https');
    const call = request(`${identity.origin}/tenant/discovery/v2.0/keys`, { ca: identity.ca }).end();
    const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream];
    await once(response.resume(), 'end');
    await identity.close();
    expect(canaryScan.findings).toEqual([]);
  });

  it('has read all four kinds', () => {
    expect(Object.values(canaryScan.scanned).every((count) => count > 0)).toBe(true);
  });
});
