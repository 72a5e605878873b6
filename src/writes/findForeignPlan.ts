import { sameId } from '../mapping/idKey.js';
import { rejected, type WriteResult } from './WriteResult.js';

/** The refusal of a service plan that the allotment does not have; undefined where it has all of them. */
export function findForeignPlan(
  known: readonly string[],
  wanted: readonly string[],
): WriteResult<'REJECTED'> | undefined {
  const foreign = wanted.find((id) => !known.some((each) => sameId(each, id)));
  if (foreign === undefined) return undefined;
  const message = `The service plan ${foreign} does not belong to the allotment.`;
  return rejected('UNKNOWN_SERVICE_PLAN', message, ['input', 'disabledServicePlanIds']);
}
