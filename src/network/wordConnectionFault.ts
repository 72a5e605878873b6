const distrusted = 'its certificate is not trusted';

/** Faults of a connection that does not come about, by the codes of Node, OpenSSL, undici and ours. */
const words: Readonly<Record<string, string | undefined>> = {
  ENOTFOUND: 'its name is not found in DNS',
  EAI_AGAIN: 'DNS does not answer for its name',
  ECONNREFUSED: 'nothing takes connections there',
  EHOSTUNREACH: 'there is no way to its address',
  ENETUNREACH: 'there is no way to its address',
  ETIMEDOUT: 'no connection comes about in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection comes about in time',
  ERR_PROXY_TUNNEL: 'the proxy opens no tunnel',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: distrusted,
  SELF_SIGNED_CERT_IN_CHAIN: distrusted,
  UNABLE_TO_GET_ISSUER_CERT: distrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: distrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: distrusted,
  CERT_SIGNATURE_FAILURE: distrusted,
  CERT_UNTRUSTED: distrusted,
  CERT_REJECTED: distrusted,
  CERT_REVOKED: distrusted,
  CERT_CHAIN_TOO_LONG: distrusted,
  INVALID_CA: distrusted,
  INVALID_PURPOSE: distrusted,
  PATH_LENGTH_EXCEEDED: distrusted,
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS',
};

/**
 * What keeps a connection from coming about, so that not a byte of a request has left; undefined where one was there, or nobody
 * can tell. The words hold no name and no address: clients may read them.
 */
export function wordConnectionFault(error: unknown): string | undefined {
  const { code, syscall }: { readonly code?: unknown; readonly syscall?: unknown } = isObject(error) ? error : {};
  // Also a connection over which a request has left may come to know late that there is no way any more.
  if (syscall === 'read' || syscall === 'write') return undefined;
  return typeof code === 'string' && Object.hasOwn(words, code) ? words[code] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
