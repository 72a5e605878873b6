import { callGraph, readAll } from '../../emulator/support/callGraph.js';
import type { Emulator } from '../../../src/emulator/index.js';
import type { SeatRules, SeatState } from '../model/SeatModel.js';
import type { Ground } from './planHistory.js';
import type { KindOf } from './sendWish.js';

const admin = '/admin/cloudLicensing';

/** Two allotments of a tenant and those who may be assigned to them, with what the model has to know of them. */
export interface GraphGround extends Ground {
  readonly rules: SeatRules;
  readonly kindOf: KindOf;
  /** Takes everything away that is assigned from the two allotments. */
  clear(): Promise<void>;
  /** The same, with nothing scripted and nothing written down: as every test begins. */
  begin(): Promise<void>;
  /** Assigns without the gateway. Answers the id. */
  assign(allotmentId: string, assigneeId: string): Promise<string>;
  /** What Graph shows of the two allotments in the end. */
  show(): Promise<SeatState>;
}

interface AllotmentRow {
  readonly id: string;
  readonly allottedUnits: number;
  readonly services: readonly { readonly planId: string }[];
}

const paths = { userId: 'users', groupId: 'groups', deviceId: 'devices' } as const;

/** Chooses the two smallest allotments, five users, the group of fewest members that has any, and a device. */
export async function chooseGround(emulator: Emulator): Promise<GraphGround> {
  const rows = (await readAll(emulator, `${admin}/allotments`)) as unknown as readonly AllotmentRow[];
  const [few, , some] = [...rows].sort((one, other) => one.allottedUnits - other.allottedUnits);
  const allotments = [few, some].flatMap((row) => (row === undefined ? [] : [row]));
  const members: Record<string, readonly string[]> = {};
  for (const id of emulator.tenant.groups) {
    members[id] = (await readAll(emulator, `/groups/${id}/members?$select=id`)).map((member) => String(member.id));
  }
  const sizeOf = (id: string): number => members[id]?.length ?? 0;
  const [group = ''] = emulator.tenant.groups
    .filter((id) => sizeOf(id) > 0)
    .sort((one, other) => sizeOf(one) - sizeOf(other));
  const kindOf: KindOf = (id) =>
    emulator.tenant.groups.includes(id) ? 'groupId' : emulator.tenant.devices.includes(id) ? 'deviceId' : 'userId';
  return {
    allotments: allotments.map(({ id, services }) => ({ id, plans: services.map(({ planId }) => planId) })),
    assignees: [...emulator.tenant.users.slice(0, 5), group, emulator.tenant.devices[0] ?? ''],
    rules: { units: Object.fromEntries(allotments.map(({ id, allottedUnits }) => [id, allottedUnits])), members },
    kindOf,
    clear: () => clear(emulator, allotments),
    async begin() {
      emulator.reset();
      await clear(emulator, allotments);
      emulator.reset();
    },
    assign: (allotmentId, assigneeId) => assign(emulator, kindOf, allotmentId, assigneeId),
    show: () => show(emulator, allotments),
  };
}

async function clear(emulator: Emulator, allotments: readonly AllotmentRow[]): Promise<void> {
  for (const allotment of allotments) {
    const rows = await readAll(emulator, `${admin}/allotments/${allotment.id}/assignments`);
    for (const { id } of rows) await callGraph(emulator, `${admin}/assignments/${String(id)}`, { method: 'DELETE' });
  }
}

async function assign(emulator: Emulator, kindOf: KindOf, allotmentId: string, assigneeId: string): Promise<string> {
  const { body, status } = await callGraph(emulator, `${admin}/allotments/${allotmentId}/assignments`, {
    method: 'POST',
    headers: { authorization: 'Bearer setup' },
    body: {
      'assignedTo@odata.bind': `${emulator.url}/${paths[kindOf(assigneeId)]}/${assigneeId}`,
      disabledServicePlanIds: [],
    },
  });
  if (status !== 201) throw new Error(`setup: ${status}`);
  return String(body.id);
}

function assigneeOf(row: Readonly<Record<string, unknown>>): string {
  return String((row.assignedTo as { id?: unknown } | undefined)?.id);
}

async function show(emulator: Emulator, allotments: readonly AllotmentRow[]): Promise<SeatState> {
  const state = {
    assignments: [] as SeatState['assignments'][number][],
    seated: {},
    waiting: {} as Record<string, string[]>,
  };
  for (const { id: allotmentId } of allotments) {
    const path = `${admin}/allotments/${allotmentId}`;
    const rows = await readAll(emulator, `${path}/assignments?$expand=assignedTo`);
    const waiting = await readAll(emulator, `${path}/waitingMembers?$expand=assignedTo`);
    state.waiting[allotmentId] = waiting.map(assigneeOf);
    for (const row of rows) {
      state.assignments.push({
        id: String(row.id),
        allotmentId,
        assigneeId: assigneeOf(row),
        disabledPlans: row.disabledServicePlanIds as string[],
      });
    }
  }
  return state;
}
