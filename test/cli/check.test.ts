import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { printResults, runChecks } from '../../src/cli/checks/runChecks.js';
import { runCommand } from '../../src/cli/runCommand.js';
import { readConfig } from '../../src/config/readConfig.js';
import { makeCertificate } from '../../src/emulator/identity/certificates/makeCertificate.js';
import { clientId, clientSecret, openStand, type Stand } from '../gateway/support/openStand.js';
import { closeServer, listen } from '../support/listen.js';
import { startProcess } from '../support/startProcess.js';

type Table = Readonly<Record<string, readonly [outcome: string, detail: string]>>;

/** The printed table, by subject. */
function readTable(printed: string): Table {
  const rows = printed.trimEnd().split('\n');
  return Object.fromEntries(
    rows.map((row) => {
      const [outcome = '', subject = '', detail = ''] = row.split(/ {2,}/);
      return [subject, [outcome, detail]];
    }),
  );
}

function outcomesOf(table: Table): ReadonlySet<string> {
  return new Set(Object.values(table).map(([outcome]) => outcome));
}

async function check(variables: Record<string, string>) {
  let printed = '';
  const code = await runCommand(['check'], { variables, print: (text) => void (printed += text) });
  return { code, printed, table: readTable(printed) };
}

describe('license-gateway check', () => {
  let stand: Stand;
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  const credential = makeCertificate('rsa', 'gateway');
  const everything = ['Directory.Read.All', 'Reports.Read.All'];

  beforeAll(async () => {
    stand = await openStand({ certificate: credential.certificate });
    writeFileSync(join(folder, 'client.pem'), credential.privateKey + credential.certificate);
    writeFileSync(join(folder, 'ca.pem'), stand.identity.ca);
  });
  beforeEach(() => {
    stand.emulator.reset();
    stand.identity.grant(clientId, { delegated: everything, application: everything });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await stand.close();
  });

  /** In a process of its own, because Node reads NODE_EXTRA_CA_CERTS only at its start. */
  async function checkInProcess(mode: 'app' | 'obo', changes: Record<string, string> = {}) {
    const environment = { ...stand.variables(mode, changes), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    const { code, stdout, stderr } = await startProcess(['check'], environment).finished;
    stand.canaries.record('check', stdout + stderr);
    return { code, stderr, table: readTable(stdout) };
  }

  const tokenOf = (bearer: string): string => bearer.replace('Bearer ', '');

  it('reads every area of the demonstration tenant', async () => {
    const { code, table } = await check({});
    expect([code, [...outcomesOf(table)]]).toEqual([0, ['ok']]);
    expect(table).toMatchObject({
      configuration: ['ok', 'GRAPH_AUTH=emulator'],
      token: ['ok', 'none is sent'],
      allotments: ['ok', 'can be read'],
    });
  });

  it('says what does not answer, without secrets', async () => {
    const { code, printed, table } = await check({
      GRAPH_AUTH: 'none',
      GRAPH_BASE_URL: 'http://127.0.0.1:9/beta',
      CURSOR_SECRET: 'canary-canary-canary',
    });
    expect(code).toBe(1);
    expect(table).toMatchObject({
      configuration: ['ok', 'GRAPH_AUTH=none, http://127.0.0.1:9/beta'],
      users: ['FAILED', expect.stringMatching(/^UPSTREAM_UNAVAILABLE: Microsoft Graph cannot be reached: /)],
      groups: ['skipped', 'not tried'],
    });
    expect(printed).not.toContain('canary');
  });

  describe('says at which address, and why, something is not reached', () => {
    const plain = createHttpServer((_request, response) => response.end());
    const { privateKey, certificate } = makeCertificate('rsa', 'unknown');
    const distrusted = createHttpsServer({ key: privateKey, cert: certificate });
    const app = (origin: string) => ({
      GRAPH_AUTH: 'app',
      AZURE_TENANT_ID: 'contoso.example',
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: 'canary-secret',
      AZURE_AUTHORITY_HOST: origin,
    });
    const none = (origin: string) => ({ GRAPH_AUTH: 'none', GRAPH_BASE_URL: `${origin}/beta` });
    const origins = { closed: 'https://127.0.0.1:9', plain: '', distrusted: '' };

    beforeAll(async () => {
      origins.plain = `https://127.0.0.1:${await listen(plain)}`;
      origins.distrusted = `https://127.0.0.1:${await listen(distrusted)}`;
    });
    afterAll(() => Promise.all([plain, distrusted].map(closeServer)));

    it.each([
      ['users', none, 'closed', 'connect ECONNREFUSED 127.0.0.1:9', 'GRAPH_BASE_URL'],
      ['users', none, 'plain', 'SSL routines:[^:]+:[a-z ]+', 'GRAPH_BASE_URL'],
      ['users', none, 'distrusted', '[a-z-]*self[- ]signed certificate|unable to [a-z ]*', 'GRAPH_BASE_URL'],
      ['token', app, 'closed', 'not reached, because nothing takes connections there', 'AZURE_AUTHORITY_HOST'],
      ['token', app, 'distrusted', 'not reached, because its certificate is not trusted', 'AZURE_AUTHORITY_HOST'],
    ] as const)('%s %p %s', async (subject, variables, name, why, variable) => {
      const { code, printed, table } = await check(variables(origins[name]));
      const line = new RegExp(
        `: (?:${why})\\. Asked at ${origins[name]} \\(${variable}\\)\\. .*NODE_EXTRA_CA_CERTS\\.$`,
      );
      expect([code, table[subject]]).toEqual([1, ['FAILED', expect.stringMatching(line)]]);
      expect(printed).not.toContain('canary');
    });
  });

  it('tries no read where the gateway could not even start', async () => {
    const { code, table } = await check({ SKU_NAMES: '/no/such/table.csv' });
    expect([code, table['product names']?.[0]]).toEqual([1, 'FAILED']);
    expect(table.users).toEqual(['skipped', 'not tried']);
  });

  it('passthrough: names the missing permission of each area, and reads the others', async () => {
    const GATEWAY_TOKEN = tokenOf(stand.graphBearer(3, 'User.Read Group.Read.All'));
    const { code, printed, table } = await check({ ...stand.variables('passthrough'), GATEWAY_TOKEN });
    stand.canaries.record('check', printed);
    expect(code).toBe(1);
    expect(table).toMatchObject({
      token: ['ok', 'of the user, with User.Read Group.Read.All'],
      'signed-in user': ['ok', 'can be read'],
      'own usage rights': ['ok', 'can be read'],
      groups: ['ok', 'can be read'],
      'usage rights of groups': ['ok', 'can be read'],
      allotments: [
        'FAILED',
        expect.stringMatching(/^FORBIDDEN: Grant the delegated permission Directory\.Read\.All\./),
      ],
      devices: ['FAILED', expect.stringContaining('Device.Read.All')],
      'usage report': ['FAILED', expect.stringContaining('Reports.Read.All')],
    });
  });

  it.each(['passthrough', 'obo'] as const)('%s: cannot do without the token of a caller', async (mode) => {
    const { code, table } = await check(stand.variables(mode));
    expect([code, table.token]).toEqual([1, ['FAILED', expect.stringContaining('set GATEWAY_TOKEN')]]);
    expect(table['signed-in user']).toEqual(['skipped', 'not tried']);
    expect(stand.emulator.log()).toEqual([]);
  });

  it('does without what Graph no longer offers', async () => {
    const GATEWAY_TOKEN = tokenOf(stand.graphBearer(3, everything.join(' ')));
    stand.emulator.script({ kind: 'answer', status: 404, path: /reports/ });
    const { code, table } = await check({ ...stand.variables('passthrough'), GATEWAY_TOKEN });
    expect([code, table['usage report']]).toEqual([0, ['skipped', 'Microsoft Graph does not offer it here']]);
  });

  it('app: gets a token with the certificate and reads every area with it', async () => {
    const certificate = { AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: join(folder, 'client.pem') };
    const { code, stderr, table } = await checkInProcess('app', certificate);
    expect([code, stderr, [...outcomesOf(table)]]).toEqual([0, '', ['ok']]);
    expect(table.token).toEqual(['ok', 'of the application, with Directory.Read.All Reports.Read.All']);
    expect(table).not.toHaveProperty('signed-in user');
    expect(stand.identity.tokenRequests.at(-1)).toMatchObject({ grant: 'client_credentials', proof: 'certificate' });
  }, 60_000);

  it('app: says what the identity service said of a wrong secret, and shows none', async () => {
    const { code, stderr, table } = await checkInProcess('app', { AZURE_CLIENT_SECRET: `${clientSecret}-old` });
    expect([code, stderr]).toEqual([1, '']);
    expect(table.token).toEqual([
      'FAILED',
      expect.stringMatching(/^IDENTITY_UNAVAILABLE: .*\(invalid_client 7000215\)$/),
    ]);
    expect(table.users).toEqual(['skipped', 'not tried']);
    expect(stand.emulator.log()).toEqual([]);
  }, 60_000);

  it('obo: exchanges the token of a caller and reads in their name', async () => {
    stand.identity.grant(clientId, { delegated: ['Directory.Read.All'], application: everything });
    const { code, stderr, table } = await checkInProcess('obo', { GATEWAY_TOKEN: tokenOf(stand.bearer(4)) });
    expect([code, stderr, table.token]).toEqual([1, '', ['ok', 'of the user, with Directory.Read.All']]);
    expect(table).toMatchObject({
      'own assignments': ['ok', 'can be read'],
      'usage report': [
        'FAILED',
        'FORBIDDEN: Grant the delegated permission Reports.Read.All. The user also needs a directory role that allows it.',
      ],
    });
    expect(stand.graph.seen.at(-1)).toMatchObject({ user: stand.emulator.tenant.users[4], app: false });
  }, 60_000);

  it('goes on after a check that failed', async () => {
    const failing = { subject: 'a', run: () => Promise.reject(new Error('no')) };
    const passing = { subject: 'long name', run: () => Promise.resolve('yes') };
    const results = await runChecks([failing, passing], readConfig({}));
    expect(printResults(results)).toBe('FAILED   a          no\nok       long name  yes');
  });
});
