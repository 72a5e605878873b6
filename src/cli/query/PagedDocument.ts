import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type ASTNode,
  type FieldNode,
  type GraphQLField,
  type OperationDefinitionNode,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { isConnectionType } from './AnswerShape.js';
import type { ValidQuery } from './ValidQuery.js';

/** Response keys of what is added to every connection. */
export const addedKeys = { pageInfo: 'rowsPageInfo', cursors: 'rowsCursors', total: 'rowsTotal' } as const;

/** What is added to a connection, as it is answered. */
export interface AddedFields {
  readonly [addedKeys.pageInfo]: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly [addedKeys.cursors]: readonly { readonly cursor: string }[];
  readonly [addedKeys.total]?: number | null;
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

/** A document that asks for any page of any of its connections. */
export interface PagedDocument {
  readonly source: string;
  /** Values of all variables, with the pages that the document itself asks for. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether an outermost connection can be counted, by the variable `withTotal`. */
  readonly isCounted: boolean;
  /** The outermost connections. */
  readonly lists: readonly PagedList[];
}

/** Boolean variable: whether the outermost connections are to be counted, where Graph can. */
export const withTotal = 'rowsWithTotal';

/** Selections and variable definitions as they are written in a document. */
function parseParts(written: { readonly selections?: string; readonly variables?: string }) {
  const source = `query (${written.variables ?? '$unused: Int'}) { ${written.selections ?? '__typename'} }`;
  const [operation] = parse(source, { noLocation: true }).definitions as [OperationDefinitionNode];
  return { selections: operation.selectionSet.selections, variables: operation.variableDefinitions ?? [] };
}

const { selections: pageFields } = parseParts({
  selections: `${addedKeys.pageInfo}: pageInfo { hasNextPage endCursor } ${addedKeys.cursors}: edges { cursor }`,
});
const { selections: totalField } = parseParts({
  selections: `${addedKeys.total}: totalCount @include(if: $${withTotal})`,
});

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

function argument(argumentName: string, variableName: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: name(argumentName), value: { kind: Kind.VARIABLE, name: name(variableName) } };
}

const isPageArgument = ({ name: { value } }: ArgumentNode): boolean => value === 'first' || value === 'after';

type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

function keysTo(node: FieldNode, ancestors: Ancestors): readonly string[] {
  const fields = ancestors.filter((each): each is FieldNode => 'kind' in each && each.kind === Kind.FIELD);
  return [...fields, node].map(({ alias, name: { value } }) => alias?.value ?? value);
}

/** Whether Graph can count a list. */
function isCountable({ type: declared }: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(declared);
  return isObjectType(type) && 'totalCount' in type.getFields();
}

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

function givenBy(field: GraphQLField<unknown, unknown>, node: FieldNode, { coerced }: ValidQuery): PagedList['given'] {
  const { first, after } = getArgumentValues(field, node, coerced);
  const saysFirst = node.arguments?.some(({ name: { value } }) => value === 'first') === true;
  return {
    first: saysFirst && typeof first === 'number' ? first : undefined,
    after: typeof after === 'string' ? after : null,
  };
}

/** Puts variables behind the page of a connection, and asks it where its page stands. */
function editConnection(node: FieldNode, { first, after }: PagedList, added: readonly SelectionNode[]): FieldNode {
  const others = (node.arguments ?? []).filter((each) => !isPageArgument(each));
  return {
    ...node,
    arguments: [...others, argument('first', first), argument('after', after)],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(node.selectionSet?.selections ?? []), ...added] },
  };
}

/** Edits every connection and gives what was found; root fields other than `root` are left out. */
function editConnections(
  query: ValidQuery,
  root: string | undefined,
): { readonly operation: OperationDefinitionNode; tree: ListTree } {
  const tree = new ListTree();
  const types = new TypeInfo(query.schema);
  const editField = (node: FieldNode, ancestors: Ancestors): FieldNode | null | undefined => {
    const keys = keysTo(node, ancestors);
    if (root !== undefined && keys.length === 1 && keys[0] !== root) return null;
    const field = types.getFieldDef();
    if (field === undefined || field === null || !isConnectionType(field.type)) return undefined;
    const list = tree.find(keys, givenBy(field, node, query));
    const isCounted = tree.outermost.includes(list) && isCountable(field);
    return editConnection(node, list, isCounted ? [...pageFields, ...totalField] : pageFields);
  };
  const operation = visit(
    query.operation,
    visitWithTypeInfo(types, {
      Field: (node, _key, _parent, _path, ancestors) => editField(node, ancestors),
      InlineFragment: { leave: (node) => (node.selectionSet.selections.length === 0 ? null : undefined) },
    }),
  );
  return { operation, tree };
}

/** Declares all variables that an operation uses, and no others. */
function declareUsed(
  operation: OperationDefinitionNode,
  added: readonly VariableDefinitionNode[],
): OperationDefinitionNode {
  const used = new Set<string>();
  visit({ ...operation, variableDefinitions: [] }, { Variable: (node) => void used.add(node.name.value) });
  const known = [...(operation.variableDefinitions ?? []), ...added];
  return { ...operation, variableDefinitions: known.filter((each) => used.has(each.variable.name.value)) };
}

/**
 * A query as a document that can be asked for any page of any of its connections, by its variables. Root fields that do
 * not lead to the rows are left out.
 *
 * @param root response key of the root field that leads to the rows; undefined keeps all
 */
export function pageDocument(query: ValidQuery, root: string | undefined): PagedDocument {
  const { operation, tree } = editConnections(query, root);
  const pages = tree.all.map(({ first, after }) => `$${first}: Int, $${after}: String`);
  const added = parseParts({ variables: [`$${withTotal}: Boolean! = false`, ...pages].join(', ') });
  const whole = declareUsed(operation, added.variables);
  const values = Object.assign(
    { ...query.given },
    ...tree.all.map(({ first, after, given }) => ({ [first]: given.first, [after]: given.after })),
  ) as Record<string, unknown>;
  const declared = new Set((whole.variableDefinitions ?? []).map((each) => each.variable.name.value));
  const used = Object.entries(values).filter(([each, value]) => declared.has(each) && value !== undefined);
  return {
    source: print(whole),
    variables: Object.fromEntries(used),
    isCounted: declared.has(withTotal),
    lists: tree.outermost,
  };
}
