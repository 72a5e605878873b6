import { unusableAnswer } from './errors/unusableAnswer.js';

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
  const isCount = count === undefined || count === null || (Number.isInteger(count) && Number(count) >= 0);
  if (!isCount) throw unusableAnswer('whose @odata.count is not a number of items');
}
