/**
 * The origin of AZURE_AUTHORITY_HOST. Throws a plain error of one line unless it is an https origin and nothing more:
 * the client secret is sent there.
 */
export function readAuthorityOrigin(host: string): string {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  const isOrigin =
    url !== undefined && url.protocol === 'https:' && url.pathname === '/' && url.search + url.hash === '';
  if (!isOrigin || url.username + url.password !== '') throw new Error('AZURE_AUTHORITY_HOST must be an https origin');
  return url.origin;
}
