import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callTimeoutMs } from './support/faultKinds.js';
import { openReplicas, type Answer, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
/** A row that a report shows. */
let shown: string;

const stranger = 'de4208a6-08a6-de42-a608-42dea60842de';
const snapshotDateTime = '2026-01-01T00:00:00Z';
const patch = { method: 'PATCH', path: /azureADLicenseUsage/ } as const;
const report = { method: 'GET', path: /getAzureADLicenseUsage/ } as const;

beforeAll(async () => {
  replicas = await openReplicas({ graph: { callTimeoutMs } });
});

afterAll(() => replicas.close());

beforeEach(async () => {
  replicas.emulator.reset();
  const { data } = await replicas.ask(0, 'somebody', '{ licenseUsage(period: "D30") { id } }');
  shown = String(data.licenseUsage[0].id);
  replicas.emulator.reset();
});

function ask(id: string): Promise<Answer> {
  const query = `mutation ($input: UpdateLicenseUsageInput!) {
    done: updateLicenseUsage(input: $input) { outcome userErrors { code field message } } }`;
  return replicas.ask(0, 'somebody', query, { input: { id, snapshotDateTime } });
}

function writes(): number {
  return replicas.emulator.log().filter(({ method }) => method === 'PATCH').length;
}

describe('a Graph that has no path to change the usage report', () => {
  const segment = "Resource not found for the segment 'azureADLicenseUsage'.";

  it.each([
    ['405', 405, 'Method not allowed.'],
    ['501', 501, 'Not implemented.'],
    ['400 about a segment', 400, segment],
    ['404 for a row that a report shows', 404, segment],
  ])('%s: NOT_SUPPORTED, which names the setting', async (_, status, message) => {
    const body = { error: { code: 'BadRequest', message } };
    replicas.emulator.script({ ...patch, kind: 'answer', status, body, times: 9 });
    const { data, errors } = await ask(shown);
    expect(data).toEqual({ done: null });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Set LICENSE_USAGE_PATH where there is one. Nothing was changed.') as unknown,
        extensions: { code: 'NOT_SUPPORTED', retryable: false },
      },
    ]);
  });
});

describe('a row of the usage report', () => {
  it('that neither a report shows nor Graph knows is NOT_FOUND', async () => {
    replicas.emulator.script({ ...patch, kind: 'answer', status: 404 });
    const message = `The report has no row ${stranger}.`;
    expect((await ask(stranger)).data.done).toEqual({
      outcome: 'REJECTED',
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'], message }],
    });
  });

  it('whose new values Graph refuses is REJECTED', async () => {
    replicas.emulator.script({ ...patch, kind: 'answer', status: 400 });
    expect((await ask(shown)).data.done).toMatchObject({ outcome: 'REJECTED', userErrors: [{ code: 'INVALID' }] });
  });

  it('is changed where Graph has no report of these days', async () => {
    replicas.emulator.script({ ...report, kind: 'answer', status: 400, times: 9 });
    expect((await ask(stranger)).data.done).toEqual({ outcome: 'UPDATED', userErrors: [] });
  });

  it('is not changed where no report can be read: afterwards nobody could tell what was done', async () => {
    replicas.emulator.script({ ...report, kind: 'answer', status: 500, times: 99 });
    expect((await ask(shown)).data.done).toMatchObject({ outcome: 'REJECTED' });
    expect(writes()).toBe(0);
  });

  it('that shows the new values after a lost answer is UPDATED, and nothing is sent again', async () => {
    replicas.emulator.script({ ...patch, kind: 'drop', commit: true });
    expect((await ask(shown)).data.done).toEqual({ outcome: 'UPDATED', userErrors: [] });
    expect(writes()).toBe(1);
  });

  it('that shows other values after a lost answer is UNKNOWN and not overwritten: another has changed it', async () => {
    const other = (body: object): object => ({
      ...body,
      value: (body as { value: readonly object[] }).value.map((row) => ({
        ...row,
        snapshotDateTime: '2025-05-05T00:00:00Z',
      })),
    });
    replicas.emulator.script({ ...patch, kind: 'drop' });
    // Two reports are looked at before the change, and two after it.
    replicas.emulator.script({ ...report, kind: 'change', change: (body) => body, times: 2 });
    replicas.emulator.script({ ...report, kind: 'change', change: other, times: 9 });
    expect((await ask(shown)).data.done).toMatchObject({
      outcome: 'UNKNOWN',
      userErrors: [{ message: expect.stringContaining('somebody else has changed it') as unknown }],
    });
    expect(writes()).toBe(1);
  });
});
