import { listedIdKey, referenceKey } from './planReferences.js';
import type { Reference } from './Reference.js';

type Answer = Readonly<Record<string, unknown>>;

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}

function findListed(answer: Answer, alias: string, reference: Reference, lists: number): unknown {
  const found = Array.from({ length: lists }, (_, list) => answer[referenceKey(alias, reference, list)]);
  const rows = found.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []));
  const row = rows.filter(isAnswer).find((each) => each[listedIdKey] === reference.key);
  // Only where every list could be read is it certain that there is no such object.
  return row ?? found.find((list) => list instanceof Error) ?? null;
}

/**
 * The object of a reference in the answer to the fields of `planReferences`: null where Graph has none, an Error where it
 * could not be read.
 */
export function findReferenced(answer: Answer, alias: string, reference: Reference): unknown {
  const { mapping } = reference;
  if (mapping.kind === 'listed') return findListed(answer, alias, reference, mapping.lists.length);
  const found = answer[referenceKey(alias, reference)];
  if (mapping.kind === 'root' || !isAnswer(found)) return found ?? null;
  return found[mapping.field] ?? null;
}
