/**
 * The schema with one resolver for each field that calls Graph by itself: slow, and easy to believe. Lists are read whole
 * and cut; filters are applied in memory where that is possible, so that they check the gateway's `$filter` too.
 */
import {
  buildASTSchema,
  getNamedType,
  GraphQLID,
  GraphQLString,
  isLeafType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { readTypeDefinitions } from '../../src/schema/readTypeDefinitions.js';
import { builtInNames } from '../../src/names/readProductNames.js';
import { unexpected } from './BadGraphAnswer.js';
import { writeNodeId, writeRightId } from './globalIds.js';
import {
  anyProperties,
  graphObject,
  page,
  related,
  relatedList,
  type GraphObject,
  type Resolver,
} from './graphObjects.js';
import { assignmentErrors, item, licensingResolvers, ownerOfRight, principal } from './licensingResolvers.js';
import { readItems, readProperty } from './readProperty.js';
import type { Json } from './ReferenceGraph.js';
import { rootFields } from './rootFields.js';
import { skuFields, skuResolvers } from './skuResolvers.js';

/** Members and owners, with their number. */
function peopleOf(segment: string): Resolver {
  return async (group, args, context) => {
    const all = await relatedList(context, `${group.path}/${segment}`, group);
    return all === null ? null : { ...page(all, args), totalCount: all.length };
  };
}

const user: Readonly<Record<string, Resolver>> = {
  ...principal,
  assignmentErrors: assignmentErrors('/cloudLicensing/assignmentErrors'),
  assignmentError: item(
    'AssignmentError',
    '/cloudLicensing/assignmentErrors',
    '/admin/cloudLicensing/assignmentErrors',
  ),
  memberOf: async (parent, args, context) => {
    const groups = await relatedList(context, `${parent.path}/memberOf`, parent, 'Group');
    return groups === null ? null : page(groups, args);
  },
  manager: async (parent, _args, context) => {
    const manager = await related(context, `${parent.path}/manager`, anyProperties, parent);
    return manager instanceof Error || manager?.__typename === 'User' ? manager : null;
  },
};

const rightId: Resolver = async (right, _args, context) => {
  const owner = await ownerOfRight(right, context);
  const id = readProperty('UsageRight', 'id', GraphQLID, right.data.id);
  return writeRightId(owner.__typename, String(owner.data.id).toLowerCase(), String(id));
};

function difference(type: string): Resolver {
  return ({ data }) => {
    const { allottedUnits, consumedUnits } = data;
    if (Number.isInteger(allottedUnits) && Number.isInteger(consumedUnits)) {
      return Number(allottedUnits) - Number(consumedUnits);
    }
    throw unexpected(`${type} has odd units`);
  };
}

const resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Query: rootFields,
  User: user,
  Group: { ...principal, members: peopleOf('members'), owners: peopleOf('owners') },
  Device: principal,
  UsageRight: { ...licensingResolvers.UsageRight, sku: skuFields.skuOf, id: rightId },
  Assignment: licensingResolvers.Assignment ?? {},
  AssignmentError: { ...licensingResolvers.AssignmentError, sku: skuFields.skuOf },
  WaitingMember: licensingResolvers.WaitingMember ?? {},
  Allotment: { ...licensingResolvers.Allotment, sku: skuFields.skuOf, availableUnits: difference('Allotment') },
  Sku: skuResolvers,
  Service: {
    displayName: (({ data }) => {
      if (typeof data.planId !== 'string') return null;
      return builtInNames.servicePlan(data.planId) ?? readProperty('Service', 'planName', GraphQLString, data.planName);
    }) satisfies Resolver,
  },
};

type Field = GraphQLField<unknown, unknown>;

/** Graph's name of a property that the schema calls otherwise. */
const properties: Readonly<Record<string, string>> = {
  'UsageRight.usageRightId': 'id',
  'UnknownDirectoryObject.odataType': '@odata.type',
};

function readField(type: string, { name, type: fieldType }: Field, source: GraphObject | Json): unknown {
  // Connections, edges and page infos are plain objects; everything else is an object of Graph.
  if (!('__typename' in source)) return source[name];
  const { data } = source as GraphObject;
  const property = properties[`${type}.${name}`] ?? name;
  if (isLeafType(getNamedType(fieldType))) return readProperty(type, property, fieldType, data[property]);
  const items = readItems(type, property, data[property]);
  const inner = getNamedType(fieldType).name;
  return items?.map((each) =>
    each instanceof Error || '__typename' in each ? each : graphObject(inner, each as Json, ''),
  );
}

/** The one value of an own resolver that Graph has sent is held to its type too. */
function readOwn(type: string, { name, type: fieldType }: Field, own: Resolver): Resolver {
  if (type !== 'Sku' || !isLeafType(getNamedType(fieldType))) return own;
  return async (source, args, context) => readProperty(type, name, fieldType, await own(source, args, context));
}

function nodeIdOf(type: string, keyField: Field | undefined): Resolver {
  return async (source, args, context) => {
    const key: unknown = await keyField?.resolve?.(source, args, context, undefined as never);
    return writeNodeId(type, String(key));
  };
}

/** The schema with the reference resolvers in place. */
export function createReferenceSchema(): GraphQLSchema {
  const schema = buildASTSchema(parse(readTypeDefinitions()), { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = type.getFields();
    for (const field of Object.values(fields)) {
      const own = resolvers[type.name]?.[field.name] as Resolver | undefined;
      const resolve: Resolver = own ? readOwn(type.name, field, own) : (source) => readField(type.name, field, source);
      field.resolve = resolve;
    }
    // The id of a SKU is its `skuId`, a GUID.
    const key = type.name === 'Sku' ? fields.skuId : fields.id;
    if (type.name === 'Sku' && fields.id?.resolve && key?.resolve) fields.id.resolve = key.resolve;
    if (fields.nodeId !== undefined) fields.nodeId.resolve = nodeIdOf(type.name, key);
  }
  return schema;
}
