import { unusableAnswer } from './errors/unusableAnswer.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The link to the rest of a list, or of the collection that a navigation has been expanded to; undefined where the list
 * ends. Raises UPSTREAM_BAD_RESPONSE for a link of another type: it says that there is more, and not where.
 */
export function nextLinkOf(object: Json, navigation = ''): string | undefined {
  const name = `${navigation}@odata.nextLink`;
  const link = object[name];
  if (link === undefined || link === null) return undefined;
  if (typeof link !== 'string' || link === '') throw unusableAnswer(`whose ${name} is not a link`);
  return link;
}

/**
 * How many items a list has, or the collection that a navigation has been expanded to; undefined where Graph did not
 * count. Raises UPSTREAM_BAD_RESPONSE for a count that is not a number.
 */
export function countOf(object: Json, navigation = ''): number | undefined {
  const name = `${navigation}@odata.count`;
  const count = object[name];
  if (count === undefined || count === null) return undefined;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0)
    throw unusableAnswer(`whose ${name} is not a number of items`);
  return count;
}

/** Raises UPSTREAM_BAD_RESPONSE where the control information of an answer, not that of its rows, is of another type. */
export function checkControlInformation(body: object): void {
  nextLinkOf(body as Json);
  countOf(body as Json);
}
