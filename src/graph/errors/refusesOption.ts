import type { GraphError } from './GraphError.js';

/** Codes of cloud licensing for an option that it does not take; in small letters, since their case is not certain. */
const optionCodes: ReadonlySet<string> = new Set(['invalidexpansion', 'invalidfilter', 'invalidquery']);

/** Codes by which Graph in general refuses a request that it cannot read or does not support. */
const generalCodes: ReadonlySet<string> = new Set([
  '',
  'badrequest',
  'invalidrequest',
  'notimplemented',
  'notsupported',
  'request_badrequest',
  'request_invalidrequesturl',
  'request_unsupportedquery',
]);

/**
 * Whether Graph refused how something was asked for, an option of the query for one, rather than what was asked for:
 * without the option the same call may succeed. A refusal that names another reason is not one.
 */
export function refusesOption({ code, graph }: GraphError): boolean {
  if (code !== 'BAD_USER_INPUT') return false;
  const inner = graph.innerError?.code?.toLowerCase();
  if (inner !== undefined && optionCodes.has(inner)) return true;
  return generalCodes.has((inner ?? graph.code ?? '').toLowerCase());
}
