import type { GraphFaults, Json } from '../../reference/ReferenceGraph.js';

/** Odd values that Graph might send in the place of a property. */
const oddValues: readonly unknown[] = [null, 42, true, 'odd', '', {}, [], 1.5, ['odd'], '2024-02-30T00:00:00Z'];

/** Relations that Graph may refuse by their own path, and then leaves out of expansions. */
const relations = new Set([
  'allotment',
  'assignmentErrors',
  'assignments',
  'memberOf',
  'members',
  'owners',
  'usageRights',
  'waitingMembers',
]);

/** Complex values have no id: their place is told by a property of theirs. */
const keysOfComplex: Readonly<Record<string, string>> = {
  services: 'planId',
  subscriptions: 'subscriptionId',
  licenseInfoDetails: 'licenseType',
};

const seatProperties = ['skuId', 'skuPartNumber', 'allottedUnits', 'consumedUnits', 'services'];

/** The hash of a text (FNV-1a) that begins with what `begun` is the hash of. */
function hashOf(text: string, begun = 0x811c9dc5): number {
  let hash = begun;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** A number from 0 to below 1 for a text (its hash, mixed): the same on both sides, whatever way leads there. */
function chanceOf(text: string, begun?: number): number {
  let hash = hashOf(text, begun);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How often what goes wrong. */
const rates = { property: 0.04, item: 0.03, relation: 0.05, list: 0.05 };

/**
 * Faults that depend on nothing but a seed and on the object, property or list that they strike, so that whoever reads
 * Graph, by whatever calls, meets the same ones.
 *
 * What is left whole: ids and types, since objects are found by them; what a filter of the query compares, since one side
 * filters in Graph and the other in memory; of allotments what SKUs are added up from, where the query asks for SKUs.
 */
export class SeededFaults implements GraphFaults {
  private readonly exempt: ReadonlySet<string>;
  private readonly asksForSkus: boolean;
  private readonly asksForAllotmentsOfRights: boolean;
  private readonly isFiltered: boolean;
  private readonly counts: boolean;

  constructor(
    private readonly seed: number,
    query: string,
  ) {
    const filters = [...query.matchAll(/filter: *\{[^)]*/g)].map(([text]) => text).join(' ');
    this.isFiltered = /\b(filter|search|orderBy):/.test(query);
    const compared = this.isFiltered ? ['assignedLicenses', 'displayName', ...(filters.match(/\w+/g) ?? [])] : [];
    // Fields that follow from whole lists are read in other ways by each side.
    const isDerived = /\b(origin|inheritedFrom|disabledServices|containedIn)\b/.test(query);
    this.exempt = new Set(['id', ...compared, ...(isDerived ? ['disabledServicePlanIds'] : [])]);
    this.asksForSkus = isDerived || /\bskus?\b *[({]|\bnodeIds?:/.test(query);
    this.asksForAllotmentsOfRights = isDerived || /\ballotments\b/.test(query);
    this.counts = query.includes('totalCount');
  }

  statusOf(path: string): number | undefined {
    const resource = path.split('?')[0] ?? '';
    const key = this.keyOf(resource);
    if (key === undefined || !this.fails(key, resource)) return undefined;
    return chanceOf(`${this.seed} status ${key}`) < 0.75 ? 403 : 500;
  }

  change(path: string, body: unknown): unknown {
    if (!isObject(body)) return body;
    const resource = path.split('?')[0] ?? '';
    const { value } = body;
    if (Array.isArray(value)) return { ...body, value: this.changeItems(this.keyOf(resource), value) };
    return this.changeObject(body, '');
  }

  /** The name of a list or relation: the same for its own path and for an expansion. */
  private keyOf(resource: string): string | undefined {
    if (resource.startsWith('/directoryObjects/')) return undefined;
    const [, owner, name] = /([^/]+)\/(?:cloudLicensing\/)?(\w+)$/.exec(resource) ?? [];
    const isRoot = /^\/(\w+|admin\/cloudLicensing\/\w+|reports\/[^/]+)$/.test(resource);
    return isRoot ? resource : owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
  }

  private fails(key: string, resource: string): boolean {
    // A list whose number alone is asked for, or together with its rows, is not read the same way by both.
    if (this.counts) return false;
    const isRoot = key.startsWith('/');
    if (isRoot && (key === '/me' || (this.asksForSkus && key.endsWith('/allotments')))) return false;
    const name = key.split('/').at(-1) ?? '';
    if (!isRoot && !relations.has(name)) return false;
    if (name === 'allotment' && resource !== '' && !resource.includes('/assignments/')) return false;
    // One side reads the allotments of assignments to filter by their SKUs.
    if (name === 'allotment' && this.isFiltered) return false;
    // The allotments of a right are read over its assignments by one side, and expanded by the other.
    if (this.asksForAllotmentsOfRights && (name === 'allotment' || name === 'assignments')) return false;
    return chanceOf(`${this.seed} fails ${key}`) < (isRoot ? rates.list : rates.relation);
  }

  private changeItems(key: string | undefined, items: readonly unknown[]): readonly unknown[] {
    return items.map((item) => {
      if (!isObject(item)) return item;
      return this.isNulled(key, item.id) ? null : this.changeObject(item, '');
    });
  }

  private isNulled(key: string | undefined, id: unknown): boolean {
    if (key === undefined || typeof id !== 'string' || this.isFiltered) return false;
    if (this.asksForSkus && key.endsWith('/allotments')) return false;
    if (this.asksForAllotmentsOfRights && /\/(assignments|allotments)$/.test(key)) return false;
    return chanceOf(`${this.seed} nulls ${key} ${id}`) < rates.item;
  }

  /** An object with what is wrong in it; `place` tells complex values apart, which have no id. */
  private changeObject(object: Json, place: string): Json {
    // Sums of seats are made by one side and asked for by the other.
    if ('totalAllottedUnits' in object) return object;
    const name = place === '' ? String(object.id) : place;
    // Most of the time of a comparison is in these hashes: what the properties of an object have in common is read once.
    const begun = hashOf(`${this.seed} odd ${name} `);
    const isAllotment = 'allottedUnits' in object || String(object['@odata.type']).endsWith('allotment');
    const entries = Object.entries(object).flatMap(([property, value]): [string, unknown][] => {
      if (property.startsWith('@') || property.includes('@odata')) return [[property, value]];
      if (isObject(value)) return this.changeRelation(name, property, value);
      const inner = Array.isArray(value) ? this.changeList(name, property, value) : value;
      if (inner === undefined) return [];
      const isKept =
        this.exempt.has(property) || (this.asksForSkus && isAllotment && seatProperties.includes(property));
      const isNavigation = relations.has(property) || property === 'allotments';
      if (isKept || isNavigation || chanceOf(property, begun) >= rates.property) return [[property, inner]];
      const kind = Math.floor(chanceOf(`${property} kind`, begun) * (oddValues.length + 4));
      return kind < oddValues.length ? [[property, oddValues[kind]]] : [];
    });
    return Object.fromEntries(entries);
  }

  private changeRelation(owner: string, navigation: string, value: Json): [string, unknown][] {
    const isRefused = this.fails(`${owner}/${navigation}`, '');
    return isRefused ? [] : [[navigation, this.changeObject(value, '')]];
  }

  private changeList(owner: string, property: string, items: readonly unknown[]): readonly unknown[] | undefined {
    const key = `${owner}/${property}`;
    const complex = keysOfComplex[property];
    if (complex === undefined) return this.fails(key, '') ? undefined : this.changeItems(key, items);
    if (this.asksForSkus) return items;
    return items.map((item) => {
      if (!isObject(item)) return item;
      const place = `${key}/${String(item[complex])}`;
      return chanceOf(`${this.seed} nulls ${place}`) < rates.item / 4 ? null : this.changeObject(item, place);
    });
  }
}
