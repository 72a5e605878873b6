import type { BoundOperation } from '../bind/BoundOperation.js';
import { tooComplex } from '../errors/tooComplex.js';
import { countItems } from '../explain/countItems.js';
import type { CostEstimate } from '../explain/CostEstimate.js';
import { estimateCost } from '../explain/estimateCost.js';

/** What one operation may ask of Graph, and what its answer may hold. */
export interface CostLimits {
  /** Operations of Graph at the most. */
  readonly maxCost: number;
  /** Representations that `_entities` takes. */
  readonly maxRepresentations: number;
  /** Changes in one document. */
  readonly maxMutations: number;
  /** Values of the answer: what is read once may stand in it any number of times. */
  readonly maxValues: number;
}

/**
 * A change reads before and after; a change in bulk does so for each of its items. What lies behind is estimated as for a
 * query.
 */
const costOfChange = 10;
const costOfItem = 2;

function costOfChanges({ steps, compiled }: BoundOperation, { maxMutations }: CostLimits): number {
  const changes = compiled.root.steps.length;
  if (changes > maxMutations) {
    throw tooComplex(
      `The document asks for ${changes} changes, more than the ${maxMutations} that are allowed (MAX_MUTATIONS). Changes of many objects have fields of their own, such as assignLicenses.`,
      { limit: 'MAX_MUTATIONS', value: changes, max: maxMutations },
    );
  }
  return steps.reduce(
    (sum, step) => (step?.kind === 'arguments' ? sum + costOfChange + costOfItem * countItems(step.args) : sum),
    0,
  );
}

function checkReferences({ steps, compiled }: BoundOperation, { maxRepresentations }: CostLimits): void {
  const count = compiled.steps.reduce((sum, step) => {
    const bound = steps[step.id];
    return step.kind === 'references' && step.form === 'representation' && bound?.kind === 'references'
      ? sum + step.uses.length * bound.order.length
      : sum;
  }, 0);
  if (count <= maxRepresentations) return;
  throw tooComplex(
    `_entities was given ${count} representations, more than the ${maxRepresentations} that are allowed (MAX_REPRESENTATIONS).`,
    { limit: 'MAX_REPRESENTATIONS', value: count, max: maxRepresentations },
  );
}

/**
 * What an operation may cost at the most. Raises QUERY_TOO_COMPLEX, with limit and value, where it could need more
 * operations of Graph than are allowed, or names too many objects; nothing has been sent then.
 */
export function checkCost(bound: BoundOperation, limits: CostLimits): CostEstimate {
  checkReferences(bound, limits);
  const estimate = estimateCost(bound);
  const isChange = bound.compiled.root.type === 'Mutation';
  const cost = estimate.operations + (isChange ? costOfChanges(bound, limits) : 0);
  if (cost > limits.maxCost) {
    const advice = isChange
      ? 'Name fewer objects, or select less of what lies behind them.'
      : 'Ask for shorter pages (first) or fewer nested lists.';
    const what = isChange ? 'changes' : 'query';
    throw tooComplex(
      `The ${what} may need ${cost} operations of Microsoft Graph, more than the ${limits.maxCost} that are allowed (MAX_COST). ${advice}`,
      { limit: 'MAX_COST', value: cost, cost, max: limits.maxCost },
    );
  }
  return { ...estimate, operations: cost };
}
