import { readAll } from '../../emulator/support/callGraph.js';
import type { Emulator } from '../../../src/emulator/index.js';

const admin = '/admin/cloudLicensing';

/** What Graph shows of one allotment, read without the gateway. */
export interface AllotmentView {
  readonly id: string;
  readonly skuId: string;
  readonly plans: readonly string[];
  readonly seatsLeft: number;
  /** Ids of assignments by the id of who has them. */
  readonly assigned: ReadonlyMap<string, string>;
  /** Members of the groups that it is assigned to: they have a seat, or wait for one. */
  readonly members: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
}

function idOfAssignee(row: Readonly<Record<string, unknown>>): string {
  return String((row.assignedTo as { id?: unknown } | undefined)?.id);
}

/** Reads an allotment whole. */
export async function viewAllotment(emulator: Emulator, id: string): Promise<AllotmentView> {
  const path = `${admin}/allotments/${id}`;
  const [facts, rows, waiting] = await Promise.all([
    readAll(emulator, `${admin}/allotments`).then((all) => all.find((each) => each.id === id)),
    readAll(emulator, `${path}/assignments?$expand=assignedTo`),
    readAll(emulator, `${path}/waitingMembers?$expand=assignedTo`),
  ]);
  const assigned = new Map(rows.map((row) => [idOfAssignee(row), String(row.id)]));
  const groups = emulator.tenant.groups.filter((group) => assigned.has(group));
  const members = await Promise.all(groups.map((group) => readAll(emulator, `/groups/${group}/members?$select=id`)));
  return {
    id,
    skuId: String(facts?.skuId),
    plans: (facts?.services as readonly { planId: string }[]).map(({ planId }) => planId),
    seatsLeft: Number(facts?.allottedUnits) - Number(facts?.consumedUnits),
    assigned,
    members: new Set(members.flat().map((member) => String(member.id))),
    waiting: new Set(waiting.map(idOfAssignee)),
  };
}

/** All allotments of the tenant, the one with the most free seats first. */
export async function viewAllotments(emulator: Emulator): Promise<readonly AllotmentView[]> {
  const all = await Promise.all(emulator.tenant.allotments.map((id) => viewAllotment(emulator, id)));
  return all.toSorted((one, other) => other.seatsLeft - one.seatsLeft);
}

/** Who has nothing to do with an allotment yet, neither directly nor through a group. */
export function newcomersTo({ assigned, members }: AllotmentView, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => !assigned.has(id) && !members.has(id));
}
