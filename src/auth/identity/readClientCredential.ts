import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AuthConfig } from '../../config/GatewayConfig.js';

/** How the application proves itself to the identity service. */
export type ClientCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly privateKey: string; readonly thumbprintSha256: string };

/**
 * Reads the secret or the certificate. Throws a plain error of one line, which names the variable and holds no secret,
 * when there is none, when there are two, or when the file does not hold a certificate and its RSA key as PEM.
 */
export function readClientCredential(options: AuthConfig): ClientCredential {
  const { clientSecret, clientCertificatePath } = options;
  if ((clientSecret === undefined) === (clientCertificatePath === undefined)) {
    throw new Error('exactly one of AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH is needed');
  }
  if (clientSecret !== undefined) return { kind: 'secret', secret: clientSecret };
  return readCertificate(clientCertificatePath ?? '');
}

/** The text from which the shared cache's key is derived; the same on every replica that has the same credential. */
export function readStoreSecret(credential: ClientCredential): string {
  return credential.kind === 'secret' ? credential.secret : credential.privateKey;
}

function readCertificate(path: string): ClientCredential {
  const pem = readPem(path);
  const { certificate, key } = parsePem(pem);
  if (!certificate.checkPrivateKey(key)) {
    throw new Error('AZURE_CLIENT_CERTIFICATE_PATH: the private key does not belong to the certificate');
  }
  return {
    kind: 'certificate',
    // Exported anew, so that two files with the same key in another layout lead to the same cache key.
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Its path is not told: by mistake it may be the PEM itself.
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Error(`AZURE_CLIENT_CERTIFICATE_PATH: the file cannot be read (${code})`);
  }
}

function parsePem(pem: string): { readonly certificate: X509Certificate; readonly key: KeyObject } {
  let parsed: { readonly certificate: X509Certificate; readonly key: KeyObject };
  try {
    parsed = { certificate: new X509Certificate(pem), key: createPrivateKey(pem) };
  } catch {
    throw new Error('AZURE_CLIENT_CERTIFICATE_PATH: expected one PEM file with a certificate and its private key');
  }
  if (parsed.key.asymmetricKeyType !== 'rsa') {
    throw new Error('AZURE_CLIENT_CERTIFICATE_PATH: expected an RSA key');
  }
  return parsed;
}
