/** The few DER forms (X.690) a certificate is made of. Each function gives one complete encoded element. */

const tags = { integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, utf8: 0x0c, utcTime: 0x17, boolean: 0x01 };

/** Any element: tag, length, content. */
export function encodeElement(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), encodeLength(content.length), content]);
}

/** SEQUENCE of elements. */
export function encodeSequence(...elements: readonly Buffer[]): Buffer {
  return encodeElement(0x30, Buffer.concat(elements));
}

/** SET of one element. */
export function encodeSet(element: Buffer): Buffer {
  return encodeElement(0x31, element);
}

/** Context-specific constructed tag `[number]` around an element. */
export function encodeExplicit(number: number, element: Buffer): Buffer {
  return encodeElement(0xa0 + number, element);
}

/** Positive INTEGER from big-endian bytes. */
export function encodeInteger(bytes: Buffer): Buffer {
  const isNegativeLooking = ((bytes[0] ?? 0) & 0x80) !== 0;
  return encodeElement(tags.integer, isNegativeLooking ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** BIT STRING with no unused bits. */
export function encodeBitString(bytes: Buffer): Buffer {
  return encodeElement(tags.bitString, Buffer.concat([Buffer.of(0), bytes]));
}

/** OCTET STRING. */
export function encodeOctetString(bytes: Buffer): Buffer {
  return encodeElement(tags.octetString, bytes);
}

/** BOOLEAN TRUE. */
export function encodeTrue(): Buffer {
  return encodeElement(tags.boolean, Buffer.of(0xff));
}

/** UTF8String. */
export function encodeText(text: string): Buffer {
  return encodeElement(tags.utf8, Buffer.from(text, 'utf8'));
}

/** UTCTime, which holds two digits of the year: good for 1950 to 2049. */
export function encodeTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return encodeElement(tags.utcTime, Buffer.from(`${digits}Z`, 'ascii'));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function encodeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encodeElement(tags.oid, Buffer.concat([Buffer.of(first * 40 + second), ...rest.map(encodeBase128)]));
}

function encodeBase128(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
  return Buffer.of(0x80 + bytes.length, ...bytes);
}
