import { isLoopback } from '../network/isLoopback.js';

/**
 * One form for all spellings of the address of one Graph, so that replicas which are told it differently know that they
 * share it: no default port, no slash at the end, small letters (Graph's paths have no case), one name for this machine.
 * To compare by, not to send to.
 */
export function normalAddress(address: string): string {
  const { protocol, hostname, port, pathname } = new URL(address);
  const host = isLoopback(hostname) ? 'loopback' : hostname.replace(/\.$/, '');
  return `${protocol}//${host}${port === '' ? '' : `:${port}`}${pathname.replace(/\/+$/, '').toLowerCase()}`;
}
