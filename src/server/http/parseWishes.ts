/** One alternative of an Accept or Accept-Encoding header. */
export interface Wish {
  /** In small letters, without parameters. */
  readonly name: string;
  /** From 0, which is a refusal, to 1. */
  readonly quality: number;
}

function parseWish(part: string): Wish {
  const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
}

/** What a header of content negotiation asks for (RFC 9110 section 12.4.2), in the order in which it stands there. */
export function parseWishes(header: string): readonly Wish[] {
  return header.split(',').map(parseWish);
}
