import { isId, printKey } from './printId.js';

/** Ids without a character that means anything in a URL: GUIDs and those of licensing objects. */
const plainId = /^[A-Za-z0-9_-]{1,256}$/;

/**
 * The path of an object under a collection. Ids that Graph sends become paths again, so they are held to the same form as
 * those of callers. An object with another id has no address: it is answered as it came, and only what would have to be
 * asked for under that id fails.
 */
export function addressIn(collection: string, { id }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof id !== 'string') return undefined;
  if (plainId.test(id)) return `${collection}/${id}`;
  return isId(id) ? collection + printKey(id) : undefined;
}
