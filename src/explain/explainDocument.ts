import { parse, validate, type DocumentNode, type GraphQLError } from 'graphql';
import { resourceUnits } from '../graph/resourceUnits.js';
import { planDocument } from '../planner/planDocument.js';
import { printPlan } from '../planner/printPlan.js';
import { createSchema } from '../schema/createSchema.js';

function messages(errors: readonly GraphQLError[]): string {
  return errors.map((error) => error.message).join('\n');
}

/**
 * The plan of a query as text: the calls that it would make, wave by wave, with their cost in Graph's resource units.
 * Nothing is sent. Raises an Error that says what is wrong with the query.
 *
 * @param source a GraphQL document with one operation, or the one of `operationName`
 */
export function explainDocument(
  source: string,
  variables: Readonly<Record<string, unknown>> = {},
  operationName?: string,
): string {
  const schema = createSchema();
  const document: DocumentNode = parse(source);
  const problems = validate(schema, document);
  if (problems.length > 0) throw new Error(messages(problems));
  const planned = planDocument(schema, document, operationName, variables);
  if (planned === undefined) throw new Error('Only queries can be explained; the document holds none, or several.');
  if ('length' in planned) throw new Error(messages(planned));
  return printPlan(planned.plan, resourceUnits);
}
