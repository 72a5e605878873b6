import type { Call } from '../planner/plan.js';
import { isRefused } from './answers.js';
import type { Execution } from './Execution.js';

/** A body, and whether it carries all that the call expands. */
export interface AllowedAnswer {
  readonly body: unknown;
  readonly expands: boolean;
}

/**
 * Reads a call with as many of its options as Graph takes: where one is refused, with fewer and fewer. Throws the first
 * refusal where none will do, and any other failure as it comes.
 *
 * @param spell the last word on each query, before it is sent
 */
export async function readAsAllowed(
  execution: Execution,
  resource: string,
  call: Call,
  spell: (query: string) => string = (query) => query,
): Promise<AllowedAnswer> {
  let refusal: unknown;
  for (const { query, expands } of [{ query: call.query, expands: true }, ...call.lesser]) {
    try {
      return { body: await execution.graph.read(resource + spell(query), call.eventual), expands };
    } catch (error) {
      if (!isRefused(error)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}
