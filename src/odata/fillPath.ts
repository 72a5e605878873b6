import { printKey } from './printId.js';
import { printString } from './printString.js';

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
