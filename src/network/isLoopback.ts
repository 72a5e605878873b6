/** Whether a host name of a URL is one of those under which a machine reaches itself. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])\.?$/.test(hostname);
}
