import { unusableAnswer } from '../errors/unusableAnswer.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** JSON.parse makes `__proto__` an own key; it is left out so that copying the object cannot change a prototype. */
function withoutPrototypes(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** The name as it stands, or with one of its letters as an escape. */
const prototypeName = /"__proto__"|\\u00(?:5f|6f|7[024])/i;

/** The JSON in a body, a byte order mark passed over; undefined for an empty body. Raises UPSTREAM_BAD_RESPONSE. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    const text = decoder.decode(bytes);
    return prototypeName.test(text) ? JSON.parse(text, withoutPrototypes) : JSON.parse(text);
  } catch (error) {
    throw unusableAnswer('that is no JSON', { retryable: true, cause: error });
  }
}
