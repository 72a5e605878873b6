import { GraphError } from '../errors/GraphError.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

function unreadable(cause: unknown): GraphError {
  return new GraphError('UPSTREAM_BAD_RESPONSE', 'Microsoft Graph sent an answer that is no JSON.', {
    retryable: true,
    cause,
  });
}

/** JSON.parse makes `__proto__` an own key; it is left out so that copying the object cannot change a prototype. */
function withoutPrototypes(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** The JSON in a body, a byte order mark passed over; undefined for an empty body. Raises UPSTREAM_BAD_RESPONSE. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    const text = decoder.decode(bytes);
    return text.includes('"__proto__"') ? JSON.parse(text, withoutPrototypes) : JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
}
