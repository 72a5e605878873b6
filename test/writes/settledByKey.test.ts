import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callTimeoutMs } from './support/faultKinds.js';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
let pool: string;
let user: string;
let plan: string;
/** A row of the usage report. */
let reported: string;

beforeAll(async () => {
  replicas = await openReplicas({ graph: { callTimeoutMs } });
  ground = await chooseGround(replicas.emulator);
  [pool, user] = [ground.allotments[1]?.id ?? '', ground.assignees[0] ?? ''];
  plan = ground.allotments[1]?.plans[0] ?? '';
  const report = await replicas.ask(0, 'somebody', '{ licenseUsage(period: "D30") { id } }');
  reported = String(report.data.licenseUsage[0].id);
});

afterAll(() => replicas.close());

beforeEach(() => ground.begin());

interface Told {
  readonly outcome: string;
  readonly userErrors: readonly { readonly message: string }[];
}

let keys = 0;

/** Asks for the change, each time with the same key. */
function askWithOneKey(field: string, type: string, input: object): { readonly ask: () => Promise<Told> } {
  const shown = 'outcome userErrors { message }';
  const query = `mutation ($input: ${type}Input!) { done: ${field}(input: $input) { ${field.endsWith('s') ? `results { ${shown} }` : shown} } }`;
  const idempotencyKey = `key-${(keys += 1)}`;
  const ask = async (): Promise<Told> => {
    const { data, errors } = await replicas.ask(0, 'somebody', query, { input: { ...input, idempotencyKey } });
    expect(errors).toEqual([]);
    const { done } = data as { done: Told & { readonly results?: readonly Told[] } };
    return done.results?.[0] ?? done;
  };
  return { ask };
}

/** The change twice with one key: what is told first, and what is told once nothing is in the way any more. */
async function askTwice(
  field: string,
  type: string,
  input: object,
): Promise<{ readonly first: Told; readonly again: Told; readonly sent: readonly string[] }> {
  const { ask } = askWithOneKey(field, type, input);
  const first = await ask();
  await replicas.emulator.idle();
  const sent = changes();
  replicas.emulator.reset();
  const again = await ask();
  return { first, again, sent: [...sent, ...changes()] };
}

/** Methods of what was sent to change something. */
function changes(): readonly string[] {
  return replicas.emulator
    .log()
    .flatMap(({ method, url }) => (method === 'GET' || url.includes('getByIds') ? [] : [method]));
}

describe('W12: what a repeat with its key says of a change that was not known', () => {
  it.each([
    [
      'a row of the usage report that no report shows',
      'updateLicenseUsage',
      'UpdateLicenseUsage',
      () => ({ id: 'de4208a6-08a6-de42-a608-42dea60842de', snapshotDateTime: '2026-01-01T00:00:00Z' }),
      'PATCH',
      'sending the same values twice is harmless.',
    ],
    [
      'reprocessing',
      'reprocessAssignments',
      'ReprocessAssignments',
      () => ({ userIds: [user] }),
      'POST',
      'the rights are worked out from what is assigned.',
    ],
  ] as const)('%s: in its own words, and nothing is sent again', async (_, field, type, input, method, words) => {
    replicas.emulator.script({ method, path: /azureADLicenseUsage|reprocess/, kind: 'drop', commit: true });
    const { first, again, sent } = await askTwice(field, type, input());
    expect([first.outcome, again.outcome]).toEqual(['UNKNOWN', 'UNKNOWN']);
    for (const { userErrors } of [first, again]) {
      expect(userErrors[0]?.message).toContain(words);
      // Under the same key it would only be looked for, again and again.
      expect(userErrors[0]?.message).toContain('Ask once more, with another idempotencyKey if there was one');
    }
    expect(again.userErrors[0]?.message).toContain('nothing that can be read shows');
    expect(sent).toEqual([method]);
  });

  /** With how many reads make up the look before the change. */
  const deletions: [field: string, type: string, input: (id: string) => object, looks: number][] = [
    ['deleteAssignment', 'DeleteAssignment', (id: string) => ({ id }), 2],
    ['removeAssignments', 'RemoveAssignments', (id: string) => ({ ids: [id] }), 1],
  ];

  /** The deletion is carried out; its answer is lost, and nothing can be read from then on until the repeat. */
  function loseAnswer(): void {
    const { emulator } = replicas;
    const failing = { method: 'GET', path: /ssignments/, kind: 'answer', status: 403, times: 99 } as const;
    emulator.script({ method: 'DELETE', kind: 'drop', commit: true });
    emulator.script(failing);
  }

  it.each(deletions)('%s: DELETED, where it was seen to be there, and is gone', async (field, type, input, looks) => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    // The look before the change is answered; whatever is read after that is not.
    let left: number = looks;
    const change = (body: unknown): unknown => {
      left -= 1;
      if (left === 0) loseAnswer();
      return body;
    };
    replicas.emulator.script({ method: 'GET', path: /ssignments/, kind: 'change', change, times: looks });
    const { first, again, sent } = await askTwice(field, type, input(id));
    expect([first.outcome, again.outcome, sent]).toEqual(['UNKNOWN', 'DELETED', ['DELETE']]);
  });

  it.each(deletions)('%s: ALREADY_GONE, where nobody saw whether it was there', async (field, type, input) => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script({ method: 'GET', path: /ssignments/, kind: 'answer', status: 403, times: 9 });
    replicas.emulator.script({ method: 'DELETE', kind: 'drop', commit: true });
    const { first, again, sent } = await askTwice(field, type, input(id));
    expect([first.outcome, again.outcome, sent]).toEqual(['UNKNOWN', 'ALREADY_GONE', ['DELETE']]);
  });

  /** With the outcome where the change was made, and nobody could read what was there before. */
  const changesOfOne: [field: string, type: string, method: string, input: (id: string) => object, made: string][] = [
    [
      'createAssignment',
      'CreateAssignment',
      'POST',
      () => ({ allotmentId: pool, assignedTo: { userId: user } }),
      'ALREADY_EXISTS',
    ],
    ['assignLicenses', 'AssignLicenses', 'POST', () => ({ allotmentId: pool, assigneeIds: [user] }), 'ALREADY_EXISTS'],
    ['updateAssignment', 'UpdateAssignment', 'PATCH', (id) => ({ id, disabledServicePlanIds: [plan] }), 'UPDATED'],
    ['deleteAssignment', 'DeleteAssignment', 'DELETE', (id) => ({ id }), 'ALREADY_GONE'],
  ];

  it.each(changesOfOne)('%s: UNKNOWN as long as nothing can be read, or it is not seen', async (...row) => {
    const [field, type, method, input] = row;
    const id = method === 'POST' ? '' : await ground.assign(pool, user);
    replicas.emulator.reset();
    const unreadable = { method: 'GET', path: /ssignments/, kind: 'answer', status: 403, times: 999 } as const;
    replicas.emulator.script({ method, path: /ssignments/, kind: 'drop' }, unreadable);
    const { ask } = askWithOneKey(field, type, input(id));
    const first = await ask();
    const unread = await ask();
    replicas.emulator.reset();
    const unseen = await ask();
    expect([first, unread, unseen].map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    expect(unread.userErrors[0]?.message).toContain('and reading back has failed.');
    expect(unseen.userErrors[0]?.message).toContain('The change was sent earlier, and reading back does not show it.');
    expect(changes()).toEqual([]);
  });

  const changeOfReport: (typeof changesOfOne)[number] = [
    'updateLicenseUsage',
    'UpdateLicenseUsage',
    'PATCH',
    () => ({ id: reported, snapshotDateTime: '2026-01-01T00:00:00Z' }),
    'UPDATED',
  ];

  it.each([...changesOfOne, changeOfReport])(
    '%s: once it can be read, what is seen, and nothing that nobody saw before',
    async (...row) => {
      const [field, type, method, input, made] = row;
      const id = method === 'POST' ? '' : await ground.assign(pool, user);
      replicas.emulator.reset();
      const unreadable = {
        method: 'GET',
        path: /ssignments|LicenseUsage/,
        kind: 'answer',
        status: 403,
        times: 999,
      } as const;
      replicas.emulator.script({ method, path: /ssignments|LicenseUsage/, kind: 'drop', commit: true }, unreadable);
      const { ask } = askWithOneKey(field, type, input(id));
      const [first, unread] = [await ask(), await ask()];
      expect(unread.userErrors[0]?.message).toContain('and reading back has failed.');
      const sent = changes();
      replicas.emulator.reset();
      // Nobody has seen what was there before, however often that was asked.
      expect([first.outcome, unread.outcome, (await ask()).outcome]).toEqual(['UNKNOWN', 'UNKNOWN', made]);
      expect([...sent, ...changes()]).toEqual([method]);
    },
  );

  it('removeAssignments: what is named twice counts once, in a repeat too', async () => {
    const id = await ground.assign(pool, user);
    replicas.emulator.reset();
    replicas.emulator.script({ method: 'DELETE', kind: 'drop', commit: true });
    replicas.emulator.script({ method: 'GET', path: /ssignments/, kind: 'answer', status: 403, times: 99 });
    const query =
      'mutation ($input: RemoveAssignmentsInput!) { done: removeAssignments(input: $input) { totals { outcome count } } }';
    const ask = async (): Promise<unknown> =>
      (await replicas.ask(0, 'somebody', query, { input: { ids: [id, id], idempotencyKey: 'both' } })).data.done.totals;
    expect(await ask()).toEqual([{ outcome: 'UNKNOWN', count: 1 }]);
    replicas.emulator.reset();
    expect(await ask()).toEqual([{ outcome: 'ALREADY_GONE', count: 1 }]);
  });
});
