import { parseWishes } from './parseWishes.js';

/** The media types of GraphQL over HTTP that an answer can have. */
export type AnswerMediaType = 'application/json' | 'application/graphql-response+json';

const served: readonly AnswerMediaType[] = ['application/json', 'application/graphql-response+json'];

/**
 * The media type of the answer that an Accept header asks for (RFC 9110 section 12.5.1); undefined when it takes neither.
 * No header, and a range such as `*\/*`, mean application/json, as GraphQL over HTTP says for old clients.
 */
export function negotiateMediaType(accept: string | undefined): AnswerMediaType | undefined {
  if (accept === undefined || accept === '*/*' || accept.trim() === '') return 'application/json';
  const all = parseWishes(accept);
  const refused = new Set(all.flatMap(({ name, quality }) => (quality > 0 ? [] : [name])));
  const wishes = all.filter(({ quality }) => quality > 0).sort((left, right) => right.quality - left.quality);
  for (const { name } of wishes) {
    const isRange = name === '*/*' || name === 'application/*';
    // A range leaves out what is refused by its own name, or by a narrower range.
    const found = served.find((type) =>
      isRange ? !refused.has(type) && !(name === '*/*' && refused.has('application/*')) : type === name,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
