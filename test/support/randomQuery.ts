import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from './random.js';
import { randomFilter, type KnownIds } from './randomFilter.js';
import { RandomVariables } from './RandomVariables.js';
import { writeNodeId } from '../reference/globalIds.js';

export type { KnownIds } from './randomFilter.js';

/** A document with one query, and its variables. */
export interface RandomQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What random queries hold. */
export interface RandomQueryOptions {
  /** Whether lists are filtered, searched and sorted; true unless said otherwise. */
  readonly filters?: boolean;
  /** Whether rows are asked of every list, so that each of them is read; false unless said otherwise. */
  readonly rows?: boolean;
}

interface Generation {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly ids: KnownIds;
  readonly variables: RandomVariables;
  readonly filters: boolean;
  readonly rows: boolean;
  /** How many lists stand around the present place: nested pages are kept short. */
  readonly lists: number;
}

const unknownId = '99999999-9999-4999-8999-999999999999';

function someId({ random }: Generation, ids: readonly string[]): string {
  return random.chance(0.1) || ids.length === 0 ? unknownId : random.pick(ids);
}

function letter(random: Random): string {
  return random.pick(['a', 'B', 'd', 'l', 'S', "O'", 'é']);
}

const idsOfField: Readonly<Record<string, keyof KnownIds>> = {
  user: 'users',
  group: 'groups',
  device: 'devices',
  allotment: 'allotments',
  assignment: 'assignments',
  assignmentError: 'assignmentErrors',
  usageRight: 'rights',
  waitingMember: 'waitingMembers',
  usersByIds: 'users',
  groupsByIds: 'groups',
  sku: 'skus',
};

const nodeTypes: Readonly<Record<string, keyof KnownIds>> = {
  User: 'users',
  Group: 'groups',
  Device: 'devices',
  Allotment: 'allotments',
  Assignment: 'assignments',
  AssignmentError: 'assignmentErrors',
  Sku: 'skus',
  UsageRight: 'rights',
};

function nodeId(generation: Generation): string {
  const type = generation.random.pick(Object.keys(nodeTypes));
  const known = generation.ids[nodeTypes[type] ?? 'users'];
  // The id of a right that nobody wrote is malformed, and not unknown.
  return writeNodeId(type, type === 'UsageRight' ? generation.random.pick(known) : someId(generation, known));
}

function listOf(random: Random, make: () => string): readonly string[] {
  return Array.from({ length: 1 + random.below(4) }, make);
}

/** The value of an argument; undefined where it is left out. */
function argumentValue(generation: Generation, field: string, { name, type }: GraphQLArgument): unknown {
  const { random, ids, filters, lists } = generation;
  const known = ids[idsOfField[field] ?? 'users'];
  switch (name) {
    case 'first':
      return 1 + random.below(lists === 0 ? 8 : lists === 1 ? 3 : 2);
    case 'id':
    case 'skuId':
      return someId(generation, known);
    case 'ids':
      return listOf(random, () => someId(generation, known));
    case 'nodeId':
      return nodeId(generation);
    case 'nodeIds':
      return listOf(random, () => nodeId(generation));
    case 'period':
      return random.pick(['D7', 'D30']);
    case 'after':
      return random.chance(0.05) ? random.pick(['', null]) : undefined;
    case 'filter':
      return filters && random.chance(0.3) ? randomFilter(random, ids, getNamedType(type).name) : undefined;
    case 'search':
      return filters && random.chance(0.1) ? letter(random) : undefined;
    case 'orderBy':
      return filters && random.chance(0.2)
        ? { field: 'DISPLAY_NAME', direction: random.pick(['ASC', 'DESC']) }
        : undefined;
    default:
      throw new Error(`No random value is known for the argument ${name}.`);
  }
}

function printArguments(generation: Generation, field: GraphQLField<unknown, unknown>): string {
  const printed = field.args.flatMap((argument) => {
    const value = argumentValue(generation, field.name, argument);
    if (value === undefined) return [];
    return [`${argument.name}: ${generation.variables.print(value, argument.type)}`];
  });
  return printed.length === 0 ? '' : `(${printed.join(', ')})`;
}

function printField(
  generation: Generation,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  alias: string,
): string | undefined {
  const type = getNamedType(field.type);
  const call = `${alias}${field.name}${printArguments(generation, field)}`;
  if (!isCompositeType(type)) return call;
  const isList = String(field.type).includes('[') || type.name.endsWith('Connection');
  const inner = { ...generation, lists: generation.lists + (isList ? 1 : 0) };
  const selection = printSelection(inner, type.name, depth - 1);
  return selection === undefined ? undefined : `${call} ${selection}`;
}

function chooseFields(
  generation: Generation,
  type: GraphQLObjectType,
  depth: number,
): GraphQLField<unknown, unknown>[] {
  const { random } = generation;
  const fields = Object.values(type.getFields()).filter((field) => !field.name.startsWith('_'));
  const scalars = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
  const relations = fields.filter((field) => isCompositeType(getNamedType(field.type)));
  if (type.name.endsWith('Connection') || type.name.endsWith('Edge')) {
    // Counts of members come with an option of their own on the reference's side too, and are kept rare.
    return fields.filter((field) => random.chance(field.name === 'totalCount' ? 0.1 : 0.7));
  }
  return [
    ...scalars.filter(() => random.chance(0.4)),
    ...(depth > 1 ? relations.filter(() => random.chance(1.6 / (relations.length + 1))) : []),
  ];
}

/** An interface of the type that has the field too. */
function interfaceWith(type: GraphQLObjectType, field: string): string {
  const name = /^(?:\w+: )?(\w+)/.exec(field)?.[1] ?? '';
  return type.getInterfaces().find((each) => name in each.getFields())?.name ?? type.name;
}

/** The same field behind a fragment, a variable or a directive, which must make no difference, or left out by one. */
function disguise({ random }: Generation, field: string, type: GraphQLObjectType): string {
  if (!random.chance(0.15)) return field;
  return random.pick([
    `... { ${field} }`,
    `... on ${type.name} @include(if: $yes) { ${field} }`,
    `... @skip(if: $no) { ${field} }`,
    `... on ${type.name} @skip(if: $yes) { ${field} }`,
    `... { ${field} ... { ${field} } }`,
    `... on ${interfaceWith(type, field)} { ${field} }`,
  ]);
}

function printObject(generation: Generation, type: GraphQLObjectType, depth: number): string[] {
  const { random } = generation;
  return chooseFields(generation, type, depth).flatMap((field) => {
    const alias = random.chance(0.1) ? `other_${field.name}: ` : '';
    const printed = [printField(generation, field, depth, alias)];
    // The same field once more under another name, mostly with other arguments.
    if (alias === '' && random.chance(0.08))
      printed.push(printField(generation, field, depth, `again_${field.name}: `));
    return printed.filter((each) => each !== undefined);
  });
}

function printInterface(generation: Generation, type: GraphQLInterfaceType, depth: number): string {
  const fragments = generation.schema.getPossibleTypes(type).flatMap((each) => {
    const fields = generation.random.chance(0.5) ? printObject(generation, each, depth) : [];
    return fields.length === 0 ? [] : [`... on ${each.name} { ${rename(fields, each.name).join(' ')} }`];
  });
  return `{ __typename ${Object.keys(type.getFields()).join(' ')} ${fragments.join(' ')} }`;
}

/** Aliases carry the field's name, so that an object can be asked for in several fragments without a conflict. */
function printSelection(generation: Generation, typeName: string, depth: number): string | undefined {
  if (depth <= 0) return undefined;
  const type = generation.schema.getType(typeName);
  if (isInterfaceType(type)) return printInterface(generation, type, depth);
  if (!isObjectType(type)) return undefined;
  const fields = printObject(generation, type, depth).map((field) => disguise(generation, field, type));
  if (generation.rows && typeName.endsWith('Connection')) fields.push('rows: nodes { __typename }');
  return fields.length === 0 ? '{ __typename }' : `{ __typename ${fields.join(' ')} }`;
}

/** Fields of different types under one key may not differ in their arguments (OverlappingFieldsCanBeMerged). */
function rename(fields: readonly string[], type: string): string[] {
  return fields.map((field) => {
    const match = /^(\w+)(:)?/.exec(field);
    const name = match?.[1] ?? '';
    return match?.[2] === ':' ? `${type}_${field}` : `${type}_${name}: ${field}`;
  });
}

/** A random valid query of one to three root fields. */
export function randomQuery(
  schema: GraphQLSchema,
  random: Random,
  ids: KnownIds,
  { filters = true, rows = false }: RandomQueryOptions = {},
): RandomQuery {
  const variables = new RandomVariables(random);
  const generation: Generation = { schema, random, ids, variables, filters, rows, lists: 0 };
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) => !field.name.startsWith('_'));
  const fields = Array.from({ length: 1 + random.below(3) }, (_, index) =>
    printField(generation, random.pick(roots), 4 + random.below(3), `f${index}: `),
  );
  const kept = fields.filter((field) => field !== undefined).join(' ');
  const declared = ['$yes: Boolean = true', '$no: Boolean = false', ...variables.declarations(kept)].join(', ');
  const query = `query (${declared}) { __typename @include(if: $yes) @skip(if: $no) ${kept} }`;
  return { query, variables: variables.valuesIn(kept) };
}
