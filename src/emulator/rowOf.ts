/** Carries out the expansions of a request in one row of its answer. */
import { completeData } from './derivedProperties.js';
import { navigate, type Entity } from './entities.js';
import { matchesFilter } from './odata/matchesFilter.js';
import type { SettledExpansion } from './settleOptions.js';
import type { Json } from './tenant/Tenant.js';
import type { TenantStore } from './tenant/TenantStore.js';

const v1UserDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];
const samples: Readonly<Record<string, readonly string[]>> = {
  assignedTo: ['id', 'displayName', 'userPrincipalName'],
  manager: v1UserDefaults,
};

/** How expanded collections link to what they leave out. */
export interface LinkSettings {
  readonly expandNextLinks: boolean;
  readonly serviceRoot: string;
}

/** The named properties of an object, with its id and type; all of them where no names are given. */
export function pick(data: Json, names: readonly string[] | undefined): Json {
  if (names === undefined) return data;
  const picked: Json = { '@odata.type': data['@odata.type'] };
  for (const name of ['id', ...names]) if (name in data) picked[name] = data[name];
  return picked;
}

/** An object as it is answered, with its expansions. `path` is where it can be read, for links. */
export function rowOf(
  store: TenantStore,
  settings: LinkSettings,
  entity: Entity,
  { select, expand }: Pick<SettledExpansion, 'select' | 'expand'>,
  path: string,
): Json {
  const row = { ...pick(completeData(store, entity), select) };
  for (const expansion of expand) expandInto(store, settings, entity, expansion, row, path);
  return row;
}

function expandInto(
  store: TenantStore,
  settings: LinkSettings,
  entity: Entity,
  expansion: SettledExpansion,
  row: Json,
  path: string,
): void {
  const { filter, navigation, limit, count, documented } = expansion;
  const reached = navigate(store, entity, navigation);
  if (reached === undefined || reached === null) return;
  const select = expansion.select ?? samples[navigation];
  const inner = (item: Entity): Json =>
    rowOf(store, settings, item, { select, expand: expansion.expand }, `${path}/${navigation}/${String(item.data.id)}`);
  // Rows behind a complex property are answered by their last name, right on the object.
  const name = navigation.replace(/^.*\//, '');
  if (!Array.isArray(reached)) {
    const single = reached as Entity;
    if (filter === undefined || matchesFilter(single.data, filter)) row[name] = inner(single);
    return;
  }
  const items = reached as readonly Entity[];
  if (count) row[`${name}@odata.count`] = items.length;
  row[name] = items.slice(0, limit).map(inner);
  if (items.length <= limit || !settings.expandNextLinks || !documented) return;
  const selected = expansion.select === undefined ? '' : `$select=${expansion.select.join(',')}&`;
  row[`${name}@odata.nextLink`] = `${settings.serviceRoot}${path}/${navigation}?${selected}$skiptoken=${limit}`;
}
