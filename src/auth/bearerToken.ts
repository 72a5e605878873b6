import { AuthError } from './AuthError.js';

/** A token of 16,384 characters is several times what Entra issues; anything longer is not looked at. */
const longestToken = 16_384;
const bearerPattern = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/**
 * The token of the one bearer header (RFC 6750 section 2.1). Throws `AuthError` UNAUTHENTICATED when there is no header,
 * more than one, another scheme, or characters that no token has.
 */
export function readBearerToken(authorization: string | readonly string[] | undefined): string {
  if (authorization === undefined || authorization === '') throw refuse('The request carries no bearer token.');
  if (typeof authorization !== 'string') {
    const [only, ...others] = authorization;
    if (only === undefined || others.length > 0) throw refuse('Exactly one Authorization header is accepted.');
    return readBearerToken(only);
  }
  const token = authorization.length <= longestToken ? bearerPattern.exec(authorization)?.[1] : undefined;
  if (token === undefined) throw refuse('The Authorization header is not one bearer token.');
  return token;
}

const headerName = 'authorization';

/**
 * Every Authorization header of a request, from Node's `rawHeaders` (name, value, name, value ...). Node's own `headers`
 * keeps the first and drops the others in silence, so a second one can only be seen here.
 */
export function collectAuthorizationHeaders(rawHeaders: readonly string[]): readonly string[] | undefined {
  let values: string[] | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== headerName.length || name.toLowerCase() !== headerName) continue;
    (values ??= []).push(rawHeaders[index + 1] ?? '');
  }
  return values;
}

function refuse(message: string): AuthError {
  return new AuthError('UNAUTHENTICATED', message);
}
