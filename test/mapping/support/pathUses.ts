import { graphPaths, seatsApply } from '../../../src/mapping/graphPaths.js';
import type { Basis, ExpandFact, FieldMapping, PathFact } from '../../../src/mapping/mappingTypes.js';
import { schemaMapping } from '../../../src/mapping/schemaMapping.js';

/** One request that a row of the table allows. */
export interface PathUse {
  /** Options as they stand behind the path. */
  readonly query: string;
  readonly basis: Basis;
  /** Whether it is an advanced query of the directory. */
  readonly advanced: boolean;
}

const someGuid = '00000000-0000-4000-8000-000000000001';
const directoryTypes = ['User', 'Group', 'Device'];
/** Control information, which is selected by nobody. */
const isProperty = (name: string): boolean => !name.startsWith('@');

function fieldsOf(type: string): readonly FieldMapping[] {
  return Object.values(schemaMapping[type]?.fields ?? {});
}

/** GraphQL types of the objects at the end of a path; those of the directory for its interface. */
export function typesAt(row: PathFact): readonly string[] {
  const byRelation = Object.keys(schemaMapping).flatMap((type) =>
    fieldsOf(type).flatMap((field) =>
      // Where a relation has no path, its fact says how the object is found that it hangs on.
      field.kind === 'relation' && field.source === 'navigation' && field.path !== undefined && field.fact === row
        ? [field.target]
        : [],
    ),
  );
  const byItem = Object.keys(schemaMapping).filter((type) => schemaMapping[type]?.item === row);
  const found = new Set([...byRelation, ...byItem]);
  // The rows that `skus` and `sku` are read from.
  if (found.delete('DirectoryObject')) for (const type of directoryTypes) found.add(type);
  return [...found];
}

/** Graph properties that the fields of some types are read from. */
function propertiesOf(types: readonly string[]): readonly string[] {
  const names = types.flatMap(fieldsOf).flatMap((field): readonly string[] => {
    if (field.kind === 'property' || field.kind === 'complex') return [field.property];
    return field.kind === 'computed' || field.kind === 'derived' ? field.needs : [];
  });
  return [...new Set(names)].filter(isProperty);
}

/** The types behind a navigation of some types. */
function typesBehind(types: readonly string[], navigation: string): readonly string[] {
  const targets = types
    .flatMap(fieldsOf)
    .flatMap((field) =>
      field.kind === 'relation' && field.source === 'navigation' && field.navigation === navigation
        ? [field.target]
        : [],
    );
  return targets.flatMap((target) => (target === 'DirectoryObject' ? directoryTypes : [target]));
}

const weaker = (one: Basis | undefined, other: Basis | undefined): Basis =>
  one === 'inferred' || other === 'inferred' ? 'inferred' : 'documented';

type Expansion = Omit<PathUse, 'advanced'>;

/** What an expansion may look like, without the name of the option: `manager`, `manager($select=id)`. */
function expansionsOf(
  navigation: string,
  fact: ExpandFact,
  types: readonly string[],
  outer: Basis | undefined,
): readonly Expansion[] {
  const basis = weaker(outer, fact.basis);
  const behind = typesBehind(types, navigation);
  const inside = (option: string, own: Basis | undefined): Expansion => ({
    query: `${navigation}(${option})`,
    basis: weaker(basis, own),
  });
  const { select, filter } = fact.nested;
  return [
    { query: navigation, basis },
    ...(select === undefined ? [] : propertiesOf(behind).map((name) => inside(`$select=${name}`, select))),
    // The one filter inside an expansion that the table knows is by the SKU of the allotment.
    ...(filter === undefined ? [] : [inside(`$filter=skuId eq ${someGuid}`, filter)]),
    ...Object.entries(fact.within).flatMap(([inner, innerFact]) =>
      expansionsOf(inner, innerFact, behind, basis).map((each) => inside(`$expand=${each.query}`, each.basis)),
    ),
  ];
}

/** As many documented expansions at once as the row allows. */
function together({ expand, maxExpands, options }: PathFact): readonly Expansion[] {
  const names = Object.keys(expand)
    .filter((name) => expand[name]?.basis === 'documented')
    .slice(0, maxExpands);
  return names.length < 2 ? [] : [{ query: names.join(','), basis: weaker(undefined, options.expand) }];
}

/** Every option of a row but filters, searches and orders, which the fields with such arguments make. */
export function usesOf(row: PathFact): readonly PathUse[] {
  const { options, expand } = row;
  const types = typesAt(row);
  const one = (query: string, basis: Basis | undefined, advanced = false): readonly PathUse[] =>
    basis === undefined ? [] : [{ query, basis, advanced }];
  const expansions = [
    ...Object.entries(expand).flatMap(([name, fact]) => expansionsOf(name, fact, types, options.expand)),
    ...together(row),
  ];
  return [
    { query: '', basis: 'documented', advanced: false },
    ...propertiesOf(types).flatMap((name) => one(`$select=${name}`, options.select)),
    ...expansions.flatMap(({ query, basis }) => one(`$expand=${query}`, basis)),
    ...one('$top=2', options.top),
    ...one('$count=true', options.count, true),
    ...one(`$apply=${seatsApply}`, options.apply),
  ];
}

/** The rows of the table by their paths. */
export const rows: readonly PathFact[] = Object.values(graphPaths);
