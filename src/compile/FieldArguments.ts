import type { FieldNode, GraphQLField } from 'graphql';
import { coerceArguments } from './coerceArguments.js';
import type { ArgumentValues } from './coerceArguments.js';

/** Coerced variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

interface Known {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly values: ArgumentValues;
}

/** The arguments of the fields of one request. Each field's are coerced once: what chooses the plan asks for them, and what is bound. */
export class FieldArguments {
  private readonly known: Known[] = [];

  constructor(readonly variables: Variables) {}

  /** The arguments of a field. Raises BAD_USER_INPUT where a value does not fit. */
  of(definition: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentValues {
    // A fragment on an interface has one node for the fields of several types.
    const known = this.known.find((each) => each.node === node && each.definition === definition);
    if (known !== undefined) return known.values;
    const values = coerceArguments(definition, node, this.variables);
    this.known.push({ definition, node, values });
    return values;
  }
}
