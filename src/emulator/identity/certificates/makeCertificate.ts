import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  encodeBitString,
  encodeElement,
  encodeExplicit,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  encodeSet,
  encodeText,
  encodeTime,
  encodeTrue,
} from './der.js';

/** A self-signed certificate and its private key, both PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly privateKey: string;
}

const day = 86_400_000;
const signatureAlgorithms = {
  rsa: encodeSequence(encodeOid('1.2.840.113549.1.1.11'), Buffer.of(0x05, 0x00)),
  ec: encodeSequence(encodeOid('1.2.840.10045.4.3.2')),
};

/**
 * Makes a self-signed X.509 certificate (RFC 5280) for `localhost` and 127.0.0.1, valid for a month, with nothing but
 * node:crypto, so that tests speak real TLS on a machine without openssl. Trust it by naming it as a certificate authority.
 */
export function makeCertificate(kind: 'rsa' | 'ec', commonName: string): Certificate {
  const { publicKey, privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const body = encodeBody(commonName, publicKey, signatureAlgorithms[kind]);
  const signature = encodeBitString(sign('sha256', body, privateKey));
  return {
    certificate: toPem('CERTIFICATE', encodeSequence(body, signatureAlgorithms[kind], signature)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function encodeBody(commonName: string, publicKey: KeyObject, algorithm: Buffer): Buffer {
  const name = encodeSequence(encodeSet(encodeSequence(encodeOid('2.5.4.3'), encodeText(commonName))));
  const now = Date.now();
  return encodeSequence(
    encodeExplicit(0, encodeInteger(Buffer.of(2))),
    encodeInteger(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm,
    name,
    encodeSequence(encodeTime(new Date(now - day)), encodeTime(new Date(now + 30 * day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    encodeExplicit(3, encodeSequence(isAuthority(), namesOfThisMachine())),
  );
}

/** Basic constraints, critical: its own authority, which is what a trust store wants to hold. */
function isAuthority(): Buffer {
  return encodeSequence(encodeOid('2.5.29.19'), encodeTrue(), encodeOctetString(encodeSequence(encodeTrue())));
}

/** Subject alternative names: a DNS name (tag 2) and an IPv4 address (tag 7). */
function namesOfThisMachine(): Buffer {
  const names = encodeSequence(
    encodeElement(0x82, Buffer.from('localhost', 'ascii')),
    encodeElement(0x87, Buffer.of(127, 0, 0, 1)),
  );
  return encodeSequence(encodeOid('2.5.29.17'), encodeOctetString(names));
}

function toPem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
