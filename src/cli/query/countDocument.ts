import { getNamedType, isObjectType, Kind } from 'graphql';
import { isConnectionType } from './describeAnswer.js';
import type { Question } from './askPatiently.js';
import { editFields, parseSelections, toQuestion } from './editOperation.js';
import type { PagedList } from './PagedDocument.js';
import type { ValidQuery } from './ValidQuery.js';

const totalField = parseSelections('totalCount');

/**
 * A document that asks how many items a list has, and nothing else; undefined where Graph cannot count it. It is asked by
 * itself, because Graph counts under conditions that a list need not keep to.
 */
export function countDocument(query: ValidQuery, { keys: listKeys }: PagedList): Question | undefined {
  let isCountable = false;
  const operation = editFields(query, ({ node, keys, field }) => {
    if (keys.length > listKeys.length) return undefined;
    if (keys.some((key, index) => key !== listKeys[index])) return null;
    if (keys.length < listKeys.length) return undefined;
    const type = getNamedType(field?.type);
    isCountable = isConnectionType(field?.type) && isObjectType(type) && 'totalCount' in type.getFields();
    return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: totalField } };
  });
  return isCountable ? toQuestion(operation, [], query.given) : undefined;
}
