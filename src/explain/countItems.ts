import type { ArgumentValues } from '../compile/coerceArguments.js';

/** How many objects a change in bulk names: the length of the longest list of its input; 0 where it names one alone. */
export function countItems({ input }: ArgumentValues): number {
  const lists = Object.values((input ?? {}) as Readonly<Record<string, unknown>>).filter(Array.isArray);
  return Math.max(0, ...lists.map((list: readonly unknown[]) => list.length));
}
