import type { FieldShape } from './describeAnswer.js';
import { listNames, type RowList } from './RowList.js';

/** Parts of an answer that have no place in the rows. */
export interface Unwritten {
  /** Their dotted paths. */
  readonly names: readonly string[];
  /** Those lists of them that `--rows` can name, the outermost of each part. */
  readonly lists: readonly string[];
}

/** What says nothing of its own. */
function isAside({ key, isWrapper }: FieldShape): boolean {
  return isWrapper || key === 'pageInfo' || key === '__typename';
}

/** The fields beside the way that keys lead, from the root to the list of the rows; keys that lead to items end it. */
function* fieldsBeside(
  shape: FieldShape,
  [key, ...others]: readonly string[],
  above: readonly string[],
): Generator<readonly string[]> {
  for (const field of shape.fields) if (field.key !== key && !isAside(field)) yield [...above, field.key];
  const next = shape.fields.find((field) => field.key === key);
  if (next !== undefined && !next.isWrapper && !next.isList) yield* fieldsBeside(next, others, [...above, next.key]);
}

/** What of an answer has a place neither in the rows nor in the columns above them. */
export function findUnwritten(root: FieldShape, { keys, above }: Pick<RowList, 'keys' | 'above'>): Unwritten {
  if (keys.length === 0) return { names: [], lists: [] };
  const all = listNames(root);
  const isIn = (part: string) => (name: string) => name === part || name.startsWith(`${part}.`);
  const parts = [...fieldsBeside(root, keys, [])].map((path) => path.join('.'));
  const names = parts.filter((part) => all.some(isIn(part)) || !above.some(({ name }) => isIn(part)(name)));
  return { names, lists: names.flatMap((part) => all.find(isIn(part)) ?? []) };
}
