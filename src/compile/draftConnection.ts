import { getNamedType, type FieldNode, type GraphQLObjectType, type SelectionSetNode } from 'graphql';
import type { RelationDraft, TypeDraft } from './Draft.js';
import type { Compilation } from './Compilation.js';
import { nullabilityOf, setsOf } from './fieldFacts.js';
import type { ConnectionOut, EdgeOut, OutByType, OutPlace, PageInfoOut } from './Out.js';

/** The place of objects in the query: what is asked of them, and of the objects that they may be reached from. */
export interface Place {
  readonly draft: TypeDraft;
  readonly parents: readonly Place[];
}

/** What drafting a connection needs of the drafting of its operation. */
export interface Drafting {
  readonly compilation: Compilation;
  objectType(name: string): GraphQLObjectType;
  /** Adds what is asked of each of the types that an object can have. */
  addTypes(
    types: Map<string, TypeDraft>,
    parents: readonly Place[],
    typeName: string,
    sets: readonly SelectionSetNode[],
  ): OutByType;
}

/** A connection on its way into the draft. */
export interface DraftedConnection {
  readonly relation: RelationDraft;
  /** What is asked of its items. */
  readonly types: Map<string, TypeDraft>;
  /** Name of the connection's own type. */
  readonly type: string;
  readonly parent: Place;
  readonly nodes: readonly FieldNode[];
}

interface Field {
  readonly at: OutPlace;
  readonly name: string;
  readonly sets: readonly SelectionSetNode[];
  readonly typeName: string;
}

function fieldsOf(drafting: Drafting, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly Field[] {
  return [...drafting.compilation.collectFields(type, sets)].map(([key, nodes]) => {
    const name = nodes[0]?.name.value ?? '';
    const definition = type.getFields()[name];
    const nullability =
      definition === undefined ? { nonNull: true, itemNonNull: false } : nullabilityOf(definition.type);
    return {
      at: { key, nodes, ...nullability },
      name,
      sets: setsOf(nodes),
      typeName: definition === undefined ? '' : getNamedType(definition.type).name,
    };
  });
}

/** Rows whose cursors are wanted: the place of a row is found again by its id. */
function joinCursors(drafting: Drafting, connection: DraftedConnection): void {
  const { types, type } = connection;
  drafting.addTypes(types, parentsOf(connection), itemTypeOf(drafting, type), []);
  for (const draft of types.values()) draft.joins.add('id');
}

/** Adds what is asked of a connection (Relay: Cursor Connections), and says where each of its values is written from. */
export function draftConnection(drafting: Drafting, connection: DraftedConnection): readonly ConnectionOut[] {
  const { relation, types, parent, nodes } = connection;
  const outs = fieldsOf(drafting, drafting.objectType(connection.type), setsOf(nodes)).map((field): ConnectionOut => {
    const { at, name, sets, typeName } = field;
    switch (name) {
      case 'nodes':
        relation.wantsRows = true;
        return { ...at, kind: 'nodes', byType: drafting.addTypes(types, parentsOf(connection), typeName, sets) };
      case 'edges':
        relation.wantsRows = true;
        return { ...at, kind: 'edges', type: typeName, out: draftEdges(drafting, connection, field) };
      case 'pageInfo':
        relation.wantsRows = true;
        return { ...at, kind: 'pageInfo', out: draftPageInfo(drafting, connection, field) };
      case 'totalCount':
        relation.wantsTotal = true;
        return { ...at, kind: 'totalCount' };
      default:
        return { ...at, kind: 'typename' };
    }
  });
  if (relation.field.source === 'navigation' && types.size === 0)
    drafting.addTypes(types, [parent], itemTypeOf(drafting, connection.type), []);
  return outs;
}

/** Allotments of a SKU are rows of one list that all SKUs share, so none of them has a SKU for a parent. */
function parentsOf({ relation, parent }: DraftedConnection): readonly Place[] {
  return relation.field.source === 'skuAllotments' ? [] : [parent];
}

function itemTypeOf(drafting: Drafting, connectionType: string): string {
  const nodes = drafting.objectType(connectionType).getFields().nodes;
  if (nodes === undefined) throw new Error(`${connectionType} has no nodes.`);
  return getNamedType(nodes.type).name;
}

function draftEdges(drafting: Drafting, connection: DraftedConnection, edges: Field): readonly EdgeOut[] {
  return fieldsOf(drafting, drafting.objectType(edges.typeName), edges.sets).map(
    ({ at, name, sets, typeName }): EdgeOut => {
      if (name === 'node') {
        const parents = parentsOf(connection);
        return { ...at, kind: 'node', byType: drafting.addTypes(connection.types, parents, typeName, sets) };
      }
      if (name !== 'cursor') return { ...at, kind: 'typename' };
      joinCursors(drafting, connection);
      return { ...at, kind: 'cursor' };
    },
  );
}

function draftPageInfo(drafting: Drafting, connection: DraftedConnection, pageInfo: Field): readonly PageInfoOut[] {
  return fieldsOf(drafting, drafting.objectType('PageInfo'), pageInfo.sets).map(({ at, name }): PageInfoOut => {
    switch (name) {
      case 'startCursor':
      case 'endCursor':
        joinCursors(drafting, connection);
        return { ...at, kind: name };
      case 'hasNextPage':
      case 'hasPreviousPage':
        return { ...at, kind: name };
      default:
        return { ...at, kind: 'typename' };
    }
  });
}
