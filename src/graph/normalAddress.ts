/** Every name under which a machine reaches itself. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])\.?$/;

/**
 * One form for all spellings of the address of one Graph, so that replicas which are told it differently know that they
 * share it: no default port, no slash at the end, small letters (Graph's paths have no case), one name for this machine.
 * To compare by, not to send to.
 */
export function normalAddress(address: string): string {
  const { protocol, hostname, port, pathname } = new URL(address);
  const host = loopback.test(hostname) ? 'loopback' : hostname.replace(/\.$/, '');
  return `${protocol}//${host}${port === '' ? '' : `:${port}`}${pathname.replace(/\/+$/, '').toLowerCase()}`;
}
