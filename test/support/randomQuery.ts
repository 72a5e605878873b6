import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from './random.js';

/** Ids that are really in the tenant, so that random queries find something. */
export interface KnownIds {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly devices: readonly string[];
  readonly allotments: readonly string[];
  readonly assignments: readonly string[];
  readonly assignmentErrors: readonly string[];
  readonly skus: readonly string[];
  readonly plans: readonly string[];
}

interface Generation {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly ids: KnownIds;
  /** How many lists stand around the present place: nested pages are kept short. */
  readonly lists: number;
}

const unknownId = '99999999-9999-4999-8999-999999999999';

function id(generation: Generation, ids: readonly string[]): string {
  const { random } = generation;
  return JSON.stringify(random.chance(0.1) || ids.length === 0 ? unknownId : random.pick(ids));
}

function guidFilter(generation: Generation, ids: readonly string[]): string {
  const { random } = generation;
  if (random.chance(0.5)) return `{ eq: ${id(generation, ids)} }`;
  return `{ in: [${Array.from({ length: 1 + random.below(3) }, () => id(generation, ids)).join(', ')}] }`;
}

function letter(random: Random): string {
  return JSON.stringify(random.pick(['a', 'B', 'd', 'l', 'S', "O'", 'é']));
}

function filterArgument(generation: Generation, type: string): string {
  const { ids, random } = generation;
  switch (type) {
    case 'UsageRightFilter':
      return random.chance(0.5)
        ? `{ skuId: ${guidFilter(generation, ids.skus)} }`
        : `{ servicePlanId: ${guidFilter(generation, ids.plans)} }`;
    case 'AllotmentFilter':
    case 'AssignmentFilter':
    case 'AssignmentErrorFilter':
      return `{ skuId: ${guidFilter(generation, ids.skus)} }`;
    case 'UserFilter':
      return random.pick([
        `{ displayName: { startsWith: ${letter(random)} } }`,
        `{ accountEnabled: { eq: ${random.chance(0.5)} }, userType: { in: ["Member", "Guest"] } }`,
        `{ assignedSkuId: { eq: ${id(generation, ids.skus)} } }`,
        `{ createdDateTime: { ge: "2024-0${1 + random.below(9)}-01T00:00:00Z" } }`,
      ]);
    case 'GroupFilter':
      return random.pick([
        `{ securityEnabled: { eq: ${random.chance(0.5)} } }`,
        `{ displayName: { startsWith: ${letter(random)} }, mailEnabled: { eq: ${random.chance(0.5)} } }`,
        '{ groupTypes: { eq: "Unified" } }',
      ]);
    case 'DeviceFilter':
      return `{ operatingSystem: { eq: "Windows" }, accountEnabled: { eq: ${random.chance(0.5)} } }`;
    default:
      throw new Error(`No random filter is known for ${type}.`);
  }
}

const idsOfField: Readonly<Record<string, keyof KnownIds>> = {
  user: 'users',
  group: 'groups',
  device: 'devices',
  allotment: 'allotments',
  assignment: 'assignments',
  assignmentError: 'assignmentErrors',
  usersByIds: 'users',
  groupsByIds: 'groups',
  sku: 'skus',
};

function printArguments(generation: Generation, field: GraphQLField<unknown, unknown>): string {
  const { random, ids } = generation;
  const printed: string[] = [];
  for (const argument of field.args) {
    const known = ids[idsOfField[field.name] ?? 'users'];
    if (argument.name === 'first') {
      printed.push(`first: ${1 + random.below(generation.lists === 0 ? 8 : generation.lists === 1 ? 3 : 2)}`);
    } else if (argument.name === 'id' || argument.name === 'skuId')
      printed.push(`${argument.name}: ${id(generation, known)}`);
    else if (argument.name === 'ids') {
      printed.push(`ids: [${Array.from({ length: 1 + random.below(4) }, () => id(generation, known)).join(', ')}]`);
    } else if (argument.name === 'period') printed.push(`period: "${random.pick(['D7', 'D30'])}"`);
    else if (argument.name === 'filter' && random.chance(0.3)) {
      printed.push(`filter: ${filterArgument(generation, getNamedType(argument.type).name)}`);
    } else if (argument.name === 'search' && random.chance(0.1)) printed.push(`search: ${letter(random)}`);
    else if (argument.name === 'orderBy' && random.chance(0.2)) {
      printed.push(`orderBy: { field: DISPLAY_NAME, direction: ${random.pick(['ASC', 'DESC'])} }`);
    }
  }
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

/** The same field behind a fragment, a variable or a directive, which must make no difference, or left out by one. */
function disguise(generation: Generation, field: string, type: string): string {
  const { random } = generation;
  if (!random.chance(0.15)) return field;
  return random.pick([
    `... { ${field} }`,
    `... on ${type} @include(if: $yes) { ${field} }`,
    `... @skip(if: $no) { ${field} }`,
    `... on ${type} @skip(if: $yes) { ${field} }`,
    `... { ${field} ... { ${field} } }`,
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

/** Aliases carry the field's name, so that an object can be asked for in several fragments without a conflict. */
function printSelection(generation: Generation, typeName: string, depth: number): string | undefined {
  if (depth <= 0) return undefined;
  const type = generation.schema.getType(typeName);
  if (isInterfaceType(type)) {
    const fragments = generation.schema.getPossibleTypes(type).flatMap((each) => {
      const fields = generation.random.chance(0.5) ? printObject(generation, each, depth) : [];
      return fields.length === 0 ? [] : [`... on ${each.name} { ${rename(fields, each.name).join(' ')} }`];
    });
    return `{ __typename id displayName ${fragments.join(' ')} }`;
  }
  if (!isObjectType(type)) return undefined;
  const fields = printObject(generation, type, depth).map((field) => disguise(generation, field, type.name));
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
export function randomQuery(schema: GraphQLSchema, random: Random, ids: KnownIds): string {
  const generation: Generation = { schema, random, ids, lists: 0 };
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) => !field.name.startsWith('_'));
  const fields = Array.from({ length: 1 + random.below(3) }, (_, index) =>
    printField(generation, random.pick(roots), 4 + random.below(3), `f${index}: `),
  );
  const kept = fields.filter((field) => field !== undefined);
  const variables = 'query ($yes: Boolean = true, $no: Boolean = false)';
  return `${variables} { __typename @include(if: $yes) @skip(if: $no) ${kept.join(' ')} }`;
}
