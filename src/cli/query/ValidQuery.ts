import {
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { wrongUse } from '../CommandFailure.js';
import { describeAnswer, type FieldShape } from './describeAnswer.js';
import { inlineFragments } from './inlineFragments.js';
import { wordMissingVariables } from './wordMissingVariables.js';

/** An operation that fits the schema, with the values of its variables. */
export interface ValidQuery {
  readonly schema: GraphQLSchema;
  /** The text of the whole document. */
  readonly source: string;
  /** Without fragment spreads. */
  readonly operation: OperationDefinitionNode;
  /** Values of variables as they were given, and as the schema reads them. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly coerced: Readonly<Record<string, unknown>>;
  /** What its answer looks like. */
  readonly shape: FieldShape;
}

function wordErrors(errors: readonly GraphQLError[]): string {
  return errors
    .slice(0, 5)
    .map(({ message, locations }) => {
      const [place] = locations ?? [];
      return place === undefined ? message : `line ${place.line}, column ${place.column}: ${message}`;
    })
    .join('\n');
}

function parseDocument(source: string): DocumentNode {
  try {
    return parse(source);
  } catch (error) {
    throw wrongUse(wordErrors([error as GraphQLError]), error);
  }
}

function chooseOperation(document: DocumentNode, wanted: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, wanted);
  if (operation !== null && operation !== undefined) return operation;
  const names = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? (each.name?.value ?? []) : [],
  );
  if (wanted === undefined && names.length === 0) throw wrongUse('the document holds no operation');
  if (wanted === undefined) throw wrongUse(`say which --operation: ${names.join(', ')}`);
  throw wrongUse(
    `no operation is called ${JSON.stringify(wanted)}; there are ${names.join(', ') || 'none with a name'}`,
  );
}

/**
 * Reads a document as far as it can be without sending anything. Raises a CommandFailure with exit code 2 that says what
 * is wrong with the document or with the variables.
 *
 * @param wanted name of the operation, where the document has several
 */
export function readQuery(
  schema: GraphQLSchema,
  source: string,
  wanted: string | undefined,
  given: Readonly<Record<string, unknown>>,
): ValidQuery {
  const document = parseDocument(source);
  const faults = validate(schema, document);
  if (faults.length > 0) throw wrongUse(wordErrors(faults));
  const operation = chooseOperation(document, wanted);
  const definitions = operation.variableDefinitions ?? [];
  const names = new Set(definitions.map(({ variable }) => variable.name.value));
  const unknown = Object.keys(given).find((name) => !names.has(name));
  if (unknown !== undefined) throw wrongUse(`--variables: the query has no variable $${unknown}`);
  const { coerced, errors = [] } = getVariableValues(schema, definitions, given);
  if (coerced === undefined) {
    const faulty = errors.map(({ message }) => message).join('\n');
    throw wrongUse(`--variables: ${faulty}${wordMissingVariables(schema, definitions, given)}`);
  }
  const inlined = inlineFragments(document, operation);
  return { schema, source, operation: inlined, given, coerced, shape: describeAnswer(schema, inlined, coerced) };
}
