import type { ExpandStep } from '../compile/plan.js';
import type { ODataQuery } from '../odata/ODataQuery.js';
import { addressOf, hasType } from './addresses.js';
import { inside, type Carried } from './Carried.js';
import { ExpandedRows, type Carrier } from './ExpandedRows.js';
import { badAnswer } from './failures.js';
import { isObject, objectOf } from './objectOf.js';
import { readAllowedObject } from './readAllowed.js';
import { absent, none, type Row } from './Row.js';
import type { Run } from './Run.js';
import { runExpandMany } from './runExpandMany.js';
import { runOtherwise } from './runOtherwise.js';
import { together } from './together.js';

function runExpandOne(
  run: Run,
  step: ExpandStep,
  carriers: readonly Carrier[],
  carried: Carried,
): Promise<void> | undefined {
  const { slot, navigation, field } = step;
  const found = new ExpandedRows(run, step);
  const missing: Row[] = [];
  const empty: Row[] = [];
  let isSeen = false;
  const keep = (index: number, row: Row): void => carriers[index]?.row.keep(slot, row);
  carriers.forEach((carrier, index) => {
    const value = carrier.data[navigation];
    if (isObject(value)) {
      isSeen = true;
      if (hasType(value, field.onlyType)) found.add(carrier, value, index, keep);
      else carrier.row.keep(slot, none);
    } else if (value !== undefined && value !== null)
      carrier.row.keep(slot, badAnswer(`${navigation} is not an object`));
    else if (field.nullable) empty.push(carrier.row);
    // A navigation that is never empty: Graph has passed over the expansions without a word.
    else missing.push(carrier.row);
  });
  const place = `${step.path} ${navigation}`;
  if (isSeen && field.nullable) run.learned.recordComplete(place, 1);
  // Graph leaves a single object out where there is none. Where it was never seen to expand, each row is asked: that one
  // has nothing says nothing of the others.
  const isTrusted = isSeen || run.learned.lengthOf(place).complete > 0 || step.otherwise === undefined;
  if (isTrusted) for (const row of empty) row.keep(slot, absent);
  return together([
    found.settle(),
    runOtherwise(run, step, missing, carried),
    isTrusted ? undefined : runOtherwise(run, step, empty, carried),
  ]);
}

/** The row once more, for relations that only its own path can expand; equal reads of several relations are one. */
function reread(run: Run, step: ExpandStep, query: ODataQuery, rows: readonly Row[]): Promise<void> | undefined {
  // Without the expansion there is nothing to read.
  if (run.learned.isRefused(step.option)) return runOtherwise(run, step, rows, inside);
  return together(
    rows.map(async (row) => {
      try {
        const read = { resource: '', query, keep: undefined };
        const { body, carried } = await readAllowedObject(run, addressOf(row), read, true);
        await runCarried(run, step, [{ row, data: objectOf(body) }], carried);
      } catch {
        // The relation is then read by itself, and says by itself what is wrong.
        await runOtherwise(run, step, [row], inside);
      }
    }),
  );
}

function runCarried(
  run: Run,
  step: ExpandStep,
  carriers: readonly Carrier[],
  carried: Carried,
): Promise<void> | undefined {
  if (!carried.has(step))
    return runOtherwise(
      run,
      step,
      carriers.map(({ row }) => row),
      carried,
    );
  return step.field.cardinality === 'one'
    ? runExpandOne(run, step, carriers, carried)
    : runExpandMany(run, step, carriers, carried);
}

/**
 * Follows a relation whose objects should stand in an answer about the rows. Where the expansion was not sent, Graph
 * refused it, left the navigation out, or may have cut the collection off, the objects come as the step says otherwise.
 */
export function runExpand(
  run: Run,
  step: ExpandStep,
  rows: readonly Row[],
  carried: Carried,
): Promise<void> | undefined {
  if (step.reread !== undefined) return reread(run, step, step.reread, rows);
  return runCarried(run, step, rows, carried);
}
