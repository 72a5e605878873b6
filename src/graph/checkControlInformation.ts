import { unusableAnswer } from './errors/unusableAnswer.js';

/** A count may be written as text, as 64-bit numbers are where they have to fit IEEE 754 (OData JSON format: IEEE754Compatible). */
function isCountOf(count: unknown): boolean {
  return typeof count === 'string' ? /^\d{1,15}$/.test(count) : Number.isInteger(count) && Number(count) >= 0;
}

/**
 * Raises UPSTREAM_BAD_RESPONSE where the control information of an answer is of another type than OData says: a link to
 * the next page that is not a link says that there is more, and a list must not end there. So does it where a service that
 * failed amid its answer has put the error there: the status had been sent, and what stands beside it is not whole (OData:
 * in-stream errors). That of its rows is read with the rows.
 */
export function checkControlInformation(body: object): void {
  const { '@odata.nextLink': link, '@odata.count': count, error } = body as Readonly<Record<string, unknown>>;
  if (typeof error === 'object' && error !== null)
    throw unusableAnswer('with an error in it, though its status is one of success');
  const isLink = link === undefined || link === null || (typeof link === 'string' && link !== '');
  if (!isLink) throw unusableAnswer('whose @odata.nextLink is not a link');
  const isCount = count === undefined || count === null || isCountOf(count);
  if (!isCount) throw unusableAnswer('whose @odata.count is not a number of items');
}
