import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Hides what is kept in a shared store. Values are AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) derives from a
 * secret every replica already has, so replicas need to share nothing but the store. Names are keyed hashes: whoever can
 * read the store learns neither users nor tenants. A value is bound to its name, so values cannot be swapped.
 */
export class ValueCipher {
  readonly #valueKey: Buffer;
  readonly #nameKey: Buffer;

  constructor(secret: string) {
    this.#valueKey = deriveKey(secret, 'shared-store value key');
    this.#nameKey = deriveKey(secret, 'shared-store name key');
  }

  /** The name under which a key is stored: `clg1:` and 43 characters. */
  hashName(key: string): string {
    return `clg1:${createHmac('sha256', this.#nameKey).update(key).digest('base64url')}`;
  }

  /** Version byte, nonce, tag and ciphertext as one buffer. */
  encrypt(name: string, value: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#valueKey, nonce).setAAD(Buffer.from(name));
    const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(formatVersion), nonce, cipher.getAuthTag(), ciphertext]);
  }

  /** The value, or undefined for anything that was not written under this name with the same secret. */
  decrypt(name: string, stored: Buffer): string | undefined {
    if (stored.length < 1 + nonceBytes + tagBytes || stored[0] !== formatVersion) return undefined;
    const nonce = stored.subarray(1, 1 + nonceBytes);
    const tag = stored.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
    const ciphertext = stored.subarray(1 + nonceBytes + tagBytes);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#valueKey, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(name))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'cloud-licensing-gateway', purpose, 32));
}
