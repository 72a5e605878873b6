import {
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { bindRequest } from '../bind/bindRequest.js';
import { CompiledDocuments } from '../compile/CompiledDocuments.js';
import { documentedLimits, learnedLimits } from '../compile/CompileLimits.js';
import { createSchema } from '../schema/createSchema.js';
import { describePlan, type DescribedPlan } from './describePlan.js';
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

function queryOf(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('Say which operation to explain: the document holds none of that name, or several.');
  if (operation.operation !== OperationTypeNode.QUERY) {
    throw new Error('Only queries can be explained; what a change would send, it answers itself with dryRun: true.');
  }
  return operation;
}

function print(plan: DescribedPlan, format: ExplainFormat): string {
  switch (format) {
    case 'text':
      return printText(plan.calls);
    case 'json':
      return `${JSON.stringify(plan, null, 2)}\n`;
    case 'mermaid':
      return printMermaid(plan.calls);
  }
}

/**
 * The plan of a query: the calls that it would make, wave by wave, with their cost in Graph's resource units. Nothing is
 * sent. Raises an Error that says what is wrong with the query.
 *
 * As JSON: `{ estimate { waves httpRequests operations objects }, calls: [{ wave method path name count isAssumed objects units
 * forEach onlyIf learned { path spares } }] }`, what does not apply left out.
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
  const operation = queryOf(document, operationName);
  const limits = options === 'documented' ? documentedLimits : learnedLimits;
  const { bound, errors } = bindRequest(schema, new CompiledDocuments(schema, limits), {
    document,
    operation,
    variables,
  });
  if (errors !== undefined) throw new Error(messages(errors));
  return print(describePlan(bound), format);
}
