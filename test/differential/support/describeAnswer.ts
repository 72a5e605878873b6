import type { GraphQLError } from 'graphql';
import { comparable, unorderedLists } from '../../support/comparable.js';

/** An answer in the form in which two are compared. */
export interface DescribedAnswer {
  readonly data: unknown;
  /** Errors of fields that are null themselves: path, code and locations. */
  readonly errors: readonly string[];
  /** Where a null that may not stand has taken others with it, with the codes of the errors that did it. */
  readonly nulled: readonly string[];
}

interface Answered {
  readonly data: unknown;
  readonly raw: readonly GraphQLError[];
}

/** Places in lists of which Graph promises no order say nothing. */
function printPath(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      const name =
        String(path[index - 1])
          .split('_')
          .pop() ?? '';
      return typeof step === 'number' && unorderedLists.has(name) ? '*' : String(step);
    })
    .join('.');
}

function codeOf({ originalError, extensions }: GraphQLError): string {
  const code: unknown = originalError && 'code' in originalError ? originalError.code : extensions.code;
  return typeof code === 'string' ? code : `none: ${originalError?.message ?? ''}`;
}

/** How many steps of a path lead to the null that stands for the error. */
function depthOfNull(data: unknown, path: readonly (string | number)[]): number {
  let value = data;
  for (let depth = 0; depth <= path.length; depth += 1) {
    if (value === null || value === undefined) return depth;
    value = (value as Record<string | number, unknown>)[path[depth] ?? ''];
  }
  return path.length;
}

/**
 * Describes an answer. Where a null has taken its parent with it, the specification leaves open which errors of that
 * parent are told (section 6.4.4), so there the place and the kinds of errors count, not their number.
 */
export function describeAnswer({ data, raw }: Answered): DescribedAnswer {
  const errors: string[] = [];
  const nulled = new Set<string>();
  for (const error of raw) {
    const path = error.path ?? [];
    const depth = depthOfNull(data, path);
    const locations = (error.locations ?? []).map(({ line, column }) => `${line}:${column}`).join(' ');
    if (depth >= path.length) errors.push(`${printPath(path)} ${codeOf(error)} at ${locations}`);
    else nulled.add(`${printPath(path.slice(0, depth))} ${codeOf(error)}`);
  }
  return { data: comparable(data), errors: errors.sort(), nulled: [...nulled].sort() };
}
