import type { BoundOperation } from '../bind/BoundOperation.js';
import { resourceUnits } from '../graph/resourceUnits.js';
import { InputError } from '../odata/InputError.js';
import { addUp, type CostEstimate } from './CostEstimate.js';
import { describeCalls } from './describeCalls.js';
import type { DescribedCall, PricedCall } from './DescribedCall.js';
import { printMermaid } from './printMermaid.js';
import { printText } from './printText.js';

/** What a query will ask of Graph, before anything is known of the data. */
export interface DescribedPlan {
  readonly estimate: CostEstimate;
  readonly calls: readonly PricedCall[];
}

/** A plan that tells itself to people too. */
export interface PrintedPlan extends DescribedPlan {
  /** Wave by wave, as `license-gateway explain` prints it. */
  readonly text: string;
  /** A Mermaid flowchart. */
  readonly mermaid: string;
}

/** The call as plain data. */
function price(call: DescribedCall): PricedCall {
  const { wave, method, path, name, count, isAssumed, objects, forEach, onlyIf } = call;
  const units = resourceUnits(path) * count;
  const learned = call.learned && { path: call.learned.path, spares: call.learned.spares };
  return { wave, method, path, name, count, isAssumed, objects, forEach, onlyIf, learned, units };
}

/** The plan of a bound query. Raises an InputError that names every argument that no request can be made of. */
export function describePlan(bound: BoundOperation): DescribedPlan {
  const refused = bound.uses.filter((use) => use instanceof Error);
  if (refused.length > 0) throw new InputError(refused.map(({ message }) => message).join('\n'));
  const calls = describeCalls(bound);
  return { estimate: addUp(calls), calls: calls.map(price) };
}

/** A plan in every format at once. */
export function printPlan(plan: DescribedPlan): PrintedPlan {
  return { ...plan, text: printText(plan.calls), mermaid: printMermaid(plan.calls) };
}
