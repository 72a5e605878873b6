/** Where the first version of the token format names an issuer of its own, by host of the authority. */
const firstVersionIssuers: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'https://sts.windows.net',
  'login.microsoftonline.us': 'https://sts.windows.net',
  'login.partner.microsoftonline.cn': 'https://sts.chinacloudapi.cn',
  'login.chinacloudapi.cn': 'https://sts.chinacloudapi.cn',
};

/**
 * The `iss` values of one tenant's access tokens: version 2.0 as the discovery document says (with the tenant filled in),
 * and version 1.0, `https://sts.windows.net/{tenant}/`, or the same form at the authority itself where that is private.
 * Every form holds the tenant, so a token of one tenant never passes for another's although tenants share signing keys.
 */
export function acceptedIssuers(authority: string, tenantId: string, discoveredIssuer: string): string[] {
  const firstVersion = firstVersionIssuers[new URL(authority).host];
  const issuers = [
    discoveredIssuer.replace('{tenantid}', tenantId),
    ...(firstVersion === undefined
      ? [`https://sts.windows.net/${tenantId}/`, `${authority}/${tenantId}/`]
      : [`${firstVersion}/${tenantId}/`]),
  ];
  return issuers.filter((issuer) => issuer.toLowerCase().includes(tenantId));
}
