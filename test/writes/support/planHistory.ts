import { createRandom, type Random } from '../../support/random.js';
import { drawFault, drawLag, type NamedFault } from './faultKinds.js';

/** Who and what a history is about. */
export interface Ground {
  readonly allotments: readonly { readonly id: string; readonly plans: readonly string[] }[];
  readonly assignees: readonly string[];
}

/** A step whose assignments are not known yet: they are taken from those that anybody has been told of, by place. */
export type PlannedStep =
  | {
      readonly kind: 'create';
      readonly allotmentId: string;
      readonly assigneeId: string;
      readonly disabledPlans: readonly string[];
    }
  | {
      readonly kind: 'assignLicenses';
      readonly allotmentId: string;
      readonly assigneeIds: readonly string[];
      readonly disabledPlans: readonly string[];
    }
  | { readonly kind: 'delete'; readonly place: number }
  | { readonly kind: 'update'; readonly place: number; readonly plan: number }
  | { readonly kind: 'removeLicenses'; readonly allotmentId: string; readonly assigneeIds: readonly string[] }
  | { readonly kind: 'removeAssignments'; readonly places: readonly number[] }
  | {
      readonly kind: 'swapLicenses';
      readonly fromAllotmentId: string;
      readonly toAllotmentId: string;
      readonly assigneeIds: readonly string[];
      readonly disabledPlans: readonly string[];
    };

export interface PlannedCall {
  readonly step: PlannedStep;
  readonly replica: number;
  readonly hasKey: boolean;
  /** The replica on which the same call with the same key is made again, and whether it waits for the first answer. */
  readonly repeat: { readonly replica: number; readonly atOnce: boolean } | undefined;
}

/** A history to be run. */
export interface PlannedHistory {
  readonly seed: number;
  /** Assigned before the clients begin. */
  readonly initial: readonly { readonly allotmentId: string; readonly assigneeId: string }[];
  readonly faults: readonly NamedFault[];
  /** What each client does, one call after the other. */
  readonly clients: readonly (readonly PlannedCall[])[];
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function drawStep(random: Random, { allotments, assignees }: Ground): PlannedStep {
  const { id: allotmentId, plans } = random.pick(allotments);
  const disabledPlans = random.chance(0.3) ? [random.pick(plans)] : [];
  const roll = random.next();
  if (roll < 0.12) return drawSwap(random, { allotments, assignees });
  if (roll < 0.45) return { kind: 'create', allotmentId, assigneeId: random.pick(assignees), disabledPlans };
  if (roll < 0.6) return { kind: 'delete', place: random.below(100) };
  if (roll < 0.7) return { kind: 'update', place: random.below(100), plan: random.below(100) };
  if (roll < 0.92) {
    const assigneeIds = [...new Set(times(2 + random.below(4), () => random.pick(assignees)))];
    if (roll < 0.83) return { kind: 'assignLicenses', allotmentId, assigneeIds, disabledPlans };
    return { kind: 'removeLicenses', allotmentId, assigneeIds };
  }
  return { kind: 'removeAssignments', places: times(2, () => random.below(100)) };
}

/** A plan that no allotment has. */
const unknownPlan = 'de4208a6-08a6-de42-a608-42dea60842de';

function drawSwap(random: Random, { allotments, assignees }: Ground): PlannedStep {
  const [one = '', other = ''] = allotments.map(({ id }) => id);
  const [fromAllotmentId, toAllotmentId] = random.chance(0.5) ? [one, other] : [other, one];
  const assigneeIds = [...new Set(times(1 + random.below(4), () => random.pick(assignees)))];
  // Now and then the new one is refused.
  const disabledPlans = random.chance(0.15) ? [unknownPlan] : [];
  return { kind: 'swapLicenses', fromAllotmentId, toAllotmentId, assigneeIds, disabledPlans };
}

function drawCall(random: Random, ground: Ground, replicas: number): PlannedCall {
  const replica = random.below(replicas);
  const hasKey = random.chance(0.35);
  const other = (replica + 1 + random.below(replicas - 1)) % replicas;
  const repeat = hasKey && random.chance(0.7) ? { replica: other, atOnce: random.chance(0.5) } : undefined;
  return { step: drawStep(random, ground), replica, hasKey, repeat };
}

/** The history of a seed; always the same one. */
export function planHistory(seed: number, ground: Ground, replicas: number): PlannedHistory {
  const random = createRandom(seed);
  const initial = ground.allotments.flatMap(({ id }) =>
    ground.assignees.filter(() => random.chance(0.3)).map((assigneeId) => ({ allotmentId: id, assigneeId })),
  );
  const clients = times(3, () => times(2 + random.below(2), () => drawCall(random, ground, replicas)));
  // After those that strike a single read: the first fault that fits is played.
  const faults = [
    ...times(1 + random.below(4), () => drawFault(random)),
    ...(random.chance(0.6) ? [drawLag(random)] : []),
  ];
  return { seed, initial, faults, clients };
}
