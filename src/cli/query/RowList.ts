import type { AnswerPath } from './AnswerPath.js';
import type { FieldShape } from './describeAnswer.js';

/** A leaf of a row, or of an object that the row hangs from. */
export interface Column {
  /** Response keys joined by dots, without those that only lead to items: from the row, or from the root for what is above it. */
  readonly name: string;
  /** All response keys from the object that it is a leaf of. */
  readonly keys: readonly string[];
  /** How many keys lead from the root to that object. */
  readonly depth: number;
}

/** The list of an answer whose items are the rows. */
export interface RowList {
  /** Its dotted path; empty where the whole answer is the only row. */
  readonly name: string;
  /** All response keys from the root to the items. */
  readonly keys: readonly string[];
  /** The keys of a connection under which its items stand once more: `edges` beside `nodes`. */
  readonly again: readonly string[];
  readonly columns: readonly Column[];
  /** What the objects say that the rows hang from, the outermost first; their lists are no part of it. */
  readonly above: readonly Column[];
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

function columnsOf(shape: FieldShape, depth: number): readonly Column[] {
  const columnsAt = ({ field, name, keys }: Place): readonly Column[] =>
    field.isObject ? fieldsOf(field, name, keys).flatMap(columnsAt) : [{ name, keys, depth }];
  return fieldsOf(shape, '', []).flatMap(columnsAt);
}

const isListOfObjects = ({ isConnection, isList, isObject }: FieldShape): boolean =>
  isConnection || (isList && isObject);

/** The leaves that an object has beside one of its fields, but for what stands in lists. */
function columnsBeside(shape: FieldShape, key: string, name: string, depth: number): readonly Column[] {
  const columnsAt = ({ field, name, keys }: Place): readonly Column[] => {
    if (isListOfObjects(field)) return [];
    return field.isObject ? fieldsOf(field, name, keys).flatMap(columnsAt) : [{ name, keys, depth }];
  };
  return fieldsOf(shape, name, []).flatMap((place) => (place.field.key === key ? [] : columnsAt(place)));
}

/** The leaves of the objects on the way that keys lead: not of the root, and not what a connection says of itself. */
function columnsAbove(root: FieldShape, keys: readonly string[]): readonly Column[] {
  const columns: Column[] = [];
  const names: string[] = [];
  let shape = root;
  for (const [depth, key] of keys.entries()) {
    const next = shape.fields.find((field) => field.key === key);
    if (next === undefined) break;
    if (depth > 0 && !next.isWrapper) columns.push(...columnsBeside(shape, key, names.join('.'), depth));
    if (!next.isWrapper) names.push(key);
    shape = next;
  }
  return columns;
}

/** The items of a list, with the other keys under which they stand. */
type Items = Place & Pick<RowList, 'again'>;

/** Where the items of a field are, if it is a list of objects; what is asked of them under several keys is one shape. */
function itemsOf({ field, name, keys }: Place): Items | undefined {
  const wrappers = field.isConnection ? field.fields.filter(({ isWrapper }) => isWrapper) : [];
  const [wrapper, ...others] = wrappers;
  if (wrapper !== undefined) {
    const items = { ...wrapper, fields: wrappers.flatMap(({ fields }) => fields) };
    return { field: items, name, keys: [...keys, wrapper.key], again: others.map(({ key }) => key) };
  }
  return field.isList && field.isObject ? { field, name, keys, again: [] } : undefined;
}

/** All lists of objects in an answer, the outermost first, else in the order of the query. */
function findLists(root: FieldShape): readonly Items[] {
  const lists: Items[] = [];
  for (let level = fieldsOf(root, '', []); level.length > 0;) {
    lists.push(...level.flatMap((place) => itemsOf(place) ?? []));
    level = level.flatMap(({ field, name, keys }) => fieldsOf(field, name, keys));
  }
  return lists;
}

/** Two columns of one name would be one too many; the nearer one is that of the row. */
function toRowList(root: FieldShape, { field, name, keys, again }: Items): RowList {
  const columns = columnsOf(field, keys.length);
  const names = new Set(columns.map((column) => column.name));
  return { name, keys, again, columns, above: columnsAbove(root, keys).filter((column) => !names.has(column.name)) };
}

/**
 * The list whose items are the rows of an answer: the one that is named, else the outermost one. Where there is no list,
 * the answer is the only row. Undefined where no list has the name.
 */
export function findRowList(root: FieldShape, wanted: string | undefined): RowList | undefined {
  const lists = findLists(root);
  if (wanted !== undefined) {
    const list = lists.find(({ name }) => name === wanted);
    return list === undefined ? undefined : toRowList(root, list);
  }
  const [outermost] = lists;
  return outermost === undefined
    ? { name: '', keys: [], again: [], columns: columnsOf(root, 0), above: [] }
    : toRowList(root, outermost);
}

/** Names that `findRowList` knows. */
export function listNames(root: FieldShape): readonly string[] {
  return findLists(root).map(({ name }) => name);
}

/** An object with its place in the answer. */
export interface PlacedObject {
  readonly value: object;
  readonly path: AnswerPath;
}

/** A row with what it hangs from: the objects on the way from the root, by how many keys lead to each. */
export interface Row extends PlacedObject {
  readonly above: readonly PlacedObject[];
}

/** The object that a column is a leaf of. */
export function objectOf(row: Row, { depth }: Column): PlacedObject {
  return row.above[depth] ?? row;
}

/** The rows of an answer; what is null is not a row, nor is an answer of which everything is. */
export function* rowsIn(data: unknown, { keys, again }: Pick<RowList, 'keys' | 'again'>): Generator<Row> {
  if (keys.length === 0 && isNothing(data)) return;
  for (const row of walk(data, keys, [], [])) yield again.length === 0 ? row : wholeRow(data, row, again);
}

/** The places of a row in the answer: its own, and those under the other keys of its connection. */
export function placesOfRow({ path }: Row, again: readonly string[]): readonly AnswerPath[] {
  return [path, ...again.map((key) => path.with(-2, key))];
}

/** A row with what its item says under the other keys of its connection. */
function wholeRow(data: unknown, row: Row, again: readonly string[]): Row {
  const parts = placesOfRow(row, again).map((path) => path.reduce(valueAt, data));
  return { ...row, value: Object.assign({}, ...parts) as object };
}

function valueAt(value: unknown, key: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>> | null | undefined)?.[key];
}

/** Whether nothing of an answer is there. */
export function isNothing(data: unknown): boolean {
  return Object.values(data ?? {}).every((each) => each === null);
}

function* walk(
  value: unknown,
  keys: readonly string[],
  path: AnswerPath,
  above: readonly PlacedObject[],
): Generator<Row> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, keys, [...path, index], above);
    return;
  }
  const [key, ...others] = keys;
  if (key === undefined) yield { value, path, above };
  else yield* walk((value as Record<string, unknown>)[key], others, [...path, key], [...above, { value, path }]);
}
