import { getArgumentValues, Kind, type ArgumentNode, type FieldNode } from 'graphql';
import type { FieldShape } from './describeAnswer.js';
import type { Question } from './askPatiently.js';
import { editFields, parseSelections, parseVariables, toQuestion, type PlacedField } from './editOperation.js';
import type { ValidQuery } from './ValidQuery.js';

/** Response keys of what is added to every connection. */
export const addedKeys = { pageInfo: 'rowsPageInfo', cursors: 'rowsCursors' } as const;

/** What is added to a connection, as it is answered. */
export interface AddedFields {
  readonly [addedKeys.pageInfo]: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly [addedKeys.cursors]: readonly { readonly cursor: string }[];
}

const added: ReadonlySet<string> = new Set(Object.values(addedKeys));

/** Leaves out what was added to connections, as a replacer of `JSON.stringify`. */
export function withoutAdded(key: string, value: unknown): unknown {
  return added.has(key) ? undefined : value;
}

/** A connection of a document, with the variables that say which page of it is asked for. */
export interface PagedList {
  /** Response keys from the root, those that only lead to items included. */
  readonly keys: readonly string[];
  /** Names of the variables behind `first` and `after`. */
  readonly first: string;
  readonly after: string;
  /** What the document itself says of them; `first` is undefined where it says nothing. */
  readonly given: { readonly first: number | undefined; readonly after: string | null };
  /** The connections under its items, and under none of theirs. */
  readonly lists: PagedList[];
}

/** A document that can be asked for any page of any of its connections; its variables name those that it asks for itself. */
export interface PagedDocument extends Question {
  /** The outermost connections. */
  readonly lists: readonly PagedList[];
}

const pageFields = parseSelections(
  `${addedKeys.pageInfo}: pageInfo { hasNextPage endCursor } ${addedKeys.cursors}: edges { cursor }`,
);

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

function argument(argumentName: string, variableName: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: name(argumentName), value: { kind: Kind.VARIABLE, name: name(variableName) } };
}

const isPageArgument = ({ name: { value } }: ArgumentNode): boolean => value === 'first' || value === 'after';

/** The connections of a document as they are found; one that several fields of the same key ask for is one. */
class ListTree {
  readonly outermost: PagedList[] = [];
  private readonly byKey = new Map<string, PagedList>();

  get all(): readonly PagedList[] {
    return [...this.byKey.values()];
  }

  find(keys: readonly string[], given: PagedList['given']): PagedList {
    const known = this.byKey.get(keys.join('.'));
    if (known !== undefined) return known;
    const { size } = this.byKey;
    const list: PagedList = { keys, first: `rowsFirst${size}`, after: `rowsAfter${size}`, given, lists: [] };
    (this.parentOf(keys)?.lists ?? this.outermost).push(list);
    this.byKey.set(keys.join('.'), list);
    return list;
  }

  private parentOf(keys: readonly string[]): PagedList | undefined {
    const above = keys.map((_, index) => this.byKey.get(keys.slice(0, index).join('.')));
    return above.findLast((list) => list !== undefined);
  }
}

/** Whether a connection is asked for its items, and not only for how many there are. */
function hasItems(root: FieldShape, keys: readonly string[]): boolean {
  let shape: FieldShape | undefined = root;
  for (const key of keys) shape = shape?.fields.find((field) => field.key === key);
  return shape?.isConnection === true && shape.fields.some(({ isWrapper }) => isWrapper);
}

/** What the document says of the page of a connection. */
function givenBy({ node, field }: PlacedField, { coerced }: ValidQuery): PagedList['given'] {
  const { first, after } = field === undefined ? {} : getArgumentValues(field, node, coerced);
  const saysFirst = node.arguments?.some(({ name: { value } }) => value === 'first') === true;
  return {
    first: saysFirst && typeof first === 'number' ? first : undefined,
    after: typeof after === 'string' ? after : null,
  };
}

/** Puts variables behind the page of a connection, and asks it where its page stands. */
function editConnection(node: FieldNode, { first, after }: PagedList): FieldNode {
  const others = (node.arguments ?? []).filter((each) => !isPageArgument(each));
  return {
    ...node,
    arguments: [...others, argument('first', first), argument('after', after)],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(node.selectionSet?.selections ?? []), ...pageFields] },
  };
}

/**
 * A query as a document that can be asked for any page of any of its connections whose items it asks for. Root fields that do not lead to the rows
 * are left out.
 *
 * @param root response key of the root field that leads to the rows; undefined keeps all
 */
export function pageDocument(query: ValidQuery, root: string | undefined): PagedDocument {
  const tree = new ListTree();
  const operation = editFields(query, (placed) => {
    const { node, keys } = placed;
    if (root !== undefined && keys.length === 1 && keys[0] !== root) return null;
    return hasItems(query.shape, keys) ? editConnection(node, tree.find(keys, givenBy(placed, query))) : undefined;
  });
  const pages = tree.all.map(({ first, after, given }) => ({ [first]: given.first, [after]: given.after }));
  const added = parseVariables(tree.all.map(({ first, after }) => `$${first}: Int, $${after}: String`));
  const values = Object.assign({ ...query.given }, ...pages) as Record<string, unknown>;
  return { ...toQuestion(operation, added, values), lists: tree.outermost };
}
