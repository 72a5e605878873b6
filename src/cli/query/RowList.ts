import type { AnswerPath } from './AnswerPath.js';
import type { FieldShape } from './describeAnswer.js';

/** A leaf of a row. */
export interface Column {
  /** Response keys joined by dots, without those that only lead to items. */
  readonly name: string;
  /** All response keys from the row. */
  readonly keys: readonly string[];
}

/** The list of an answer whose items are the rows. */
export interface RowList {
  /** Its dotted path; empty where the whole answer is the only row. */
  readonly name: string;
  /** All response keys from the root to the items. */
  readonly keys: readonly string[];
  readonly columns: readonly Column[];
}

/** A field with the keys that lead to it, those that only lead to items included. */
interface Place {
  readonly field: FieldShape;
  readonly name: string;
  readonly keys: readonly string[];
}

/** The fields of an object, with those of `nodes`, `edges` and `node` in their place; each name once. */
function fieldsOf(shape: FieldShape, name: string, keys: readonly string[]): readonly Place[] {
  const places = shape.fields.flatMap((field): readonly Place[] => {
    const fieldKeys = [...keys, field.key];
    if (field.isWrapper) return fieldsOf(field, name, fieldKeys);
    return [{ field, name: name === '' ? field.key : `${name}.${field.key}`, keys: fieldKeys }];
  });
  return [...new Map(places.toReversed().map((place) => [place.name, place])).values()].reverse();
}

function columnsOf(shape: FieldShape): readonly Column[] {
  const columnsAt = ({ field, name, keys }: Place): readonly Column[] =>
    field.isObject ? fieldsOf(field, name, keys).flatMap(columnsAt) : [{ name, keys }];
  return fieldsOf(shape, '', []).flatMap(columnsAt);
}

/** Where the items of a field are, if it is a list of objects. */
function itemsOf({ field, name, keys }: Place): Place | undefined {
  const wrapper = field.isConnection ? field.fields.find(({ isWrapper }) => isWrapper) : undefined;
  if (wrapper !== undefined) return { field: wrapper, name, keys: [...keys, wrapper.key] };
  return field.isList && field.isObject ? { field, name, keys } : undefined;
}

/** All lists of objects in an answer, the outermost first, else in the order of the query. */
function findLists(root: FieldShape): readonly Place[] {
  const lists: Place[] = [];
  for (let level = fieldsOf(root, '', []); level.length > 0;) {
    lists.push(...level.flatMap((place) => itemsOf(place) ?? []));
    level = level.flatMap(({ field, name, keys }) => fieldsOf(field, name, keys));
  }
  return lists;
}

function toRowList({ field, name, keys }: Place): RowList {
  return { name, keys, columns: columnsOf(field) };
}

/**
 * The list whose items are the rows of an answer: the one that is named, else the outermost one. Where there is no list,
 * the answer is the only row. Undefined where no list has the name.
 */
export function findRowList(root: FieldShape, wanted: string | undefined): RowList | undefined {
  const lists = findLists(root);
  if (wanted !== undefined) {
    const list = lists.find(({ name }) => name === wanted);
    return list === undefined ? undefined : toRowList(list);
  }
  const [outermost] = lists;
  return outermost === undefined ? { name: '', keys: [], columns: columnsOf(root) } : toRowList(outermost);
}

/** Names that `findRowList` knows. */
export function listNames(root: FieldShape): readonly string[] {
  return findLists(root).map(({ name }) => name);
}

/** A row with its place in the answer. */
export interface Row {
  readonly value: object;
  readonly path: AnswerPath;
}

/** The rows of an answer; what is null is not a row. */
export function* rowsIn(data: unknown, { keys }: Pick<RowList, 'keys'>): Generator<Row> {
  yield* walk(data, keys, []);
}

function* walk(value: unknown, keys: readonly string[], path: AnswerPath): Generator<Row> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, keys, [...path, index]);
    return;
  }
  const [key, ...others] = keys;
  if (key === undefined) yield { value, path };
  else yield* walk((value as Record<string, unknown>)[key], others, [...path, key]);
}
