import { lowerGuid } from '../mapping/lowerGuid.js';
import { escapeText } from './escapeText.js';
import { InputError } from './InputError.js';
import { printString } from './printString.js';

const opaqueId = /^[A-Za-z0-9_~=!-][A-Za-z0-9._~=!-]{0,255}$/;
const userPrincipalName = /^[^\s/\\?%"<>|*:;,()[\]@\p{Cc}]{1,113}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}$/u;

/** Whether a text is a GUID in its usual form. */
export function isGuid(value: string): boolean {
  return lowerGuid(value) !== undefined;
}

/** Whether a text can be an id: a GUID, another opaque id or a sign-in name, and nothing that could change a path. */
export function isId(id: string): boolean {
  return isGuid(id) || (opaqueId.test(id) && !id.includes('..')) || userPrincipalName.test(id);
}

/**
 * An id as one path segment. GUIDs, in lower case, so that an object has one address whoever names it, other opaque ids and
 * sign-in names are let through; anything that could change the path (`..`, `/`, `\`, `%`, control characters) raises an
 * InputError.
 */
export function printId(id: string): string {
  const guid = lowerGuid(id);
  if (guid !== undefined) return guid;
  if (isId(id)) return escapeText(id);
  throw new InputError(
    `${JSON.stringify(id.slice(0, 80))} is not an id: expected a GUID, another opaque id, or a sign-in name.`,
  );
}

/**
 * The id behind its collection: `/{id}`, or, where the id begins with a `$`, which Graph takes for a query option in a
 * segment, the key in parentheses (OData URL conventions: canonical URL; Graph: get user).
 */
export function printKey(id: string): string {
  const segment = printId(id);
  return id.startsWith('$') ? `(${printString(id)})` : `/${segment}`;
}

/** A place in a path that an argument fills, and the text behind it. */
interface Place {
  readonly argument: string;
  readonly print: (text: string) => string;
  readonly rest: string;
}

interface Template {
  readonly start: string;
  readonly places: readonly Place[];
}

/** By path; those of the mapping are few. */
const templates = new Map<string, Template>();

function templateOf(path: string): Template {
  const known = templates.get(path);
  if (known !== undefined) return known;
  const [start = '', ...pieces] = path.split(/'\{(\w+)\}'|\/\{(\w+)\}/);
  const places: Place[] = [];
  for (let index = 0; index < pieces.length; index += 3) {
    const [literal, key = '', rest = ''] = pieces.slice(index, index + 3) as readonly (string | undefined)[];
    places.push({ argument: literal ?? key, print: literal === undefined ? printKey : printString, rest });
  }
  const template = { start, places };
  templates.set(path, template);
  return template;
}

/** `/users/{id}` with the arguments in place, each escaped; `'{period}'` is a string literal of OData. */
export function fillPath(path: string, args: Readonly<Record<string, unknown>>): string {
  const { start, places } = templateOf(path);
  let filled = start;
  for (const { argument, print, rest } of places) {
    const value = args[argument];
    filled += print(typeof value === 'string' ? value : '') + rest;
  }
  return filled;
}
