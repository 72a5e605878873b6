import type { ObjectPlan, OneStep } from './plan.js';

/** The step from an owner to the right that a key names, which no field of the query asks for; undefined where there is none. */
export function ownedStepOf(owner: ObjectPlan): OneStep | undefined {
  return owner.steps.find(
    (step): step is OneStep => step.kind === 'one' && step.uses.length === 0 && step.field.target === 'UsageRight',
  );
}
