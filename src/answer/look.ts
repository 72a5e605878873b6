import { getOperationAST, parse, type DocumentNode, type GraphQLError } from 'graphql';
import { answerOperation, type AnswerEnvironment, type AnswerParts } from './answerOperation.js';
import type { AnswerObject } from './AnswerObject.js';

/** Questions are our own texts, and few. */
const documents = new Map<string, DocumentNode>();

function parsed(query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query, { noLocation: true });
  documents.set(query, document);
  return document;
}

/** Puts an error where its field stands, or where the null stands that it has caused. */
function place(data: AnswerObject, { path = [], originalError }: GraphQLError, error: Error): void {
  let parent: unknown = data;
  path.forEach((step, index) => {
    if (typeof parent !== 'object' || parent === null || parent instanceof Error) return;
    const object = parent as Record<string | number, unknown>;
    const value = object[step];
    if (value === null || value === undefined || index === path.length - 1) object[step] = originalError ?? error;
    else parent = value;
  });
}

/**
 * Asks a question of our own, answered like any other; an Error stands where reading failed. Raises the error of
 * variables that do not fit.
 */
export async function look(
  parts: AnswerParts,
  environment: AnswerEnvironment,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<AnswerObject> {
  const document = parsed(query);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new TypeError(`Not a question: ${query}`);
  const { data, errors } = await answerOperation(parts, { document, operation, variables }, environment);
  const [first] = errors;
  if (data === undefined) throw first ?? new TypeError(query);
  if (data === null) throw first?.originalError ?? first ?? new TypeError(query);
  for (const error of errors) place(data, error, error);
  return data;
}
