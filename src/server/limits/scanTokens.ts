import { GraphQLError, Lexer, Source, TokenKind, type Token } from 'graphql';
import { tooComplex } from '../../errors/tooComplex.js';
import { documentTooLarge, fixed } from './documentTooLarge.js';

/** The parser calls itself for every bracket inside a bracket; this many leave most of the stack free. */
const maxNesting = 200;
/** An alias comes back once for each object of a list: a long one would make an answer of any size. */
const maxNameLength = 128;
/** With the blanks, line ends and comments around it, which are not tokens but cost time all the same. */
const charactersOfToken = 100;
const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L]);
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R]);

function tooNested(depth: number): GraphQLError {
  return new GraphQLError(
    `The document nests brackets ${depth} deep at least, more than the ${maxNesting} that are allowed (${fixed}).`,
    { extensions: { code: 'GRAPHQL_PARSE_FAILED', value: depth, max: maxNesting, http: { status: 400 } } },
  );
}

function nameTooLong(length: number): GraphQLError {
  return tooComplex(
    `The document has a name of ${length} letters, more than the ${maxNameLength} that are allowed (${fixed}).`,
    { value: length, max: maxNameLength },
  );
}

function nextToken(lexer: Lexer): Token | undefined {
  try {
    const token = lexer.advance();
    return token.kind === TokenKind.EOF ? undefined : token;
  } catch {
    // What cannot be read here is reported by the parser, in its own words.
    return undefined;
  }
}

/**
 * Reads the words of a document, before the parser sees it, as far as the limit goes. Raises QUERY_TOO_COMPLEX beyond
 * that, for a text that is long beyond such words, and for a name that is too long, GRAPHQL_PARSE_FAILED where brackets are
 * nested deeper than the parser should follow.
 */
export function scanTokens(source: string, maxTokens: number): void {
  const maxCharacters = maxTokens * charactersOfToken;
  if (source.length > maxCharacters) throw documentTooLarge('MAX_TOKENS', 'characters', source.length, maxCharacters);
  const lexer = new Lexer(new Source(source));
  let count = 0;
  let nesting = 0;
  for (let token = nextToken(lexer); token !== undefined; token = nextToken(lexer)) {
    count += 1;
    if (count > maxTokens) throw documentTooLarge('MAX_TOKENS', 'words and signs at least', count, maxTokens);
    if (token.kind === TokenKind.NAME && token.value.length > maxNameLength) throw nameTooLong(token.value.length);
    if (opening.has(token.kind)) nesting += 1;
    if (closing.has(token.kind)) nesting -= 1;
    if (nesting > maxNesting) throw tooNested(nesting);
  }
}
