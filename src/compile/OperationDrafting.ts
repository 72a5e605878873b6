import {
  getNamedType,
  isAbstractType,
  isObjectType,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import { ownerFields } from '../mapping/entities.js';
import { mappingOf } from '../mapping/schemaMapping.js';
import type { FieldMapping, RelationField } from '../mapping/mappingTypes.js';
import type { Compilation } from './Compilation.js';
import { plainList } from './listShapeOf.js';
import { draftConnection, type Drafting, type Place } from './draftConnection.js';
import { nullabilityOf, setsOf } from './fieldFacts.js';
import { spellRelation, TypeDraft, typeDraftOf, type OperationDraft, type RelationDraft } from './Draft.js';
import type { Out, OutByType, OutPlace } from './Out.js';

/** A field of the query on its way into the draft. */
interface Selected {
  readonly key: string;
  readonly node: FieldNode;
  readonly nodes: readonly FieldNode[];
  readonly definition: GraphQLField<unknown, unknown>;
}

/**
 * Whether a relation leads to the object that the row was read under, and that was read with it: to the allotment that somebody
 * waits for. A user, group or device that the caller names need not be read at all, and comes for less in an expansion.
 */
function leadsBack({ parents }: Place, field: RelationField): boolean {
  if (field.source !== 'navigation' || !field.parentTypes.includes(field.target)) return false;
  return parents.length > 0 && parents.every(({ draft }) => draft.type === field.target);
}

/** Gathers what an operation wants; its `Out` lists say where each value of the answer is written from. */
export class OperationDrafting implements Drafting {
  readonly operation: OperationDraft;
  readonly introspection: FieldNode[] = [];

  constructor(
    readonly compilation: Compilation,
    root: GraphQLObjectType,
  ) {
    this.operation = {
      root: new TypeDraft(root.name),
      leavesEarly: { seats: false, allotments: false },
      referencesWantAllotments: false,
      allotments: undefined,
    };
  }

  /** Adds the fields that selection sets ask of the objects of one type at one place. */
  addFields(place: Place, sets: readonly SelectionSetNode[]): readonly Out[] {
    const type = this.objectType(place.draft.type);
    const outs: Out[] = [];
    for (const [key, nodes] of this.compilation.collectFields(type, sets)) {
      const [node] = nodes;
      if (node === undefined) continue;
      const out = this.addField(place, type, key, node, nodes);
      if (out !== undefined) outs.push(out);
    }
    return outs;
  }

  /** Adds what is asked of each of the types that an object can have. */
  addTypes(
    types: Map<string, TypeDraft>,
    parents: readonly Place[],
    typeName: string,
    sets: readonly SelectionSetNode[],
  ): OutByType {
    const names = this.possibleTypes(typeName);
    return Object.fromEntries(
      names.map((name) => [name, this.addFields({ draft: typeDraftOf(types, name), parents }, sets)]),
    );
  }

  /** The list of all allotments, which SKUs take their services and allotments from. */
  get allotments(): TypeDraft {
    this.operation.allotments ??= new TypeDraft('Allotment');
    this.operation.allotments.joins.add('skuId');
    return this.operation.allotments;
  }

  objectType(name: string): GraphQLObjectType {
    const type = this.compilation.schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The schema has no object type ${name}.`);
    return type;
  }

  private possibleTypes(name: string): readonly string[] {
    const type = this.compilation.schema.getType(name);
    if (!isAbstractType(type)) return [name];
    return this.compilation.schema.getPossibleTypes(type).map((each) => each.name);
  }

  private addField(
    place: Place,
    type: GraphQLObjectType,
    key: string,
    node: FieldNode,
    nodes: readonly FieldNode[],
  ): Out | undefined {
    const name = node.name.value;
    if (name === '__typename') return { kind: 'typename', key, nodes, nonNull: true, itemNonNull: false };
    const definition = type.getFields()[name];
    if (definition === undefined) {
      this.introspection.push(...nodes);
      return { kind: 'introspection', key, nodes, nonNull: name === '__schema', itemNonNull: false };
    }
    const field = mappingOf(type.name).fields[name];
    if (field === undefined) throw new Error(`${type.name}.${name} has no row in src/mapping.`);
    return this.addMapped(place, { key, node, nodes, definition }, field);
  }

  private addMapped(place: Place, selected: Selected, field: FieldMapping): Out {
    const { draft } = place;
    const at = { key: selected.key, nodes: selected.nodes, ...nullabilityOf(selected.definition.type) };
    switch (field.kind) {
      case 'property':
        draft.wanted.add(field.property);
        return { ...at, kind: 'property', field };
      case 'complex': {
        draft.wanted.add(field.property);
        const inner: Place = { draft: new TypeDraft(field.type), parents: [] };
        const { property, required, type } = field;
        return { ...at, kind: 'complex', property, required, type, out: this.addFields(inner, setsOf(selected.nodes)) };
      }
      case 'computed':
        for (const need of field.needs) draft.wanted.add(need);
        return { ...at, kind: 'computed', field };
      case 'derived': {
        for (const need of field.needs) draft.wanted.add(need);
        const { slots, relation } = this.addBehind(place, field.path, selected.node);
        for (const type of relation.types.values()) for (const property of field.wants) type.wanted.add(property);
        const inner: Place = { draft: new TypeDraft(field.type ?? ''), parents: [] };
        const out = field.type === undefined ? [] : this.addFields(inner, setsOf(selected.nodes));
        return { ...at, kind: 'derived', slots, field, out };
      }
      case 'ownedId':
        draft.wanted.add('id');
        return { ...at, kind: 'ownedId', slot: this.joinOwners(place) };
      case 'nodeId': {
        const key = mappingOf(draft.type).fields[field.key];
        if (key === undefined) throw new Error(`${draft.type}.${field.key} has no row in src/mapping.`);
        return { ...at, kind: 'nodeId', type: draft.type, id: this.addMapped(place, selected, key) };
      }
      case 'relation':
        if (field.source === 'owner' || leadsBack(place, field))
          return { ...at, kind: 'owner', ...this.addOwner(place, setsOf(selected.nodes)) };
        if (field.source === 'behind') {
          const { slots, relation } = this.addBehind(place, field.path, selected.node);
          const byType = this.addTypes(relation.types, [], field.target, setsOf(selected.nodes));
          return { ...at, kind: 'behind', slots, field, byType };
        }
        return this.addRelation(place, selected, field, at);
    }
  }

  /** Relations behind each other, all of whose lists are read whole. They share their reads with the query's own. */
  private addBehind(
    { draft }: Place,
    path: readonly string[],
    node: FieldNode,
  ): { readonly slots: readonly number[]; readonly relation: RelationDraft } {
    const [name = '', ...others] = path;
    const relation = this.relationOf(draft, name, `${name}()`);
    relation.wantsRows = true;
    for (const type of relation.types.values()) type.joins.add('id');
    const definition = this.objectType(draft.type).getFields()[name];
    if (definition !== undefined && relation.field.cardinality === 'connection') {
      // A use that names no page wants all of it.
      const use = { name: `${draft.type}.${name}`, definition, node, isConnection: false, constant: {} };
      relation.uses.push(this.compilation.uses.push(use) - 1);
    }
    if (others.length === 0) return { slots: [relation.slot], relation };
    const next = relation.types.get(relation.field.target);
    if (next === undefined) throw new Error(`${relation.name} leads to objects of several types.`);
    const behind = this.addBehind({ draft: next, parents: [] }, others, node);
    return { slots: [relation.slot, ...behind.slots], relation: behind.relation };
  }

  /**
   * The owner of a right is the object it was read from, or, for a right inside an error, whom the error is about. What leads
   * back is the same: the object has what is asked of it there.
   */
  private addOwner(
    place: Place,
    sets: readonly SelectionSetNode[],
  ): { readonly slot: number | undefined; readonly byType: OutByType } {
    const [first] = place.parents;
    if (first?.draft.type === 'AssignmentError') {
      const { slot, types } = this.affectedOf(first);
      return { slot, byType: this.addTypes(types, [first], 'DirectoryObject', sets) };
    }
    const byType = Object.fromEntries(place.parents.map((owner) => [owner.draft.type, this.addFields(owner, sets)]));
    return { slot: undefined, byType };
  }

  /** What has to be known of an owner to write the id of what it owns. */
  private joinOwners({ parents }: Place): number | undefined {
    const [first] = parents;
    if (first?.draft.type !== 'AssignmentError') {
      for (const owner of parents) owner.draft.joins.add('id');
      return undefined;
    }
    const { slot, types } = this.affectedOf(first);
    for (const type of Object.keys(ownerFields)) typeDraftOf(types, type).joins.add('id');
    return slot;
  }

  /** The relation from an error to whom it is about. */
  private affectedOf(error: Place): RelationDraft {
    return this.relationOf(error.draft, 'assignedTo', 'assignedTo()');
  }

  private relationOf(draft: TypeDraft, name: string, key: string): RelationDraft {
    const field = mappingOf(draft.type).fields[name];
    if (field?.kind !== 'relation') throw new Error(`${draft.type}.${name} is not a relation.`);
    const relation = draft.relationOf(name, key, field, plainList);
    for (const type of this.possibleTypes(field.target)) typeDraftOf(relation.types, type);
    return relation;
  }

  private addRelation(
    place: Place,
    { node, nodes, definition }: Selected,
    field: Exclude<RelationField, { readonly source: 'owner' | 'behind' }>,
    at: OutPlace,
  ): Out {
    const name = `${place.draft.type}.${node.name.value}`;
    const use = this.compilation.addUse(name, definition, node, field.cardinality === 'connection');
    const isList = field.source === 'navigation' && field.cardinality !== 'one';
    const shape = isList ? this.compilation.shapeOf(field, use) : plainList;
    // Each change is made by itself, also where two are spelled alike.
    const key = field.source === 'resolver' ? `${at.key}: ${spellRelation(node)}` : spellRelation(node);
    const relation = place.draft.relationOf(node.name.value, key, field, shape);
    const { slot } = relation;
    if (use !== -1) relation.uses.push(use);
    if (field.source === 'sku') this.joinSku(place.draft);
    if (field.source === 'skuAllotments') this.allotments.joins.add('id');
    if (field.cardinality === 'connection') {
      const type = getNamedType(definition.type).name;
      const items = field.source === 'skuAllotments' ? new Map([['Allotment', this.allotments]]) : relation.types;
      const out = draftConnection(this, { relation, types: items, type, parent: place, nodes });
      return { ...at, kind: 'connection', slot, use, type, out };
    }
    relation.wantsRows = true;
    const byType = this.addTargets(relation, place, getNamedType(definition.type).name, nodes);
    // Relations of a right are read under its owner, so whoever that is has to be known.
    const leadsOn = [...relation.types.values()].some((draft) => draft.leadsOn);
    if (field.source === 'navigation' && field.ownedBy !== undefined && leadsOn) {
      const owner = this.relationOf(place.draft, field.ownedBy, `${field.ownedBy}()`);
      for (const draft of owner.types.values()) draft.joins.add('id');
    }
    return { ...at, kind: field.cardinality, slot, use, byType };
  }

  /** What is asked of the objects of a relation; of rights that are named by themselves, every kind of owner may be the parent. */
  private addTargets(relation: RelationDraft, place: Place, typeName: string, nodes: readonly FieldNode[]): OutByType {
    const { source } = relation.field;
    if (source !== 'references' && source !== 'entity')
      return this.addTypes(relation.types, [place], typeName, setsOf(nodes));
    relation.owners = Object.keys(ownerFields).map((owner) => new TypeDraft(owner));
    const owners = relation.owners.map((draft): Place => ({ draft, parents: [] }));
    return this.addTypes(relation.types, owners, typeName, setsOf(nodes));
  }

  private joinSku(draft: TypeDraft): void {
    draft.joins.add('skuId');
    if ('skuPartNumber' in mappingOf(draft.type).fields) draft.joins.add('skuPartNumber');
  }
}
