import { badRequest } from '../GraphFailure.js';
import type { FilterExpression, FilterLiteral } from './FilterExpression.js';

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})|(\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)|(-?\d+(?:\.\d+)?)|([A-Za-z_@][\w.]*(?:\/[A-Za-z_$][\w.$]*)*)|([(),:]))/y;

type TokenKind = 'string' | 'guid' | 'date' | 'number' | 'word' | 'sign';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const kinds: readonly TokenKind[] = ['string', 'guid', 'date', 'number', 'word', 'sign'];

function syntaxError(text: string): Error {
  return badRequest(`Invalid filter clause: syntax error in '${text}'.`);
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const match = tokenPattern.exec(text);
    if (match === null) throw syntaxError(text);
    const index = match.slice(1).findIndex((group) => group !== undefined);
    tokens.push({ kind: kinds[index] ?? 'sign', text: match[index + 1] ?? '' });
  }
  return tokens;
}

/** Functions of filters by their names in lower case: Graph takes either case, as OData 4.01 wants it. */
const functions: ReadonlyMap<string, string> = new Map(
  ['startsWith', 'endsWith', 'contains'].map((name) => [name.toLowerCase(), name]),
);

/** Reads the `$filter` grammar that Graph documents: comparisons, in, string functions, any, and, or, not, brackets. */
export class FilterReader {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(private readonly text: string) {
    this.tokens = tokenize(text);
  }

  /** The whole expression; throws 400 where the text is not a filter. */
  read(): FilterExpression {
    const expression = this.readOr();
    if (this.position < this.tokens.length) throw syntaxError(this.text);
    return expression;
  }

  private peek(text: string): boolean {
    return this.tokens[this.position]?.text === text;
  }

  private take(text?: string): Token {
    const token = this.tokens[this.position];
    if (token === undefined || (text !== undefined && token.text !== text)) throw syntaxError(this.text);
    this.position += 1;
    return token;
  }

  private readOr(): FilterExpression {
    let left = this.readAnd();
    while (this.peek('or')) {
      this.take();
      left = { kind: 'or', left, right: this.readAnd() };
    }
    return left;
  }

  private readAnd(): FilterExpression {
    let left = this.readUnary();
    while (this.peek('and')) {
      this.take();
      left = { kind: 'and', left, right: this.readUnary() };
    }
    return left;
  }

  private readUnary(): FilterExpression {
    if (this.peek('not')) {
      this.take();
      return { kind: 'not', inner: this.readUnary() };
    }
    if (!this.peek('(')) return this.readPredicate();
    this.take('(');
    const inner = this.readOr();
    this.take(')');
    return inner;
  }

  private readPredicate(): FilterExpression {
    const name = this.take();
    if (name.kind !== 'word') throw syntaxError(this.text);
    if (this.peek('('))
      return /\/any$/i.test(name.text) ? this.readAny(name.text.slice(0, -4)) : this.readCall(name.text);
    const operator = this.take().text;
    if (operator === 'in') return { kind: 'in', property: name.text, literals: this.readList() };
    if (!['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has'].includes(operator)) throw syntaxError(this.text);
    return { kind: 'compare', property: name.text, operator, literal: this.readLiteral() };
  }

  private readAny(collection: string): FilterExpression {
    this.take('(');
    const variable = this.take().text;
    this.take(':');
    const inner = this.readOr();
    this.take(')');
    return { kind: 'any', collection, variable, inner };
  }

  private readCall(written: string): FilterExpression {
    const name = functions.get(written.toLowerCase());
    if (name === undefined) throw badRequest(`An unknown function with name '${written}' was found.`);
    this.take('(');
    const property = this.take().text;
    this.take(',');
    const literal = this.readLiteral();
    this.take(')');
    return { kind: 'call', name, property, literal };
  }

  private readList(): FilterLiteral[] {
    this.take('(');
    const literals = [this.readLiteral()];
    while (this.peek(',')) {
      this.take(',');
      literals.push(this.readLiteral());
    }
    this.take(')');
    return literals;
  }

  private readLiteral(): FilterLiteral {
    const { kind, text } = this.take();
    switch (kind) {
      case 'string':
        return { kind, value: text.slice(1, -1).replaceAll("''", "'") };
      case 'guid':
      case 'date':
        return { kind, value: text };
      case 'number':
        return { kind, value: Number(text) };
      case 'word':
        if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' };
        if (text === 'null') return { kind: 'null' };
        throw syntaxError(this.text);
      case 'sign':
        throw syntaxError(this.text);
    }
  }
}
