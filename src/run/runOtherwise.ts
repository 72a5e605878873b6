import type { ExpandStep } from '../compile/plan.js';
import type { Carried } from './Carried.js';
import { badAnswer } from './failures.js';
import type { Row } from './Row.js';
import type { Run } from './Run.js';

/** Rows whose objects have to come another way, each to be asked for by itself. */
export function runOtherwise(
  run: Run,
  step: ExpandStep,
  rows: readonly Row[],
  carried: Carried,
): Promise<void> | undefined {
  if (rows.length === 0) return undefined;
  if (step.otherwise !== undefined) return run.runStep(step.otherwise, rows, carried);
  for (const row of rows) row.keep(step.slot, badAnswer('a relation that was asked for is missing'));
  return undefined;
}
