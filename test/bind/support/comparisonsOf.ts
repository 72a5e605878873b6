import {
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** One comparison that some filter of the schema can make. */
export interface Comparison {
  readonly name: string;
  /** Query with a place for the value: `users(filter: { mail: { eq: VALUE } })`. */
  readonly at: (value: string) => string;
  readonly type: string;
  readonly isNonNull: boolean;
}

/** The objects under which lists with filters stand. */
export interface OwnerIds {
  readonly user: string;
  readonly group: string;
  readonly device: string;
}

const someId = '00000000-0000-4000-8000-000000000001';

function fieldsWithFilter(type: GraphQLNamedType) {
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const filter = field.args.find(({ name }) => name === 'filter');
    return filter === undefined
      ? []
      : [{ field: field.name, filter: getNamedType(filter.type) as GraphQLInputObjectType }];
  });
}

function ownerOf(type: string, field: string, { user, group, device }: OwnerIds): string {
  const owners: Readonly<Record<string, string>> = {
    Query: '',
    User: `user(id: "${user}")`,
    Group: `group(id: "${group}")`,
    Device: `device(id: "${device}")`,
  };
  const owner = owners[type];
  if (owner === undefined) throw new TypeError(`No way to ${type}.${field} is known here.`);
  return owner;
}

/** Every operator of every field of every filter, at every list that takes it. */
export function comparisonsOf(
  schema: GraphQLSchema,
  ids: OwnerIds = { user: someId, group: someId, device: someId },
): readonly Comparison[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    fieldsWithFilter(type).flatMap(({ field, filter }) =>
      Object.values(filter.getFields()).flatMap((property) => {
        const operators = getNamedType(property.type);
        if (!isInputObjectType(operators)) throw new TypeError(`${filter.name}.${property.name} makes no comparisons`);
        const owner = ownerOf(type.name, field, ids);
        return Object.values(operators.getFields()).map((operator): Comparison => {
          return {
            name: `${type.name}.${field} ${property.name}.${operator.name}`,
            at: (value) => {
              const list = `${field}(filter: { ${property.name}: { ${operator.name}: ${value} } }) { nodes { __typename } }`;
              return owner === '' ? `{ ${list} }` : `{ ${owner} { ${list} } }`;
            },
            type: String(operator.type),
            isNonNull: isNonNullType(operator.type),
          };
        });
      }),
    ),
  );
}
