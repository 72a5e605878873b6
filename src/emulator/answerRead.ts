/** Answers a GET: the rows of a path, filtered, sorted, cut into pages, expanded and selected. */
import { checkQuery } from './checkQuery.js';
import { filteredData } from './derivedProperties.js';
import { navigate, type Entity } from './entities.js';
import { rowOf, type LinkSettings } from './rowOf.js';
import { badRequest } from './GraphFailure.js';
import { matchesFilter } from './odata/matchesFilter.js';
import { readQueryOptions, type QueryOptions } from './odata/QueryOptions.js';
import type { PathRule } from './pathTable.js';
import { resolvePath } from './routes/resolvePath.js';
import { segmentsOf } from './routes/segmentsOf.js';
import { settleOptions, type OptionSettings, type SettledOptions } from './settleOptions.js';
import type { Json } from './tenant/Tenant.js';
import type { TenantStore } from './tenant/TenantStore.js';

/** How lists are cut and what expansions bring; the options of the emulator. */
export interface ReadSettings extends OptionSettings, LinkSettings {
  readonly pageSize: number;
  readonly maxPageSize: number;
  readonly filterInExpandDropsRows: boolean;
  readonly wrapSingleEntities: boolean;
}

function search(entities: readonly Entity[], text: string): readonly Entity[] {
  const [, property, words = ''] = /^"(\w+):((?:[^"\\]|\\.)*)"$/.exec(text) ?? [];
  if (property !== 'displayName' && property !== 'description')
    throw badRequest(`Syntax error: character '"' is not valid at position 0 in '${text}'.`);
  const wanted = words.replace(/\\(.)/g, '$1').toLowerCase().split(/\s+/).filter(Boolean);
  return entities.filter((entity) => {
    const tokens = String(entity.data[property])
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u);
    return wanted.every((word) => tokens.some((token) => token.startsWith(word)));
  });
}

function sortedBy(
  entities: readonly Entity[],
  { property, descending }: NonNullable<QueryOptions['orderby']>,
): readonly Entity[] {
  const key = (entity: Entity): string => String(entity.data[property]).toLowerCase();
  const sorted = [...entities].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return descending ? sorted.reverse() : sorted;
}

function groupSeats(entities: readonly Entity[], apply: string): Json[] {
  const pattern =
    /^groupby\(\(skuId,\s*skuPartNumber\),\s*aggregate\(allottedUnits with sum as (\w+),\s*consumedUnits with sum as (\w+)\)\)$/;
  const match = pattern.exec(apply);
  if (match === null) throw badRequest(`The $apply expression '${apply}' is not supported.`);
  const [, allotted = '', consumed = ''] = match;
  const rows = new Map<unknown, Json>();
  for (const { data } of entities) {
    const row = rows.get(data.skuId) ?? {
      skuId: data.skuId,
      skuPartNumber: data.skuPartNumber,
      [allotted]: 0,
      [consumed]: 0,
    };
    row[allotted] = Number(row[allotted]) + Number(data.allottedUnits);
    row[consumed] = Number(row[consumed]) + Number(data.consumedUnits);
    rows.set(data.skuId, row);
  }
  return [...rows.values()];
}

function pageSizeOf(rule: PathRule, options: SettledOptions, settings: ReadSettings): number {
  if (options.top !== undefined && options.top > 999)
    throw badRequest(
      `Invalid page size specified: '${options.top}'. Must be between 1 and 999 inclusive.`,
      'Request_BadRequest',
    );
  const wanted = options.top ?? settings.pageSize;
  // An expanded directory list falls back to pages of 100 (reported).
  const cap = rule.directory && options.expand.length > 0 ? Math.min(100, settings.maxPageSize) : settings.maxPageSize;
  return Math.min(wanted, cap);
}

function nextLink(settings: ReadSettings, path: string, query: string, offset: number): string {
  const kept = query.split('&').filter((pair) => pair !== '' && !/^(\$|%24)?skiptoken=/i.test(pair));
  return `${settings.serviceRoot}${path}?${[...kept, `$skiptoken=${Buffer.from(`page ${offset}`).toString('base64url')}`].join('&')}`;
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  if (/^\d+$/.test(token)) return Number(token);
  const match = /^page (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  if (match === null) throw badRequest('The skip token is not valid.', 'Directory_ExpiredPageToken');
  return Number(match[1]);
}

function keepsRow(settings: ReadSettings, store: TenantStore, entity: Entity, options: SettledOptions): boolean {
  if (!settings.filterInExpandDropsRows) return true;
  return options.expand.every(({ navigation, filter }) => {
    const reached = filter === undefined ? undefined : navigate(store, entity, navigation);
    return (
      filter === undefined ||
      (reached !== null &&
        reached !== undefined &&
        !Array.isArray(reached) &&
        matchesFilter((reached as Entity).data, filter))
    );
  });
}

/** A list or a single object, as Graph answers it. `path` is as it was asked for, still encoded. */
export function answerRead(
  store: TenantStore,
  settings: ReadSettings,
  path: string,
  query: string,
  eventual: boolean,
): Json {
  const asked = readQueryOptions(query);
  const { rule, entities } = resolvePath(store, segmentsOf(path));
  const options = settleOptions(rule, path, asked, settings);
  checkQuery(rule, asked, eventual);
  if (!rule.many) {
    const [entity] = entities;
    if (entity === undefined) throw badRequest('The object is not there.');
    const row = rowOf(store, settings, entity, options, path);
    return settings.wrapSingleEntities && !rule.directory && rule.type !== 'usageRight' ? { value: row } : row;
  }
  if (options.apply !== undefined) return { value: groupSeats(entities, options.apply) };
  const { filter } = options;
  let found =
    filter === undefined ? entities : entities.filter((entity) => matchesFilter(filteredData(store, entity), filter));
  found = found.filter((entity) => keepsRow(settings, store, entity, options));
  if (options.search !== undefined) found = search(found, options.search);
  if (options.orderby !== undefined) found = sortedBy(found, options.orderby);
  const offset = offsetOf(options.skiptoken);
  const size = pageSizeOf(rule, options, settings);
  const page = found.slice(offset, offset + size);
  const type = { user: 'users', group: 'groups', device: 'devices' }[rule.type as 'user' | 'group' | 'device'];
  const rows = page.map((entity) =>
    rowOf(store, settings, entity, options, `${type === undefined ? path : `/${type}`}/${String(entity.data.id)}`),
  );
  return {
    ...(options.count && offset === 0 && (eventual || !rule.directory) ? { '@odata.count': found.length } : {}),
    ...(found.length > offset + size ? { '@odata.nextLink': nextLink(settings, path, query, offset + size) } : {}),
    value: rows,
  };
}
