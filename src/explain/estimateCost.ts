import type { BoundOperation, BoundStep } from '../bind/BoundOperation.js';
import type { CompiledOperation } from '../compile/plan.js';
import { addUp, type CostEstimate } from './CostEstimate.js';
import { describeCalls } from './describeCalls.js';

/** Estimates by the sizes of a plan's steps. */
const remembered = new WeakMap<CompiledOperation, Map<string, CostEstimate>>();
/** Sizes that are remembered for each plan. */
const mostSizes = 64;

/**
 * All that the cost of a step depends on beside its plan. Undefined where the values themselves matter: of several objects
 * equal ones are read once, and a filter of what lies behind the rows is answered in its own ways.
 */
function sizeOf(step: BoundStep | undefined): string | undefined {
  switch (step?.kind) {
    case undefined:
    case 'key':
      return '';
    case 'one':
      if (step.owner !== undefined) return undefined;
      return step.objectId === undefined ? String(step.needed) : `object ${step.needed}`;
    case 'list':
      if (step.reads.some(({ keep }) => keep !== undefined)) return undefined;
      return `${step.reads.length} ${step.counts.length} ${step.first}`;
    case 'ids':
    case 'references':
    case 'arguments':
      return undefined;
  }
}

function sizesOf({ steps }: BoundOperation): string | undefined {
  let sizes = '';
  let objects = 0;
  for (const step of steps) {
    if (step?.kind === 'one' && step.objectId !== undefined) objects += 1;
    const size = objects > 1 ? undefined : sizeOf(step);
    if (size === undefined) return undefined;
    sizes += `${size};`;
  }
  return sizes;
}

/** What a bound operation costs at the most: worked out once for all requests that differ in nothing that it depends on. */
export function estimateCost(bound: BoundOperation): CostEstimate {
  const sizes = sizesOf(bound);
  if (sizes === undefined) return addUp(describeCalls(bound));
  const known = remembered.get(bound.compiled) ?? new Map<string, CostEstimate>();
  const found = known.get(sizes);
  if (found !== undefined) return found;
  const made = addUp(describeCalls(bound));
  if (known.size >= mostSizes) known.clear();
  remembered.set(bound.compiled, known.set(sizes, made));
  return made;
}
