import type { CommittedWrite } from '../../../src/emulator/index.js';
import type { Call, History, Wish } from '../model/checkHistory.js';
import { findBlindRepeats } from '../model/findBlindRepeats.js';
import type { Commit } from '../model/SeatModel.js';
import { callTimeoutMs, lagName, longestLagMs, stallName, type NamedFault } from './faultKinds.js';
import type { GraphGround } from './GraphGround.js';
import type { Replicas } from './openReplicas.js';
import type { PlannedCall, PlannedHistory, PlannedStep } from './planHistory.js';
import { readTold, requestOf, wishesOf, type Step } from './sendWish.js';

/** What came of a history. */
export interface RunHistory extends History {
  /** Names of the faults that were played, once for each time. */
  readonly played: readonly string[];
  /** Writes that were sent again without need. */
  readonly blindRepeats: readonly string[];
}

interface KnownAssignment {
  readonly id: string;
  readonly allotmentId: string;
}

const neverThere: KnownAssignment = { id: 'de4208a6-08a6-de42-a608-42dea60842de', allotmentId: '' };

/** One history while it runs. */
interface Run {
  readonly replicas: Pick<Replicas, 'ask' | 'emulator'>;
  readonly ground: GraphGround;
  readonly seed: number;
  readonly calls: Call[];
  /** Assignments that somebody was told of. */
  readonly known: KnownAssignment[];
}

function concrete(step: PlannedStep, { known, ground }: Run): Step {
  const at = (place: number): KnownAssignment => known[place % Math.max(known.length, 1)] ?? neverThere;
  switch (step.kind) {
    case 'create':
    case 'assignLicenses':
    case 'swapLicenses':
    case 'removeLicenses':
      return step;
    case 'delete':
      return { kind: 'delete', assignmentId: at(step.place).id };
    case 'update': {
      const { id, allotmentId } = at(step.place);
      const allotment = ground.allotments.find((each) => each.id === allotmentId);
      // A plan that no allotment has is refused.
      const plans = [...(allotment?.plans ?? []), neverThere.id];
      return { kind: 'update', assignmentId: id, disabledPlans: [plans[step.plan % plans.length] ?? ''] };
    }
    case 'removeAssignments':
      return { kind: 'removeAssignments', ids: [...new Set(step.places.map((place) => at(place).id))] };
  }
}

/** The allotment of the assignment that the answer to a wish shows, where it may be a new one. */
function assignedAllotment(wish: Wish): string | undefined {
  if (wish.kind === 'swap') return wish.toAllotmentId;
  return wish.kind === 'create' ? wish.allotmentId : undefined;
}

async function send(
  run: Run,
  step: Step,
  by: string,
  replica: number,
  idempotencyKey: string | undefined,
): Promise<void> {
  const { query, input } = requestOf(step, run.ground.kindOf);
  const invoked = performance.now();
  const answer = await run.replicas.ask(replica, by, query, { input: { ...input, idempotencyKey } });
  const responded = performance.now();
  const told = readTold(step, answer);
  wishesOf(step).forEach((wants, index) => {
    const item = told[index];
    if (item === undefined) throw new Error(`${by}: item ${index} has no result`);
    run.calls.push({ name: `${by} on ${replica}`, by, wants, idempotencyKey, invoked, responded, ...item });
    const id = item.assignment?.id;
    const allotmentId = assignedAllotment(wants);
    if (allotmentId === undefined || id === undefined || run.known.some((each) => each.id === id)) return;
    run.known.push({ id, allotmentId });
  });
}

async function makeCall(run: Run, call: PlannedCall, by: string): Promise<void> {
  const step = concrete(call.step, run);
  const key = call.hasKey ? `key of ${by}` : undefined;
  const first = send(run, step, by, call.replica, key);
  if (call.repeat?.atOnce !== true) await first;
  const second = call.repeat === undefined ? undefined : send(run, step, by, call.repeat.replica, key);
  await Promise.all([first, second]);
}

async function runClient(run: Run, client: number, calls: readonly PlannedCall[]): Promise<void> {
  for (const [index, call] of calls.entries()) await makeCall(run, call, `h${run.seed}-c${client}-${index}`);
}

function callerOf(authorization: string | undefined): string {
  return (authorization ?? '').replace(/^Bearer /, '');
}

function commitOf(write: CommittedWrite): Commit {
  const { kind, at, assignmentId, allotmentId, assigneeId, disabledServicePlanIds, consumedUnits } = write;
  const disabledPlans = disabledServicePlanIds;
  return {
    kind,
    at,
    id: assignmentId,
    allotmentId,
    assigneeId,
    disabledPlans,
    consumedUnits,
    by: callerOf(write.authorization),
  };
}

function faultsByCaller(replicas: Run['replicas'], named: readonly NamedFault[]): Record<string, string[]> {
  const byCaller: Record<string, string[]> = {};
  for (const { fault, authorization } of replicas.emulator.played()) {
    const name = named.find((each) => each.fault === fault)?.name;
    if (name !== undefined) (byCaller[callerOf(authorization)] ??= []).push(name);
  }
  return byCaller;
}

/** Runs the clients of a history side by side; it is over once the emulator has come to rest. */
export async function runHistory(run: Pick<Run, 'replicas' | 'ground'>, plan: PlannedHistory): Promise<RunHistory> {
  const { replicas, ground } = run;
  const { emulator } = replicas;
  await ground.clear();
  emulator.reset();
  const known: KnownAssignment[] = [];
  for (const { allotmentId, assigneeId } of plan.initial) {
    known.push({ id: await ground.assign(allotmentId, assigneeId), allotmentId });
  }
  emulator.script(...plan.faults.map(({ fault }) => fault));
  const running: Run = { replicas, ground, seed: plan.seed, calls: [], known };
  await Promise.all(plan.clients.map((calls, client) => runClient(running, client, calls)));
  await emulator.idle();
  const struck = faultsByCaller(replicas, plan.faults);
  // Replicas that lag excuse nothing: they are no reason for not knowing what became of a change.
  const faults: Record<string, string[]> = Object.fromEntries(
    Object.entries(struck).map(([by, names]) => [by, names.filter((name) => name !== lagName)]),
  );
  const stalled = running.calls.filter(({ invoked, responded }) => responded - invoked >= callTimeoutMs);
  for (const by of new Set(stalled.map((call) => call.by))) (faults[by] ??= []).push(stallName);
  const commits = emulator.journal().map(commitOf);
  // The log is in the order of answers, and a slow one may come after that of its own repeat.
  const blindRepeats = findBlindRepeats(emulator.log().toSorted((one, other) => one.wave - other.wave));
  // Faults that found nothing to strike must not strike what looks at the end.
  emulator.reset();
  return {
    rules: ground.rules,
    readsLagMs: plan.faults.some(({ name }) => name === lagName) ? longestLagMs : 0,
    commits,
    calls: running.calls,
    faults,
    played: Object.values(struck).flat(),
    blindRepeats,
  };
}
