import { createHmac, sign, verify, type KeyObject } from 'node:crypto';

/** Claims or header of a JSON web token. */
export type Claims = Readonly<Record<string, unknown>>;

/** A token taken apart; `signed` is the text that the signature is over. */
export interface DecodedToken {
  readonly header: Claims;
  readonly payload: Claims;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Makes a token (RFC 7515 compact form) signed with RS256, whatever `alg` the header claims. */
export function encodeToken(header: Claims, payload: Claims, key: KeyObject): string {
  const signed = `${toBase64Url(header)}.${toBase64Url(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** Makes a token whose signature is HMAC-SHA256 under the given bytes. */
export function encodeSymmetricToken(header: Claims, payload: Claims, key: string): string {
  const signed = `${toBase64Url(header)}.${toBase64Url(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/** Makes a token with an empty signature. */
export function encodeUnsignedToken(header: Claims, payload: Claims): string {
  return `${toBase64Url(header)}.${toBase64Url(payload)}.`;
}

/** Takes a token apart without checking it; undefined for text of another form. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const parsedHeader = fromBase64Url(header);
  const parsedPayload = fromBase64Url(payload);
  if (parsedHeader === undefined || parsedPayload === undefined) return undefined;
  return {
    header: parsedHeader,
    payload: parsedPayload,
    signed: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** True when the token's signature is RS256 by the owner of the key. */
export function hasValidSignature(token: DecodedToken, publicKey: KeyObject): boolean {
  return token.header['alg'] === 'RS256' && verify('sha256', Buffer.from(token.signed), publicKey, token.signature);
}

function toBase64Url(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function fromBase64Url(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
