import type { GraphQLFormattedError } from 'graphql';
import { isPrefix, type AnswerPath } from './AnswerPath.js';

/** Nulls on the way that keys lead, as far as the items of the first list. */
function* nullsOn(value: unknown, keys: readonly string[], path: AnswerPath): Generator<AnswerPath> {
  if (value === null) yield path;
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (item === null) yield [...path, index];
  } else if (typeof value === 'object') {
    const [key, ...others] = keys;
    if (key !== undefined) yield* nullsOn((value as Record<string, unknown>)[key], others, [...path, key]);
  }
}

function explains({ path: place }: GraphQLFormattedError, path: AnswerPath): boolean {
  return place === undefined || isPrefix(place, path) || isPrefix(path, place);
}

/**
 * What is null on the way to something, and no error says why: somebody or something that is not there. Below the items of
 * a list null may mean that an item has none, such as a person without a manager, and says nothing.
 *
 * @param keys all response keys that lead there; where there are none, every root field is looked at
 */
export function findMissing(
  data: unknown,
  keys: readonly string[],
  errors: readonly GraphQLFormattedError[],
): readonly string[] {
  const ways = keys.length > 0 ? [keys] : Object.keys(data ?? {}).map((key) => [key]);
  const nulls = ways.flatMap((way) => [...nullsOn(data, way, [])]);
  return nulls.filter((path) => !errors.some((error) => explains(error, path))).map((path) => path.join('.'));
}
