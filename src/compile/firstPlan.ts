import type { ObjectPlan, Target } from './plan.js';

/** The plan for the objects of a target, which are of one type; of several types the plan for the first. */
export function firstPlan(target: Target): ObjectPlan | undefined {
  for (const type in target) return target[type];
  return undefined;
}
