import { text } from './conversions.js';
import type {
  ByIdsField,
  ComplexField,
  ComputedField,
  Conversion,
  DirectoryType,
  EntityField,
  FilterTable,
  ItemsField,
  JsonObject,
  NavigationField,
  PathFact,
  ProductNames,
  PropertyField,
  ReferenceForm,
  ReferencesField,
  ResolvedField,
  RowAddress,
  TypeMapping,
} from './mappingTypes.js';

/** A type whose objects have no path of their own in Graph. */
export function withoutPath(fields: TypeMapping['fields']): TypeMapping {
  return { collection: undefined, item: undefined, fields };
}

/** A nullable property of the same or another name, a text unless said otherwise. */
export function property(name: string, convert: Conversion = text): PropertyField {
  return { kind: 'property', property: name, required: false, convert };
}

/** A property that Graph's metadata declares as never null, a text unless said otherwise. */
export function required(name: string, convert: Conversion = text): PropertyField {
  return { kind: 'property', property: name, required: true, convert };
}

/** Complex values that are part of the object, always there. */
export function complex(name: string, type: string): ComplexField {
  return { kind: 'complex', property: name, required: true, type };
}

/** Complex values that may be missing. */
export function optionalComplex(name: string, type: string): ComplexField {
  return { kind: 'complex', property: name, required: false, type };
}

/** A value computed from the named properties. */
export function computed(
  needs: readonly string[],
  compute: (data: JsonObject, names: ProductNames) => unknown,
): ComputedField {
  return { kind: 'computed', needs, compute };
}

interface NavigationOptions {
  readonly navigation?: string;
  readonly path?: string;
  readonly fact: PathFact;
  readonly rows?: RowAddress;
  readonly ownedBy?: string;
  readonly nullable?: boolean;
  readonly filter?: FilterTable;
  readonly onlyType?: string;
  readonly through?: { readonly path: string; readonly type: string; readonly field: string };
  readonly parentTypes?: readonly string[];
}

function navigation(
  target: string,
  cardinality: NavigationField['cardinality'],
  options: NavigationOptions,
): NavigationField {
  return {
    kind: 'relation',
    source: 'navigation',
    target,
    cardinality,
    navigation: options.navigation,
    path: options.path,
    fact: options.fact,
    rows: options.rows ?? 'canonical',
    ownedBy: options.ownedBy,
    nullable: options.nullable ?? false,
    filter: options.filter,
    onlyType: options.onlyType,
    through: options.through,
    parentTypes: options.parentTypes ?? [],
  };
}

/** A relation to one object. */
export function one(target: string, options: NavigationOptions): NavigationField {
  return navigation(target, 'one', options);
}

/** A relation to a plain list. */
export function list(target: string, options: NavigationOptions): NavigationField {
  return navigation(target, 'list', options);
}

/** A relation to a Relay connection. */
export function connection(target: string, options: NavigationOptions): NavigationField {
  return navigation(target, 'connection', options);
}

/** Directory objects by the ids in the argument `ids`. */
export function byIds(target: DirectoryType): ByIdsField {
  return { kind: 'relation', source: 'byIds', target, cardinality: 'list' };
}

/** Entities that an argument names. */
export function references(cardinality: 'one' | 'list', argument: string, form: ReferenceForm): ReferencesField {
  return { kind: 'relation', source: 'references', target: 'Node', cardinality, argument, form };
}

/** The entity, or the entities, whose keys a property of the object holds. */
export function entity(target: string, property: string, cardinality: 'one' | 'list' = 'one'): EntityField {
  return { kind: 'relation', source: 'entity', target, cardinality, property };
}

/** Objects in a list of the object itself, which have relations. */
export function items(type: string, property: string): ItemsField {
  return { kind: 'relation', source: 'items', target: type, cardinality: 'list', property };
}

/** An object that a resolver gives. */
export function resolved(target: string): ResolvedField {
  return { kind: 'relation', source: 'resolver', target, cardinality: 'one' };
}
