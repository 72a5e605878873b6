import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createGate } from '../support/createGate.js';
import { closeServer, listen } from '../support/listen.js';
import { seatsOfOneProduct, startStubGraph } from '../support/startStubGraph.js';
import { startProcess } from '../support/startProcess.js';
import { WorkFolder } from './support/WorkFolder.js';

const seats = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ skus { availableUnits } }"}',
};

/** Longer than any test may take: the process ends because it is done, or not at all. */
const neverCutOff = { DRAIN_TIMEOUT_MS: '600000', KEEP_ALIVE_MS: '600000' };

describe('the process', () => {
  it('listens, answers what is in flight after SIGTERM, however often that comes, and ends with 0 (F55)', async () => {
    const gate = createGate();
    const graph = await startStubGraph(seatsOfOneProduct, gate.opened);
    const gateway = startProcess(['serve'], {
      PORT: '0',
      GRAPH_AUTH: 'none',
      GRAPH_BASE_URL: graph.baseUrl,
      ...neverCutOff,
    });
    const line = await gateway.firstLine;
    expect(line).toMatch(/^listening http:\/\/127\.0\.0\.1:\d+\/$/);
    const url = line.replace('listening ', '');
    const answer = fetch(`${url}graphql`, seats);
    while (graph.asked.length === 0) await fetch(`${url}health/live`);
    gateway.child.kill('SIGTERM');
    while ((await fetch(`${url}health/ready`)).status !== 503);
    gateway.child.kill('SIGTERM');
    while ((await fetch(`${url}health/ready`)).status !== 503);
    gate.open();
    expect(await (await answer).json()).toEqual({ data: { skus: [{ availableUnits: 5 }] } });
    const { code, stdout, stderr } = await gateway.finished;
    expect([code, stdout]).toEqual([0, `${line}\n`]);
    const logged = stderr
      .trimEnd()
      .split('\n')
      .map((entry) => (JSON.parse(entry) as { msg: string }).msg);
    expect(logged).toEqual(['stopping', 'operation']);
    await graph.close();
  }, 30_000);

  it('stops as soon as it listens after a SIGTERM that came before, and is not ended by it', async () => {
    const names = createServer();
    const SKU_NAMES = `http://127.0.0.1:${await listen(names)}/names.csv`;
    const asked = once(names, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const gateway = startProcess(['serve'], { PORT: '0', SKU_NAMES, ...neverCutOff });
    const [, response] = await asked;
    gateway.child.kill('SIGTERM');
    const columns = ['Product_Display_Name', 'GUID', 'Service_Plan_Id', 'Service_Plans_Included_Friendly_Names'];
    response.end(`${columns.join()}\nA product,639dec6b-bb19-468b-871c-c5c441c4b0cb,,\n`);
    const { code, stdout, stderr } = await gateway.finished;
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^listening /)]);
    expect(stderr).toContain('stopping');
    await closeServer(names);
  }, 30_000);

  it('serves an emulated Graph that fails where it is told to, also inside a batch, and not elsewhere', async () => {
    const faults = ['--fault', '403:^/users/[^/]+/cloudLicensing', '--fault', '503:assignmentErrors'];
    const { child, firstLine, finished } = startProcess(['emulate', '--port', '0', '--users', '5', ...faults]);
    const root = (await firstLine).replace('Graph emulator listening ', '');
    const paths = ['/me/cloudLicensing/usageRights', '/users/a/cloudLicensing/usageRights'];
    const requests = paths.map((url, index) => ({ id: String(index), method: 'GET', url }));
    const batch = await fetch(`${root}/$batch`, { ...seats, body: JSON.stringify({ requests }) });
    const { responses } = (await batch.json()) as { responses: { id: string; status: number }[] };
    const statuses = new Map(responses.map(({ id, status }) => [id, status]));
    expect([statuses.get('0'), statuses.get('1')]).toEqual([200, 403]);
    const errors = `${root}/admin/cloudLicensing/assignmentErrors`;
    expect([(await fetch(errors)).status, (await fetch(errors)).status]).toEqual([503, 503]);
    child.kill('SIGTERM');
    expect((await finished).code).toBe(0);
  }, 30_000);

  it('outlives a rejection that nobody handles, and logs it without secrets (F62)', async () => {
    const NODE_OPTIONS = `--import "data:text/javascript,process.on('SIGUSR2',()=>{Promise.reject(new Error('Bearer canary'))})"`;
    const environment = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: 'http://127.0.0.1:9/beta', NODE_OPTIONS };
    const gateway = startProcess(['serve'], environment);
    const url = (await gateway.firstLine).replace('listening ', '');
    gateway.child.kill('SIGUSR2');
    expect((await fetch(`${url}health/live`)).status).toBe(200);
    gateway.child.kill('SIGTERM');
    const { code, stderr } = await gateway.finished;
    expect(code).toBe(0);
    expect(stderr).toContain('unhandled rejection');
    expect(stderr).not.toContain('canary');
  }, 30_000);

  it.each([
    [{ PORT: 'x' }, 'license-gateway: PORT: "x" has to be a whole number from 0 to 65535\n'],
    [{ GRAPH_AUHT: 'app' }, 'license-gateway: GRAPH_AUHT: no such variable; did you mean GRAPH_AUTH?\n'],
    [{ CACHE_URL: 'hunter2' }, 'license-gateway: CACHE_URL: the value has to be a redis:// or rediss:// URL\n'],
    [{ NODE_ENV: 'production' }, expect.stringMatching(/^license-gateway: GRAPH_AUTH: .*\n$/)],
  ])(
    'ends with 1 and one line for the environment %j (F65)',
    async (environment, line) => {
      const { code, stdout, stderr } = await startProcess(['serve'], environment).finished;
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: line });
    },
    30_000,
  );

  it('ends with 1 and one line for an unknown option', async () => {
    const { code, stderr } = await startProcess(['serve', '--prot', '1']).finished;
    expect([code, stderr]).toEqual([1, "license-gateway: Unknown option '--prot'\n"]);
  }, 30_000);

  it('ends with 1, and says why, where the disk takes a part of what it prints', async () => {
    const folder = new WorkFolder();
    const node = [process.execPath, '--import', './test/support/registerTypeScript.mjs', 'src/main.ts'];
    const limited = `ulimit -f 8; exec "$@" > ${folder.of('schema.graphql')}`;
    const ended = promisify(execFile)('sh', ['-c', limited, 'sh', ...node, 'print-schema']);
    const stderr = expect.stringMatching(/^license-gateway: cannot write to stdout: (EFBIG|ENOSPC)\n$/) as unknown;
    await expect(ended).rejects.toMatchObject({ code: 1, stderr });
    folder.remove();
  }, 30_000);

  it.each(['none', 'emulator'])(
    'ends with 1 and one line when the port is taken, with GRAPH_AUTH=%s',
    async (GRAPH_AUTH) => {
      const graph = await startStubGraph({});
      const PORT = new URL(graph.baseUrl).port;
      const GRAPH_BASE_URL = GRAPH_AUTH === 'none' ? graph.baseUrl : '';
      const { code, stderr } = await startProcess(['serve'], { PORT, GRAPH_AUTH, GRAPH_BASE_URL }).finished;
      expect(code).toBe(1);
      expect(stderr).toMatch(/^license-gateway: HOST, PORT: cannot listen: [^\n]*\n$/);
      expect(stderr).toContain(PORT);
      await graph.close();
    },
    30_000,
  );
});
