import type { JsonObject } from '../mapping/mappingTypes.js';
import { badAnswer } from './failures.js';

/** Whether a value is a JSON object, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The object in the body of a single read; seven pages of the documentation show it wrapped in `value`. Raises where anything
 * else is there: a list or a text in `value` has none of the properties that were asked for, which says nothing of theirs.
 */
export function objectOf(body: unknown): JsonObject {
  if (!isObject(body)) throw badAnswer('an object was expected');
  if (!('value' in body) || 'id' in body) return body;
  if (!isObject(body.value)) throw badAnswer('an object was expected');
  return body.value;
}
