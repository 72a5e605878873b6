import type { Judged, Wish } from './checkHistory.js';
import { isSeated, statesBetween, type Moment, type SeatRules, type SeatState } from './SeatModel.js';

type SwapWish = Extract<Wish, { kind: 'swap' }>;

function has(state: SeatState, allotmentId: string, assigneeId: string): boolean {
  return state.assignments.some((each) => each.allotmentId === allotmentId && each.assigneeId === assigneeId);
}

/** What is wrong with what a swap was told; undefined where it fits. */
export function faultOfSwap(
  { outcome, states, errors, effects, ownEffects }: Judged,
  wish: SwapWish,
): string | undefined {
  const { fromAllotmentId, toAllotmentId, assigneeId } = wish;
  const hasOld = (state: SeatState): boolean => has(state, fromAllotmentId, assigneeId);
  const hasNew = (state: SeatState): boolean => has(state, toAllotmentId, assigneeId);
  switch (outcome) {
    case 'SWAPPED':
      if (effects.length === 0) return 'nothing was swapped in its time';
      // Another may take the new one away just before the old one goes; that this one had seen to it is judged below.
      return states.some(hasNew) && !states.every(hasOld) ? undefined : 'it was not swapped in its time';
    case 'ALREADY_SWAPPED':
      if (ownEffects.length > 0) return 'it did something itself';
      return states.some(hasNew) && !states.every(hasOld) ? undefined : 'it was not swapped in its time';
    case 'KEPT_OLD':
      if (errors.length === 0) return 'it does not say why';
      if (ownEffects.length > 0) return 'it took effect';
      return states.some(hasOld) ? undefined : 'it never had the old one';
    case 'BOTH':
      if (errors.length === 0) return 'it does not say why';
      return states.some((state) => hasNew(state) && hasOld(state)) ? undefined : 'it never had both';
    default:
      return undefined;
  }
}

/** Nobody is left without either: the old one goes when the new one has been there, with its seat, in the time of the swap. */
export function faultOfSwapSafety(
  { wants, ownEffects, since }: Judged,
  moments: readonly Moment[],
  rules: SeatRules,
): string | undefined {
  if (wants.kind !== 'swap') return undefined;
  const { toAllotmentId, assigneeId } = wants;
  const removal = ownEffects.find(({ kind }) => kind === 'deleted');
  if (removal === undefined) return undefined;
  if (removal.allotmentId === toAllotmentId) return 'it took the new one away';
  const wasSafe = statesBetween(moments, since, removal.at).some(
    (state) => has(state, toAllotmentId, assigneeId) && isSeated(rules, state, toAllotmentId, assigneeId),
  );
  return wasSafe ? undefined : 'the old one was taken away before the new one had its seat';
}
