import type { RecordedTokenRequest } from './identityTypes.js';

/** What is remembered of a token request: nothing that proves or grants anything. */
export function describeTokenRequest(
  tenant: string,
  form: URLSearchParams,
  user: string | undefined,
  status: number,
): RecordedTokenRequest {
  const claims = form.get('claims');
  return {
    grant: nameGrant(form.get('grant_type')),
    tenant,
    clientId: form.get('client_id') ?? '',
    proof: form.has('client_assertion') ? 'certificate' : form.has('client_secret') ? 'secret' : 'none',
    scope: form.get('scope') ?? '',
    status,
    ...(user === undefined ? {} : { user }),
    ...(claims === null ? {} : { claims }),
  };
}

function nameGrant(grantType: string | null): RecordedTokenRequest['grant'] {
  if (grantType === 'client_credentials') return 'client_credentials';
  return grantType === 'urn:ietf:params:oauth:grant-type:jwt-bearer' ? 'on_behalf_of' : 'unknown';
}

/** True when the claims hold more than the client's declared capabilities (`xms_cc`), which come with every request. */
export function hasChallenge(claims: string | null): boolean {
  if (claims === null) return false;
  try {
    const request = JSON.parse(claims) as { access_token?: Record<string, unknown> };
    return Object.keys(request.access_token ?? {}).some((name) => name !== 'xms_cc');
  } catch {
    return true;
  }
}
