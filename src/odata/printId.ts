import { isGuid, lowerGuid } from '../mapping/lowerGuid.js';
import { escapeText } from './escapeText.js';
import { InputError } from './InputError.js';
import { printString } from './printString.js';

/** The letters of base64 are among them but for the slash, which no id may have: servers take it for the end of a segment. */
const opaqueId = /^[A-Za-z0-9_~=!+-][A-Za-z0-9._~=!+-]{0,255}$/;
const userPrincipalName = /^[^\s/\\?%"<>|*:;,()[\]@\p{Cc}\p{Cs}]{1,113}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}$/u;

/** Whether a text can be an id: a GUID, another opaque id or a sign-in name, and nothing that could change a path. */
export function isId(id: string): boolean {
  return isGuid(id) || (opaqueId.test(id) && !id.includes('..')) || userPrincipalName.test(id);
}

/** That a text cannot be an id: the beginning of a sentence, with the beginning of the text. */
export function notAnId(text: string): string {
  return `${JSON.stringify(text.slice(0, 80))} is not an id`;
}

/**
 * An id as one path segment. GUIDs, in lower case, so that an object has one address whoever names it, other opaque ids and
 * sign-in names are let through; anything that could change the path (`..`, `/`, `\`, `%`, control characters) or that no path
 * can carry (half of a character pair) raises an InputError.
 */
export function printId(id: string): string {
  const guid = lowerGuid(id);
  if (guid !== undefined) return guid;
  if (isId(id)) return escapeText(id);
  throw new InputError(`${notAnId(id)}: expected a GUID, another opaque id, or a sign-in name.`);
}

/**
 * The id behind its collection: `/{id}`, or, where the id begins with a `$`, which Graph takes for a query option in a
 * segment, the key in parentheses (OData URL conventions: canonical URL; Graph: get user).
 */
export function printKey(id: string): string {
  const segment = printId(id);
  return id.startsWith('$') ? `(${printString(id)})` : `/${segment}`;
}
