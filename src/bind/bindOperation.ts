import type { FieldArguments } from '../compile/FieldArguments.js';
import type { CompiledOperation, Step, Use } from '../compile/plan.js';
import type { ArgumentValues } from '../compile/coerceArguments.js';
import { maxIdsPerCall, maxPageSize } from '../mapping/graphPaths.js';
import { idKey } from '../mapping/idKey.js';
import { lowerGuid } from '../mapping/lowerGuid.js';
import { InputError } from '../odata/InputError.js';
import { checkVariablesOfFilter } from './bindFilter.js';
import { bindList, bindOne, cursorOf, scopeOf } from './bindRead.js';
import { bindReferences } from './bindReferences.js';
import type { BoundIds, BoundOperation, BoundStep, BoundUse } from './BoundOperation.js';

/** The arguments of one alias: their values, or why they are refused. */
type UseValues = { readonly args: ArgumentValues; readonly first: number } | Error;

function asInputFailure(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  throw thrown;
}

function checkFirst(name: string, first: unknown): number {
  if (Number.isInteger(first) && (first as number) >= 1 && (first as number) <= maxPageSize) return first as number;
  throw new InputError(`${name}: first has to be a whole number from 1 to ${maxPageSize}.`);
}

function readUse(use: Use, given: FieldArguments): UseValues {
  const { definition, node, constant, isConnection, name } = use;
  try {
    const args = constant ?? given.of(definition, node);
    if (constant === undefined) checkVariablesOfFilter(node, given.variables);
    return { args, first: isConnection ? checkFirst(name, args.first) : Number.POSITIVE_INFINITY };
  } catch (error) {
    return asInputFailure(error);
  }
}

/** Raises an InputError for too many ids, or one that is not an object id. */
function bindIds(name: string, given: unknown): BoundIds {
  const ids = Array.isArray(given) ? given.map(String) : [];
  if (ids.length > maxIdsPerCall) {
    throw new InputError(`${name}: ${ids.length} ids are too many, ${maxIdsPerCall} at the most.`);
  }
  const places = new Map<string, number>();
  const order = ids.map((given) => {
    const id = lowerGuid(given);
    if (id === undefined) {
      throw new InputError(`${name}: ${JSON.stringify(given.slice(0, 80))} is not an object id (a GUID).`);
    }
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    return place;
  });
  return { kind: 'ids', ids: [...places.keys()], order };
}

/** What is not looked at one by one, because it is refused for its number. */
export interface BindLimits {
  /** Representations that `_entities` takes. */
  readonly maxRepresentations: number;
}

const noLimits: BindLimits = { maxRepresentations: Number.POSITIVE_INFINITY };

/** Requests that the lists of one operation may be made of, cut up as their filters have to be. */
const mostRequestsPerOperation = 10_000;

/** Raises an InputError where an operation makes too many requests. */
function checkRequests(name: string, requests: number): void {
  if (requests <= mostRequestsPerOperation) return;
  throw new InputError(
    `${name}: the filters of this operation make more than ${mostRequestsPerOperation} requests of Microsoft Graph. Give fewer values.`,
  );
}

const noArguments: ArgumentValues = {};

function bindStep(step: Step, args: ArgumentValues, first: number, limits: BindLimits): BoundStep | undefined {
  switch (step.kind) {
    case 'one':
      // What is read by a key gets its arguments with the key.
      return step.known && step.uses.length === 0 && step.field.path?.includes('{') === true
        ? undefined
        : bindOne(step, args);
    case 'list':
      return step.uses.length === 0 && step.field.path?.includes('{') === true
        ? undefined
        : bindList(step, args, first);
    case 'expand':
    case 'skuAllotments':
      return { kind: 'list', reads: [], counts: [], first, after: cursorOf(args), scope: scopeOf(step.name, args) };
    case 'byIds':
      return bindIds(step.name, args.ids);
    case 'seats':
      return { kind: 'key', key: typeof args.skuId === 'string' ? idKey(args.skuId) : undefined };
    case 'references': {
      const given = args[step.argument];
      const list: readonly unknown[] = Array.isArray(given) ? given : [given];
      if (step.form === 'nodeId' && list.length > maxIdsPerCall) {
        throw new InputError(`${step.name}: ${list.length} ids are too many, ${maxIdsPerCall} at the most.`);
      }
      // They are refused for their number; an error for each would take minutes, and all memory.
      if (step.form === 'representation' && list.length > limits.maxRepresentations) {
        return { kind: 'references', references: [], order: new Array<number>(list.length).fill(0) };
      }
      return bindReferences(step.form, list);
    }
    case 'resolve':
      return { kind: 'arguments', args };
    case 'sku':
    case 'containingSkus':
    case 'entity':
    case 'items':
      return undefined;
  }
}

/** Steps whose arguments all stand in the document: their values are the same in every request. */
const constants = new WeakMap<Step, BoundStep>();

/**
 * Puts the values of a request into a compiled operation: pure, and cheap. What is wrong with an argument stands at its
 * own alias, and all others are answered.
 */
export function bindOperation(compiled: CompiledOperation, given: FieldArguments, limits = noLimits): BoundOperation {
  const values = compiled.uses.map((use) => readUse(use, given));
  const uses: BoundUse[] = [...values];
  let requests = 0;
  const steps = compiled.steps.map((step): BoundStep | undefined => {
    const isConstant = step.uses.every((use) => compiled.uses[use]?.constant !== undefined);
    const known = isConstant ? constants.get(step) : undefined;
    if (known !== undefined) return known;
    // The arguments of all valid aliases are the same, save for `first`.
    let args = step.uses.length === 0 ? noArguments : undefined;
    let first = step.uses.length === 0 ? Number.POSITIVE_INFINITY : 0;
    for (const use of step.uses) {
      const found = values[use];
      if (found === undefined || found instanceof Error) continue;
      args ??= found.args;
      first = Math.max(first, found.first);
    }
    if (args === undefined) return undefined;
    try {
      // What is refused in any case is not bound first.
      checkRequests(step.name, requests);
      const bound = bindStep(step, args, first, limits);
      requests += bound?.kind === 'list' ? bound.reads.length : 0;
      checkRequests(step.name, requests);
      if (isConstant && bound !== undefined) constants.set(step, bound);
      return bound;
    } catch (error) {
      const failure = asInputFailure(error);
      for (const use of step.uses) if (!(uses[use] instanceof Error)) uses[use] = failure;
      return undefined;
    }
  });
  return { compiled, steps, uses };
}
