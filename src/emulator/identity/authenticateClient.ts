import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { GrantError, type RegisteredClient } from './identityTypes.js';
import { decodeToken, type DecodedToken } from './webToken.js';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Who a client is, and by what it has shown that. */
export interface ClientProof {
  readonly client: RegisteredClient;
  readonly proof: 'secret' | 'certificate';
}

/**
 * Finds the client of a token request and checks its proof: a secret, or an assertion signed with the key of its
 * certificate (RFC 7523 section 2.2). Throws `GrantError` invalid_client or unauthorized_client.
 */
export function authenticateClient(
  form: URLSearchParams,
  clients: readonly RegisteredClient[],
  tokenEndpoint: string,
  now: number,
): ClientProof {
  const client = clients.find(({ clientId }) => clientId === form.get('client_id'));
  if (client === undefined)
    throw new GrantError('unauthorized_client', 700016, 'Application was not found in the directory.');
  if (form.get('client_assertion_type') === assertionType) {
    checkAssertion(form.get('client_assertion') ?? '', client, tokenEndpoint, now);
    return { client, proof: 'certificate' };
  }
  if (client.secret === undefined || form.get('client_secret') !== client.secret) {
    throw new GrantError('invalid_client', 7000215, 'Invalid client secret provided.');
  }
  return { client, proof: 'secret' };
}

function checkAssertion(assertion: string, client: RegisteredClient, tokenEndpoint: string, now: number): void {
  const token = decodeToken(assertion);
  if (token === undefined || client.certificate === undefined) throw badAssertion('no certificate is registered');
  const certificate = new X509Certificate(client.certificate);
  if (token.header['x5t#S256'] !== createHash('sha256').update(certificate.raw).digest('base64url')) {
    throw badAssertion('thumbprint of another certificate');
  }
  if (!hasPssSignature(token, certificate)) throw badAssertion('signature is wrong');
  const { iss, sub, aud, exp } = token.payload;
  const isForUs = iss === client.clientId && sub === client.clientId && aud === tokenEndpoint;
  if (!isForUs || typeof exp !== 'number' || exp * 1000 < now) throw badAssertion('claims are wrong');
}

/** PS256 (RFC 7518 section 3.5). */
function hasPssSignature(token: DecodedToken, certificate: X509Certificate): boolean {
  const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return token.header['alg'] === 'PS256' && verify('sha256', Buffer.from(token.signed), key, token.signature);
}

function badAssertion(reason: string): GrantError {
  return new GrantError('invalid_client', 700027, `The client assertion was refused: ${reason}.`);
}
