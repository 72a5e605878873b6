import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../src/cli/runCommand.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { createGate } from '../support/createGate.js';
import { startProcess } from '../support/startProcess.js';
import { startStandIn, type StandIn, type StandInReply } from './support/startStandIn.js';
import { WorkFolder } from './support/WorkFolder.js';

const nobody = 'nobody@contoso.com';

let folder: WorkFolder;
let emulator: Emulator;
/** An allotment with free seats and nobody who has it yet, of those in `newcomers`. */
let allotment: string;
let newcomers: readonly string[];

interface Row {
  readonly id: string;
}

async function read<T extends Row>(path: string): Promise<readonly T[]> {
  const response = await fetch(`${emulator.url}${path}`);
  return ((await response.json()) as { value: T[] }).value;
}

beforeEach(async () => {
  folder = new WorkFolder();
  emulator = await startEmulator({ users: 200, latencyMs: 0, pageSize: 999 });
  const allotments = await read<Row & { allottedUnits: number; consumedUnits: number }>(
    '/admin/cloudLicensing/allotments',
  );
  const [roomiest] = allotments.toSorted(
    (a, b) => b.allottedUnits - b.consumedUnits - (a.allottedUnits - a.consumedUnits),
  );
  allotment = roomiest?.id ?? '';
  const assigned = await read<Row & { assignedTo: Row }>(
    `/admin/cloudLicensing/allotments/${allotment}/assignments?$expand=assignedTo`,
  );
  const taken = new Set(assigned.map(({ assignedTo }) => assignedTo.id));
  newcomers = emulator.tenant.users.filter((id) => !taken.has(id));
  emulator.reset();
});

afterEach(async () => {
  await emulator.close();
  folder.remove();
});

/** What this Graph reads is never old. */
const environment = (): Record<string, string> => ({
  GRAPH_AUTH: 'none',
  GRAPH_BASE_URL: emulator.url,
  REPLICATION_LAG_MS: '0',
});

function csv(ids: readonly string[], name = 'users.csv'): string {
  return folder.write(name, ['id', ...ids].join('\n'));
}

async function assign(args: readonly string[], variables = environment(), terminalWidth?: number) {
  let printed = '';
  let told = '';
  const print = (text: string): void => void (printed += text);
  const stderr = { print: (text: string) => void (told += text), width: undefined };
  const width = terminalWidth === undefined ? {} : { terminalWidth };
  const all = ['assign', '--allotment', allotment, '--from', folder.of('users.csv'), ...args];
  const code = await runCommand(all, { variables, print, stderr, ...width });
  return { code, printed, told };
}

async function readOne<T>(path: string): Promise<T> {
  return (await (await fetch(`${emulator.url}${path}`)).json()) as T;
}

/** How many seats of the allotment are free. */
async function seatsLeft(): Promise<number> {
  const units = await readOne<{ allottedUnits: number; consumedUnits: number }>(
    `/admin/cloudLicensing/allotments/${allotment}`,
  );
  return units.allottedUnits - units.consumedUnits;
}

/** What somebody signs in with. */
async function nameOf(id: string): Promise<string> {
  return (await readOne<{ userPrincipalName: string }>(`/users/${id}?$select=userPrincipalName`)).userPrincipalName;
}

function written(): readonly string[] {
  return emulator.journal().map(({ assigneeId }) => assigneeId);
}

describe('assign', () => {
  it('assigns to everybody in the file, and writes what became of each', async () => {
    const ids = newcomers.slice(0, 45);
    csv([...ids, nobody]);
    const { code, printed } = await assign(['--chunk', '20']);
    expect(code).toBe(1);
    expect(folder.rows('users.result.csv')).toEqual([
      ...ids.map((id) => [id, 'CREATED', '']),
      [nobody, 'REJECTED', 'NOT_FOUND'],
    ]);
    expect(written()).toEqual(ids);
    expect(printed.split('\n')).toEqual([
      'ids from the column id',
      '20/46  CREATED 20',
      '40/46  CREATED 40',
      '46/46  CREATED 45  REJECTED 1',
      '45  CREATED',
      ' 1  REJECTED',
      ' 1  with NOT_FOUND',
      `  ${nobody}: REJECTED. There is no user, group or device ${nobody}.`,
      `results: ${folder.of('users.result.csv')}`,
      'Run the same command again to retry what is not done yet.',
      '',
    ]);
  });

  it('has the exit code 0 when all have it or wait for a seat', async () => {
    csv(newcomers);
    const { code, printed } = await assign(['--chunk', '1000']);
    const outcomes = folder.rows('users.result.csv').map(([, outcome]) => outcome);
    expect(code).toBe(0);
    expect(new Set(outcomes)).toEqual(new Set(['CREATED', 'QUEUED']));
    expect(printed).not.toContain('again');
  });

  it('skips who is done when it is run again, and tries the others', async () => {
    const ids = newcomers.slice(0, 5);
    csv([...ids, nobody]);
    await assign([]);
    emulator.reset();
    const { code, printed } = await assign([]);
    expect(code).toBe(1);
    expect(written()).toEqual([]);
    expect(printed).toContain('5  skipped, done in an earlier run');
    expect(folder.rows('users.result.csv')).toHaveLength(7);
    expect(folder.rows('users.result.csv').at(-1)).toEqual([nobody, 'REJECTED', 'NOT_FOUND']);
    csv(ids);
    expect((await assign([])).code).toBe(0);
  });

  it('waits where it is not known what became of somebody, and says to wait where the user does not want to', async () => {
    csv(newcomers.slice(0, 2));
    emulator.script({ kind: 'answer', status: 504, method: 'POST', path: /assignments$/ });
    const running = startProcess(['assign', '--allotment', allotment, '--from', folder.of('users.csv')], environment());
    running.child.stderr.once('data', () => running.child.kill('SIGINT'));
    const { code, stdout: printed, stderr } = await running.finished;
    expect(stderr).toMatch(/^not known yet what became of 1: asking again at \d\d:\d\d:\d\d\n$/);
    expect([code, folder.rows('users.result.csv').map(([, outcome]) => outcome)]).toEqual([1, ['UNKNOWN', 'CREATED']]);
    expect(printed).toContain('again, but in a minute, to retry what is not done yet: what is UNKNOWN may still be on');
  });

  it('passes on which service plans stay off', async () => {
    csv(newcomers.slice(0, 2));
    const [first] = await read<Row & { services: { planId: string }[] }>('/admin/cloudLicensing/allotments');
    allotment = first?.id ?? '';
    const plans = (first?.services ?? []).slice(0, 2).map(({ planId }) => planId);
    expect((await assign(['--disabled-plans', plans.join(', ')])).code).toBe(0);
    expect(emulator.journal().map((write) => write.disabledServicePlanIds)).toEqual([plans, plans]);
  });

  it('draws a bar on a terminal, no wider than it', async () => {
    csv(newcomers.slice(0, 4));
    const { printed } = await assign(['--chunk', '2'], environment(), 45);
    expect(printed).toContain(`\r[${'#'.repeat(15)}${'.'.repeat(15)}] 2/4  CRE`);
    const drawn = printed
      .split('\n')[1]
      ?.split('\r')
      .map((line) => line.replace('\u001B[K', '').length);
    expect(Math.max(...(drawn ?? []))).toBe(44);
  });

  it('prints one JSON object with --json', async () => {
    csv([...newcomers.slice(0, 2), newcomers[0]?.toUpperCase() ?? '', nobody]);
    const { printed } = await assign(['--json']);
    expect(JSON.parse(printed)).toEqual({
      allotmentId: allotment,
      dryRun: false,
      resultFile: folder.of('users.result.csv'),
      column: 'id',
      assignees: 3,
      doubles: 1,
      skipped: 0,
      totals: { CREATED: 2, REJECTED: 1 },
      failed: 1,
      left: 0,
      codes: { NOT_FOUND: 1 },
      moreRemarks: 0,
      remarks: [expect.objectContaining({ assigneeId: nobody, code: 'NOT_FOUND' })],
    });
  });

  it('counts somebody once who is in the file under two names, in whichever chunks, and expects one seat for both', async () => {
    const free = newcomers.slice(0, await seatsLeft());
    const names = await Promise.all(free.map(nameOf));
    csv([...free, ...names, nobody]);
    const once = { assignees: free.length + 1, doubles: free.length, totals: { CREATED: free.length, REJECTED: 1 } };
    for (const args of [['--dry-run'], []]) {
      const { printed } = await assign([...args, '--json', '--chunk', '30']);
      expect(JSON.parse(printed)).toMatchObject({ ...once, failed: 1, left: 0, skipped: 0 });
    }
    expect(folder.rows('users.result.csv')).toHaveLength(2 * free.length + 1);
    expect(written()).toEqual(free);
  });

  it('counts what stands in the way, and shows refusals before what is only to be thought of', async () => {
    const nobodies = Array.from({ length: 9 }, (_, index) => `nobody${index}@contoso.com`);
    csv([...newcomers, ...nobodies]);
    const { printed } = await assign(['--dry-run']);
    const lines = printed.split('\n');
    const noted = folder.read('users.result.dry-run.csv').match(/,CREATED,[^,]*,.+/g)?.length ?? 0;
    expect(noted).toBeGreaterThan(1);
    expect(lines).toEqual(
      expect.arrayContaining(['  9  with NOT_FOUND', expect.stringMatching(/^ *\d+ {2}with USAGE_/)]),
    );
    const remarks = lines.filter((line) => /^ {2}\S+: |^ {2}and /.test(line));
    expect(remarks.slice(0, 9)).toEqual(nobodies.map((id) => expect.stringContaining(`  ${id}: REJECTED`)));
    expect(remarks.slice(9)).toEqual([expect.stringContaining(': CREATED.'), `  and ${noted - 1} more: see the file`]);
  });

  it('says that nothing real is behind the demonstration tenant', async () => {
    csv([nobody]);
    expect((await assign([], {})).printed).toMatch(/^GRAPH_AUTH=emulator: a demonstration tenant/m);
  });

  it('stops at the first mutation where no other can do better', async () => {
    csv(newcomers.slice(0, 6));
    allotment = 'no-such-allotment';
    const { code, printed } = await assign(['--chunk', '2']);
    expect(code).toBe(1);
    expect(printed).toContain('stopped: There is no allotment no-such-allotment.');
    expect(printed).toContain('4  left over');
    expect(folder.rows('users.result.csv')).toHaveLength(2);
  });
});

describe('assign --dry-run', () => {
  it('writes nothing to Graph, keeps its results apart, and expects what then happens', async () => {
    csv([...newcomers, nobody]);
    const dry = await assign(['--dry-run', '--chunk', '60']);
    expect([dry.code, written()]).toEqual([1, []]);
    expect(dry.printed).toContain('dry run: nothing was changed; this is what would happen');
    expect(folder.names()).toEqual(['users.csv', 'users.result.dry-run.csv']);
    const expected = folder.rows('users.result.dry-run.csv').map(([id, outcome]) => [id, outcome]);
    await assign(['--chunk', '60']);
    expect(folder.rows('users.result.csv').map(([id, outcome]) => [id, outcome])).toEqual(expected);
    expect(new Set(expected.map(([, outcome]) => outcome))).toEqual(new Set(['CREATED', 'QUEUED', 'REJECTED']));
  });

  it('warns of everybody as if all had been sent at once, also of who would wait for a seat', async () => {
    csv(newcomers);
    const rows = async (chunk: string) => {
      await assign(['--dry-run', '--chunk', chunk]);
      return folder.rows('users.result.dry-run.csv');
    };
    const atOnce = await rows('1000');
    expect(atOnce.map(([, , code]) => code)).toContain('USAGE_LOCATION_MISSING NO_SEATS_LEFT');
    expect(await rows('20')).toEqual(atOnce);
  });

  it('does not count a group as somebody who takes a seat', async () => {
    const [group = ''] = emulator.tenant.groups;
    const taken = await read<Row & { assignedTo: Row }>(
      `/admin/cloudLicensing/allotments/${allotment}/assignments?$expand=assignedTo`,
    );
    const isTaken = taken.some(({ assignedTo }) => assignedTo.id === group);
    csv([...newcomers, group]);
    await assign(['--dry-run', '--chunk', '60']);
    // There may be too few seats for its members: that is a code beside the outcome.
    const [id, outcome] = folder.rows('users.result.dry-run.csv').at(-1) ?? [];
    expect([id, outcome]).toEqual([group, isTaken ? 'ALREADY_EXISTS' : 'CREATED']);
  });

  it('does not count who has a seat through a group, whichever chunk they are in', async () => {
    const groups = await Promise.all(
      emulator.tenant.groups.map(async (id) => {
        const members = await read<Row>(`/groups/${id}/members?$select=id`);
        return { id, heirs: members.map((member) => member.id).filter((member) => newcomers.includes(member)) };
      }),
    );
    const [team] = groups.filter(({ heirs }) => heirs.length > 1).sort((a, b) => a.heirs.length - b.heirs.length);
    const { id: group, heirs } = team as { id: string; heirs: readonly string[] };
    const { status } = await fetch(`${emulator.url}/admin/cloudLicensing/allotments/${allotment}/assignments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 'assignedTo@odata.bind': `${emulator.url}/groups/${group}`, disabledServicePlanIds: [] }),
    });
    expect(status).toBe(201);
    emulator.reset();
    const others = newcomers.filter((id) => !heirs.includes(id));
    csv([...heirs, ...others]);
    await assign(['--dry-run', '--chunk', String(heirs.length)]);
    const expected = folder.rows('users.result.dry-run.csv').map(([id, outcome]) => [id, outcome]);
    await assign(['--chunk', '60']);
    expect(folder.rows('users.result.csv').map(([id, outcome]) => [id, outcome])).toEqual(expected);
    expect(new Set(expected.map(([, outcome]) => outcome))).toEqual(new Set(['CREATED', 'QUEUED']));
  });

  it('takes no other case of the same ids for somebody or something else', async () => {
    const ids = newcomers.slice(0, 3);
    csv(ids);
    await assign([]);
    csv(ids.map((id) => id.toUpperCase()));
    allotment = allotment.toUpperCase();
    const { code, printed } = await assign([]);
    expect([code, written(), printed]).toEqual([0, ids, expect.not.stringContaining('another allotment')]);
  });

  it('begins anew each time, and marks a file that was named too', async () => {
    csv(newcomers.slice(0, 3));
    const named = ['--dry-run', '--result', folder.of('out.txt')];
    await assign(named);
    await assign(named);
    expect(folder.rows('out.dry-run.txt')).toHaveLength(3);
    expect(folder.names()).toEqual(['out.dry-run.txt', 'users.csv']);
  });
});

describe('assign --replacing', () => {
  /** An allotment other than the one that is assigned, with ten people who have it and not the other. */
  async function findOld(): Promise<{ readonly old: string; readonly holders: readonly string[] }> {
    for (const old of emulator.tenant.allotments.filter((id) => id !== allotment)) {
      const rows = await read<Row & { assignedTo: Row }>(
        `/admin/cloudLicensing/allotments/${old}/assignments?$expand=assignedTo`,
      );
      const holders = rows.map(({ assignedTo }) => assignedTo.id).filter((id) => newcomers.includes(id));
      if (holders.length >= 10) return { old, holders: holders.slice(0, 10) };
    }
    throw new Error('nobody has anything else');
  }

  it('swaps: the new one first, then the old one away; who is done is skipped the next time', async () => {
    const { old, holders } = await findOld();
    emulator.reset();
    const loner = newcomers.find((id) => !holders.includes(id)) ?? '';
    csv([...holders, nobody]);
    const args = ['--replacing', old, '--chunk', '4'];
    const dry = await assign([...args, '--dry-run']);
    expect([dry.code, written()]).toEqual([1, []]);
    const rows = [...holders.map((id) => [id, 'SWAPPED', '']), [nobody, 'REJECTED', 'NOT_FOUND']];
    expect(folder.rows('users.result.dry-run.csv')).toEqual(rows);
    expect((await assign(args)).code).toBe(1);
    expect(folder.rows('users.result.csv')).toEqual(rows);
    const kinds = emulator.journal().map(({ kind, allotmentId }) => `${kind} ${allotmentId === old ? 'old' : 'new'}`);
    expect(kinds.toSorted()).toEqual([...Array(10).fill('created new'), ...Array(10).fill('deleted old')]);
    emulator.reset();
    csv(holders);
    const again = await assign(args);
    expect([again.code, written()]).toEqual([0, []]);
    expect(again.printed).toContain('10  skipped, done in an earlier run');
    csv([loner]);
    const other = ['--replacing', emulator.tenant.allotments.find((id) => id !== old && id !== allotment) ?? ''];
    await expect(assign(other)).rejects.toThrow('holds the results of another allotment');
  });

  it('wants two allotments', async () => {
    csv([nobody]);
    await expect(assign(['--replacing', allotment.toUpperCase()])).rejects.toThrow('is the --allotment itself');
    await expect(assign(['--replacing', ''])).rejects.toThrow('say which allotment');
  });
});

describe('assign --remove', () => {
  /** Users who have the allotment of their own. */
  async function findHolders(): Promise<readonly string[]> {
    const rows = await read<Row & { assignedTo: Row }>(
      `/admin/cloudLicensing/allotments/${allotment}/assignments?$expand=assignedTo`,
    );
    emulator.reset();
    return rows.map(({ assignedTo }) => assignedTo.id).filter((id) => emulator.tenant.users.includes(id));
  }

  it('takes it away from everybody in the file, and says what became of each; who is done is skipped the next time', async () => {
    const holders = (await findHolders()).slice(0, 10);
    expect(holders).toHaveLength(10);
    const [without = ''] = newcomers;
    csv([...holders, without, nobody]);
    const args = ['--remove', '--chunk', '4'];
    const rows = [
      ...holders.map((id) => [id, 'DELETED', '']),
      [without, 'ALREADY_GONE', ''],
      [nobody, 'REJECTED', 'NOT_FOUND'],
    ];
    const dry = await assign([...args, '--dry-run']);
    expect([dry.code, written()]).toEqual([1, []]);
    expect(folder.rows('users.result.dry-run.csv')).toEqual(rows);
    const { code, printed } = await assign(args);
    expect([code, written()]).toEqual([1, holders]);
    expect(folder.rows('users.result.csv')).toEqual(rows);
    expect(printed.split('\n')).toEqual([
      'ids from the column id',
      '4/12  DELETED 4',
      '8/12  DELETED 8',
      '12/12  DELETED 10  ALREADY_GONE 1  REJECTED 1',
      '10  DELETED',
      ' 1  ALREADY_GONE',
      ' 1  REJECTED',
      ' 1  with NOT_FOUND',
      `  ${nobody}: REJECTED. There is no user, group or device ${nobody}.`,
      `results: ${folder.of('users.result.csv')}`,
      'Run the same command again to retry what is not done yet.',
      '',
    ]);
    emulator.reset();
    csv([...holders, without]);
    const again = await assign(args);
    expect([again.code, written()]).toEqual([0, []]);
    expect(again.printed).toContain('11  skipped, done in an earlier run');
  });

  /** Assigns as a run of its own. */
  async function give(ids: readonly string[]): Promise<void> {
    csv(ids);
    expect((await assign(['--result', folder.of('given.csv')])).code).toBe(0);
    emulator.reset();
  }

  it('takes the file of the job that finds disabled accounts', async () => {
    const disabled = await read<Row>('/users?$filter=accountEnabled eq false&$select=id');
    const [one = '', other = ''] = disabled.map(({ id }) => id).filter((id) => newcomers.includes(id));
    await give([one, other]);
    const query = ['query', '12', '--all', '--out', folder.of('users.csv')];
    await runCommand(query, { variables: environment(), print: () => undefined });
    const { code, printed } = await assign(['--remove', '--json']);
    const { assignees, column, isRemoval, totals } = JSON.parse(printed) as Record<string, unknown>;
    expect([code, column, isRemoval]).toEqual([0, 'id', true]);
    expect(totals).toEqual({ DELETED: 2, ALREADY_GONE: Number(assignees) - 2 });
    expect(written().toSorted()).toEqual([one, other].toSorted());
  });

  it('a dry run says who keeps it, through which group', async () => {
    const [group] = await read<Row & { displayName: string }>('/groups?$select=id,displayName');
    const [member] = await read<Row>(`/groups/${group?.id ?? ''}/members?$select=id`);
    await give([group?.id ?? '']);
    csv([member?.id ?? '']);
    const { code, printed } = await assign(['--remove', '--dry-run']);
    expect(code).toBe(0);
    const told = `  ${member?.id ?? ''}: ALREADY_GONE. Keeps it through the group ${group?.displayName ?? ''}.`;
    expect(printed.split('\n')).toContain(told);
  });

  it('goes on where a process was killed in the middle of a mutation', async () => {
    const holders = (await findHolders()).slice(0, 12);
    const killed = startProcess(
      ['assign', '--remove', '--allotment', allotment, '--from', csv(holders), '--chunk', '4'],
      environment(),
    );
    let gone = 0;
    const change = (body: unknown): unknown => {
      gone += 1;
      if (gone === 6) killed.child.kill('SIGKILL');
      return body;
    };
    emulator.script({ kind: 'change', method: 'DELETE', times: 1_000, change });
    await killed.finished;
    await emulator.idle();
    expect(folder.rows('users.result.csv')).toHaveLength(4);
    expect((await assign(['--remove', '--chunk', '4'])).code).toBe(0);
    expect(written().toSorted()).toEqual(holders.toSorted());
    expect(folder.rows('users.result.csv').map(([id]) => id)).toEqual(holders);
  }, 30_000);

  it('does not go on with the results of assigning the same, and the other way round', async () => {
    const ids = newcomers.slice(0, 2);
    csv(ids);
    expect((await assign([])).code).toBe(0);
    await expect(assign(['--remove'])).rejects.toThrow('holds the results of another allotment');
    const args = ['--result', folder.of('removed.csv')];
    expect((await assign(['--remove', ...args])).code).toBe(0);
    expect(folder.rows('removed.csv')).toEqual(ids.map((id) => [id, 'DELETED', '']));
    await expect(assign(args)).rejects.toThrow('another change');
  });
});

describe('assign after an interruption', () => {
  /** Ends the process the moment that Graph has made its nth assignment, before anybody hears of it. */
  function killAfter(count: number, kill: () => void): void {
    let made = 0;
    const change = (body: unknown): unknown => {
      made += 1;
      if (made === count) kill();
      return body;
    };
    emulator.script({ kind: 'change', method: 'POST', path: /\/assignments$/, times: 1_000, change });
  }

  it('goes on where a process was killed in the middle of a mutation; nobody is assigned twice', async () => {
    const ids = newcomers.slice(0, 60);
    const args = ['assign', '--allotment', allotment, '--from', csv(ids), '--chunk', '20'];
    const killed = startProcess(args, environment());
    killAfter(25, () => void killed.child.kill('SIGKILL'));
    await killed.finished;
    await emulator.idle();
    expect(folder.rows('users.result.csv')).toHaveLength(20);
    const made = written().length;
    expect(made).toBeGreaterThanOrEqual(25);
    expect((await assign(['--chunk', '20'])).code).toBe(0);
    expect(written().toSorted()).toEqual(ids.toSorted());
    expect(folder.rows('users.result.csv').map(([id]) => id)).toEqual(ids);
  }, 30_000);

  it('is told the first results by a gateway that lives on, whatever the chunks and the file are now', async () => {
    const [added = '', ...ids] = newcomers.slice(0, 41);
    const gateway = await startGateway(readConfig({ ...environment(), PORT: '0' }), createLogger('silent'));
    const args = ['assign', '--allotment', allotment, '--from', csv(ids), '--chunk', '20', '--url', gateway.url];
    const killed = startProcess(args);
    killAfter(21, () => void killed.child.kill('SIGKILL'));
    await killed.finished;
    csv([added, ...ids]);
    expect((await assign(['--chunk', '7', '--url', gateway.url], {})).code).toBe(0);
    expect(written()).toEqual([...ids, added]);
    expect(folder.rows('users.result.csv')).toEqual([...ids, added].map((id) => [id, 'CREATED', '']));
    await gateway.close();
  }, 30_000);

  it.each([
    ['semicolons and other line breaks', 'latin1'],
    ['two bytes for a letter', 'utf16le'],
  ] as const)('goes on with a file that a spreadsheet has saved with %s', async (_, encoding) => {
    const ids = newcomers.slice(0, 3);
    csv([...ids, nobody]);
    await assign([]);
    const saved = folder
      .read('users.result.csv')
      .replaceAll(/(?<!user),/g, ';')
      .replace('There', 'Büro: there');
    const mark = encoding === 'utf16le' ? '\uFEFF' : '';
    writeFileSync(folder.of('users.result.csv'), Buffer.from(mark + saved.replaceAll('\n', '\r\n'), encoding));
    for (let run = 0; run < 2; run += 1) expect((await assign([])).printed).toContain('3  skipped');
    expect(folder.rows('users.result.csv')).toEqual([
      ...ids.map((id) => [id, 'CREATED', '']),
      ...Array<string[]>(3).fill([nobody, 'REJECTED', 'NOT_FOUND']),
    ]);
    expect(folder.names()).toEqual(['users.csv', 'users.result.csv', 'users.result.csv.run.json']);
  });

  it('drops half a line that a crash has left behind', async () => {
    const ids = newcomers.slice(0, 3);
    csv(ids);
    await assign([]);
    folder.write(
      'users.result.csv',
      `assigneeId,outcome,code,message\n${ids[0] ?? ''},CREATED,,\n${ids[1] ?? ''},CREA`,
    );
    expect((await assign([])).code).toBe(0);
    expect(folder.rows('users.result.csv')).toEqual([
      [ids[0], 'CREATED', ''],
      [ids[1], 'ALREADY_EXISTS', ''],
      [ids[2], 'ALREADY_EXISTS', ''],
    ]);
  });
});

describe('assign, where nobody reads what it says any more', () => {
  it('goes on to the end, and its exit code says how that was', async () => {
    const ids = newcomers.slice(0, 4);
    const args = ['assign', '--allotment', allotment, '--from', csv(ids), '--chunk', '1'];
    const { child, firstLine, finished } = startProcess(args, environment());
    await firstLine;
    const change = (body: unknown): unknown => {
      child.stdout.destroy();
      return body;
    };
    emulator.script({ kind: 'change', method: 'POST', path: /\/assignments$/, change });
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
    expect(folder.rows('users.result.csv')).toEqual(ids.map((id) => [id, 'CREATED', '']));
    expect(folder.names()).toEqual(['users.csv', 'users.result.csv', 'users.result.csv.run.json']);
  }, 30_000);
});

describe('assign, where the disk takes a part of the results', () => {
  it('stops, says so, and finds out in the next run what they were', async () => {
    const people = newcomers.slice(0, 150);
    const from = csv(people);
    const node = [process.execPath, '--import', './test/support/registerTypeScript.mjs', 'src/main.ts'];
    const args = ['assign', '--allotment', allotment, '--from', from, '--chunk', '150'];
    const limited = ['-c', 'ulimit -f 13; exec "$@"', 'sh', ...node, ...args];
    const env = { PATH: process.env.PATH, ...environment() };
    const failure = expect.stringMatching(/users\.result\.csv: (EFBIG|ENOSPC)/) as unknown;
    await expect(promisify(execFile)('sh', limited, { env })).rejects.toMatchObject({ code: 1, stderr: failure });
    const again = await assign([]);
    expect(again.code).toBe(0);
    expect(written()).toHaveLength(people.length);
    const ids = folder.rows('users.result.csv').map(([id]) => id);
    expect(ids.toSorted()).toEqual(people.toSorted());
  }, 30_000);
});

describe('assign, where another process has locked the file', () => {
  const lock = (holder: object): string => folder.write('users.result.csv.lock', JSON.stringify(holder));

  it('takes over what a dead process has left, of this number too', async () => {
    const { child, finished } = startProcess(['--version']);
    await finished;
    for (const pid of [child.pid, process.pid]) {
      lock({ pid, host: hostname() });
      csv([newcomers[0] ?? '']);
      expect((await assign([])).code).toBe(0);
      expect(folder.names()).toEqual(['users.csv', 'users.result.csv', 'users.result.csv.run.json']);
    }
  });

  it('does not take over what a process of another machine may be writing', async () => {
    csv([newcomers[0] ?? '']);
    lock({ pid: 1, host: 'elsewhere' });
    await expect(assign([])).rejects.toThrow('is being written by the process 1 on elsewhere');
    expect(folder.names()).toEqual(['users.csv', 'users.result.csv.lock']);
  });
});

describe('assign --url', () => {
  let standIn: StandIn | undefined;
  afterEach(async () => {
    await standIn?.close();
    standIn = undefined;
  });

  async function stand(reply: (index: number) => StandInReply | Promise<StandInReply>): Promise<StandIn> {
    standIn = await startStandIn((_, index) => reply(index));
    return standIn;
  }

  const throttled: StandInReply = {
    status: 429,
    headers: { 'retry-after': '0' },
    body: '{"errors":[{"message":"Slow down.","extensions":{"code":"THROTTLED","retryable":true}}]}',
  };

  it('shows the token of GATEWAY_TOKEN, and nobody else', async () => {
    const { url, asked } = await stand(() => 'created');
    csv([nobody]);
    const { code, printed } = await assign(['--url', url], { GATEWAY_TOKEN: 'canary-token' });
    expect([code, asked[0]?.authorization]).toEqual([0, 'Bearer canary-token']);
    const files = folder.names().map((name) => folder.read(name));
    expect([printed, ...files].join()).not.toContain('canary');
  });

  it('asks again with the same key when it is told to wait', async () => {
    const { url, asked } = await stand((index) => (index === 0 ? throttled : 'created'));
    csv(newcomers.slice(0, 2));
    const { code, told } = await assign(['--url', url]);
    expect([code, told]).toEqual([
      0,
      expect.stringMatching(/^THROTTLED: Slow down: asking again at \d\d:\d\d:\d\d\n$/),
    ]);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.idempotencyKey).toMatch(/^assign-[\da-f-]{36}$/);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('begins a line for why it waits where a bar is on the terminal', async () => {
    const { url } = await stand((index) => (index === 1 ? throttled : 'created'));
    let screen = '';
    const print = (text: string): void => void (screen += text);
    const from = csv(newcomers.slice(0, 2));
    const environment = { variables: {}, print, stderr: { print, width: 80 }, terminalWidth: 80 };
    await runCommand(['assign', '--allotment', allotment, '--from', from, '--chunk', '1', '--url', url], environment);
    expect(screen).toMatch(/CREATED 1\u001B\[K\nTHROTTLED: Slow down: asking again at [\d:]{8}\n\r\[#+\] 2\/2/);
  });

  it('stops when the gateway goes on refusing, and sends the same key in the next run', async () => {
    const { url, asked } = await stand((index) => (index === 0 || index > 4 ? 'created' : throttled));
    csv(newcomers.slice(0, 6));
    const { code, printed } = await assign(['--url', url, '--chunk', '2']);
    expect([code, asked.length]).toEqual([1, 5]);
    expect(printed).toContain('stopped: THROTTLED: Slow down.');
    expect(folder.rows('users.result.csv')).toHaveLength(2);
    expect((await assign(['--url', url, '--chunk', '2'])).code).toBe(0);
    expect(asked[5]).toEqual(asked[1]);
    expect(asked).toHaveLength(7);
  });

  it('is refused where another run writes the file, and says which process has the file', async () => {
    const gate = createGate();
    const { url, asked } = await stand(async (): Promise<StandInReply> => {
      await gate.opened;
      return 'created';
    });
    csv(newcomers.slice(0, 2));
    const first = assign(['--url', url]);
    while (asked.length === 0) await fetch(emulator.url);
    await expect(assign(['--url', url])).rejects.toMatchObject({
      exitCode: 2,
      message: `${folder.of('users.result.csv')} is being written by the process ${process.pid}: wait for its end; if it has ended, remove ${folder.of('users.result.csv.lock')}`,
    });
    gate.open();
    expect((await first).code).toBe(0);
    expect(asked).toHaveLength(1);
    expect(folder.rows('users.result.csv')).toHaveLength(2);
    expect((await assign(['--url', url])).code).toBe(0);
    expect(folder.names()).not.toContain('users.result.csv.lock');
  });

  const withoutResults: StandInReply = { status: 200, body: '{"data":{"assignLicenses":null}}' };

  it('sends the same key where the first mutation had no results at all', async () => {
    const { url, asked } = await stand((index) => (index === 0 ? withoutResults : 'created'));
    csv(newcomers.slice(0, 2));
    expect((await assign(['--url', url])).code).toBe(1);
    expect((await assign(['--url', url])).code).toBe(0);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('does not send again as it was what was refused: it may have been too much at once', async () => {
    const { url, asked } = await stand((index) => (index === 0 ? { status: 413, body: '<html>' } : 'created'));
    const ids = newcomers.slice(0, 2);
    csv(ids);
    expect((await assign(['--url', url])).code).toBe(1);
    expect((await assign(['--url', url, '--chunk', '1'])).code).toBe(0);
    expect(asked.map(({ assigneeIds }) => assigneeIds)).toEqual([ids, ids.slice(0, 1), ids.slice(1)]);
  });

  it('sends the same key where a part of the results is in the file, and adds the others', async () => {
    const { url, asked } = await stand((index) => (index === 0 ? withoutResults : 'created'));
    const ids = newcomers.slice(0, 3);
    csv(ids);
    await assign(['--url', url]);
    const [first = '', second = ''] = ids;
    folder.write('users.result.csv', `assigneeId,outcome,code,message\n${first},QUEUED,,\n${second},CREA`);
    expect((await assign(['--url', url, '--chunk', '1'])).code).toBe(0);
    expect(asked[1]).toEqual(asked[0]);
    const rows = ids.map((id) => [id, id === first ? 'QUEUED' : 'CREATED', '']);
    expect(folder.rows('users.result.csv')).toEqual(rows);
    await assign(['--url', url]);
    expect(asked).toHaveLength(2);
  });

  it.each<[string, StandInReply, string]>([
    [
      'refuses the caller',
      {
        status: 401,
        body: '{"errors":[{"message":"Who?","extensions":{"code":"UNAUTHENTICATED","retryable":false}}]}',
      },
      'stopped: UNAUTHENTICATED: Who?',
    ],
    ['is none', { status: 404, body: '<html>' }, 'stopped: the gateway answered 404 without GraphQL'],
    [
      'leads elsewhere',
      { status: 307, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
      'stopped: the gateway answered 307 without',
    ],
    [
      'answers for somebody else',
      { status: 200, body: '{"data":{"assignLicenses":{"userErrors":[],"results":[],"plannedCalls":null}}}' },
      'stopped: the gateway answered for others than were asked for',
    ],
  ])('stops at once when the gateway %s', async (_, reply, line) => {
    const { url, asked } = await stand(() => reply);
    csv(newcomers.slice(0, 2));
    const { code, printed } = await assign(['--url', url]);
    expect(code).toBe(1);
    expect(printed).toContain(line);
    expect(asked).toHaveLength(1);
  });

  it('finishes the mutation in flight on Ctrl-C, and leaves a file to go on with', async () => {
    const gate = createGate();
    const { url, asked } = await stand(async (index): Promise<StandInReply> => {
      if (index === 1) await gate.opened;
      return 'created';
    });
    const ids = newcomers.slice(0, 6);
    const args = ['assign', '--allotment', allotment, '--from', csv(ids), '--chunk', '2', '--url', url];
    const command = startProcess(args);
    const heard = new Promise<void>((resolve) => {
      command.child.stdout.on('data', (text) => String(text).includes('stopping') && resolve());
    });
    await command.firstLine;
    while (asked.length < 2) await fetch(emulator.url);
    command.child.kill('SIGINT');
    await heard;
    gate.open();
    const { code, stdout } = await command.finished;
    expect(code).toBe(1);
    expect(stdout).toContain('stopping after the mutation in flight');
    expect(stdout).toContain('stopped: interrupted');
    expect(folder.rows('users.result.csv').map(([id]) => id)).toEqual(ids.slice(0, 4));
    expect((await assign(['--url', url, '--chunk', '2'])).code).toBe(0);
    expect(asked.map(({ assigneeIds }) => assigneeIds)).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  }, 30_000);
});

describe('assign, used wrongly', () => {
  /** The exit code and the line with which the command fails. */
  async function wrong(args: readonly string[], variables = environment()): Promise<readonly [unknown, string]> {
    const code = runCommand(['assign', ...args], { variables, print: () => undefined });
    return code.then(
      (done) => [done, ''],
      (error: Error & { exitCode?: number }) => [error.exitCode, error.message],
    );
  }

  it.each([
    [['--from', 'x.csv'], 'say which --allotment to assign'],
    [['--allotment', 'a'], 'say with --from which file names the assignees'],
    [['--allotment', 'a', '--from', '/no/such/file'], 'cannot read "/no/such/file"'],
    [['--alotment', 'a'], "Unknown option '--alotment'"],
    [['--allotment', 'a', '--from', 'x', 'y'], 'unexpected argument "y"'],
    [['--allotment', 'a', '--from', 'x', '--chunk', '1001'], '--chunk: expected a whole number from 1 to 1000'],
    [['--allotment', 'a', '--from', 'x', '--chunk', '0'], '--chunk: expected a whole number from 1 to 1000'],
    [
      ['--allotment', 'a', '--from', 'x', '--disabled-plans', 'y'],
      '--disabled-plans: "y" is not the id of a service plan',
    ],
    [['--allotment', 'a', '--from', 'x', '--remove', '--replacing', 'b'], '--remove and --replacing: give one of them'],
    [['--allotment', 'a', '--from', 'x', '--remove', '--disabled-plans', ''], 'nothing is assigned with --remove'],
    [['--allotment', 'a', '--from', 'x', '--url', 'gateway'], '--url: expected an http or https address'],
    [['--allotment', 'a', '--from', 'x', '--url', 'https://u:p@g/'], '--url: give no user or password'],
  ])('%j ends with 2 and a line that says what is wrong', async (args, line) => {
    expect(await wrong(args)).toEqual([2, expect.stringContaining(line)]);
  });

  it('does not send a token over a network in plain text', async () => {
    const args = ['--allotment', 'a', '--from', 'x', '--url', 'http://gateway.example/'];
    const [code, line] = await wrong(args, { GATEWAY_TOKEN: 'canary' });
    expect([code, line]).toEqual([2, expect.stringContaining('has to begin with https://')]);
    expect(line).not.toContain('canary');
  });

  it('sends nothing where a row of the file is wrong, and names its line', async () => {
    const from = folder.write('users.csv', `id\n${newcomers[0] ?? ''}\nBert`);
    expect(await wrong(['--allotment', allotment, '--from', from])).toEqual([
      2,
      `${from}: line 3: "Bert" is neither an object id nor a user principal name`,
    ]);
    expect(folder.names()).toEqual(['users.csv']);
  });

  it('does not take the results of one allotment for those of another', async () => {
    const from = csv(newcomers.slice(0, 2));
    await assign([]);
    const other = emulator.tenant.allotments.find((id) => id !== allotment) ?? '';
    const line = expect.stringContaining('holds the results of another allotment');
    expect(await wrong(['--allotment', other, '--from', from])).toEqual([2, line]);
  });

  it('takes the results of a mistyped allotment, of which nothing was done, for none', async () => {
    const ids = newcomers.slice(0, 3);
    csv(ids);
    const right = allotment;
    allotment = 'no-such-allotment';
    expect((await assign([])).code).toBe(1);
    expect(folder.rows('users.result.csv')).toHaveLength(3);
    allotment = right;
    expect((await assign([])).code).toBe(0);
    expect(folder.rows('users.result.csv')).toEqual(ids.map((id) => [id, 'CREATED', '']));
  });

  it('does not go on where nothing tells what the results are about', async () => {
    csv([newcomers[0] ?? '']);
    await assign([]);
    folder.write('users.result.csv.run.json', '{"allotm');
    await expect(assign([])).rejects.toThrow('users.result.csv.run.json cannot be read, which says what the results');
  });

  it('does not write results into something else', async () => {
    const from = csv([nobody]);
    folder.write('other.csv', 'name,price\nx,1\n');
    const args = ['--allotment', allotment, '--from', from, '--result'];
    expect(await wrong([...args, folder.of('other.csv')])).toEqual([2, expect.any(String)]);
    expect(folder.read('other.csv')).toBe('name,price\nx,1\n');
    folder.write('note.txt', 'milk');
    expect(await wrong([...args, folder.of('note.txt')])).toEqual([2, expect.any(String)]);
    expect(folder.read('note.txt')).toBe('milk');
    expect(await wrong([...args, from])).toEqual([2, expect.any(String)]);
    expect(await wrong([...args, folder.of('no/such/folder.csv')])).toEqual([2, expect.any(String)]);
    for (const path of [folder.path, '/dev/null'])
      expect(await wrong([...args, path])).toEqual([2, expect.stringContaining(`--result: ${path} is not a file`)]);
  });

  it('tells the process to end with 2', async () => {
    const { code, stderr } = await startProcess(['assign', '--from', 'x']).finished;
    expect([code, stderr]).toEqual([2, 'license-gateway: say which --allotment to assign\n']);
  }, 30_000);

  it('--help says how it is used, what is tried again, and where the token goes', async () => {
    let printed = '';
    const code = await runCommand(['assign', '--help'], { variables: {}, print: (text) => void (printed += text) });
    expect(code).toBe(0);
    for (const part of ['--dry-run', 'REJECTED and UNKNOWN are tried again', 'GATEWAY_TOKEN'])
      expect(printed).toContain(part);
  });
});
