/** The media types of GraphQL over HTTP that an answer can have. */
export type AnswerMediaType = 'application/json' | 'application/graphql-response+json';

const served: readonly AnswerMediaType[] = ['application/json', 'application/graphql-response+json'];

interface Wish {
  readonly range: string;
  readonly quality: number;
}

function parseWish(part: string): Wish {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { range, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
}

/**
 * The media type of the answer that an Accept header asks for (RFC 9110 section 12.5.1); undefined when it takes neither.
 * No header, and a range such as `*\/*`, mean application/json, as GraphQL over HTTP says for old clients.
 */
export function negotiateMediaType(accept: string | undefined): AnswerMediaType | undefined {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const wishes = accept
    .split(',')
    .map(parseWish)
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality);
  for (const { range } of wishes) {
    if (range === '*/*' || range === 'application/*') return 'application/json';
    const found = served.find((type) => type === range);
    if (found !== undefined) return found;
  }
  return undefined;
}
