import { getOperationAST, getVariableValues, OperationTypeNode, parse, validate, type GraphQLError } from 'graphql';
import { bindOperation } from '../bind/bindOperation.js';
import { compileOperation } from '../compile/compileOperation.js';
import { documentedLimits, learnedLimits } from '../compile/CompileLimits.js';
import { resourceUnits } from '../graph/resourceUnits.js';
import { createSchema } from '../schema/createSchema.js';
import { describeCalls } from './describeCalls.js';
import { printJson } from './printJson.js';
import { printMermaid } from './printMermaid.js';
import { printText } from './printText.js';

/** How a plan is printed. */
export type ExplainFormat = 'text' | 'json' | 'mermaid';

/** What to explain, and how. */
export interface ExplainOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Which of several operations. */
  readonly operationName?: string | undefined;
  readonly format?: ExplainFormat;
  /** Whether options that no page documents are considered. */
  readonly options?: 'learned' | 'documented';
}

function messages(errors: readonly Error[]): string {
  return errors.map((error) => error.message).join('\n');
}

/**
 * The plan of a query: the calls that it would make, wave by wave, with their cost in Graph's resource units. Nothing is
 * sent. Raises an Error that says what is wrong with the query.
 *
 * @param source a GraphQL document with one query, or the one of `operationName`
 */
export function explainDocument(
  source: string,
  { variables = {}, operationName, format = 'text', options = 'learned' }: ExplainOptions = {},
): string {
  const schema = createSchema();
  const document = parse(source);
  const problems: readonly GraphQLError[] = validate(schema, document);
  if (problems.length > 0) throw new Error(messages(problems));
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) {
    throw new Error('Only queries can be explained; the document holds none, or several.');
  }
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced === undefined) throw new Error(messages(errors));
  const limits = options === 'documented' ? documentedLimits : learnedLimits;
  const bound = bindOperation(compileOperation(schema, document, operation, coerced, limits), coerced);
  const refused = bound.uses.filter((use) => use instanceof Error);
  if (refused.length > 0) throw new Error(messages(refused));
  const calls = describeCalls(bound);
  switch (format) {
    case 'text':
      return printText(calls, resourceUnits);
    case 'json':
      return printJson(calls, resourceUnits);
    case 'mermaid':
      return printMermaid(calls);
  }
}
