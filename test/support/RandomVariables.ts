import { astFromValue, print, type GraphQLInputType } from 'graphql';
import type { Random } from './random.js';

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

/** Values of a random query that stand in the document, or in a variable: that must make no difference. */
export class RandomVariables {
  private readonly declared: Declared[] = [];

  constructor(private readonly random: Random) {}

  /** The value as the document says it. */
  print(value: unknown, type: GraphQLInputType): string {
    if (this.random.chance(0.15)) return this.declare(value, String(type));
    const node = astFromValue(value, type);
    if (node === null || node === undefined) throw new TypeError(`${JSON.stringify(value)} is no ${String(type)}`);
    return print(node);
  }

  /** Only what a query uses may be declared. */
  declarations(query: string): readonly string[] {
    return this.usedIn(query).map(({ name, type }) => `$${name}: ${type}`);
  }

  valuesIn(query: string): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.usedIn(query).map(({ name, value }) => [name, value]));
  }

  private declare(value: unknown, type: string): string {
    const name = `v${this.declared.length}`;
    this.declared.push({ name, type, value });
    return `$${name}`;
  }

  private usedIn(query: string): readonly Declared[] {
    return this.declared.filter(({ name }) => new RegExp(`\\$${name}\\b`).test(query));
  }
}
