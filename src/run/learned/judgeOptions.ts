import type { JsonObject } from '../../mapping/mappingTypes.js';
import type { Expand, ODataQuery } from '../../odata/ODataQuery.js';
import { isObject } from '../objectOf.js';

/** What an answer says of an option that it was asked with; undefined where it says nothing. */
export type Evidence = 'taken' | 'refused' | undefined;

function valuesOf(rows: readonly JsonObject[], navigation: string): readonly JsonObject[] {
  const values: JsonObject[] = [];
  for (const row of rows) {
    const value = row[navigation];
    if (Array.isArray(value)) values.push(...(value as readonly unknown[]).filter(isObject));
    else if (isObject(value)) values.push(value);
  }
  return values;
}

/** Whether an object has all that was selected, and nothing else. */
function isTrimmed(object: JsonObject, select: readonly string[]): boolean {
  for (const name in object) if (name !== 'id' && !select.includes(name) && !name.includes('@')) return false;
  return select.every((name) => name in object);
}

/** Whether `$select` did what it says: nothing else came, and everything that was asked for. */
function judgeSelect(select: readonly string[], objects: readonly JsonObject[]): Evidence {
  if (objects.length === 0) return undefined;
  return objects.every((object) => isTrimmed(object, select)) ? 'taken' : 'refused';
}

/** Whether a navigation, and what was to come inside it, came at all. */
function judgeExpand({ navigation, expand = [] }: Expand, rows: readonly JsonObject[]): Evidence {
  if (rows.length === 0) return undefined;
  if (!rows.some((row) => row[navigation] !== undefined)) return 'refused';
  const inner = valuesOf(rows, navigation);
  if (expand.length > 0 && inner.length === 0) return undefined;
  return expand.every((each) => judgeExpand(each, inner) === 'taken') ? 'taken' : 'refused';
}

/**
 * What an answer says of the undocumented options of its query, by the name of the option: taken, or passed over in
 * silence; those of which it says nothing are left out.
 */
export function judgeOptions(query: ODataQuery, rows: readonly JsonObject[]): ReadonlyMap<string, Evidence> {
  const evidence = new Map<string, Evidence>();
  const { select, selectOption, top, topOption, expand = [] } = query;
  if (selectOption !== undefined && select !== undefined) {
    const expanded = expand.map(({ navigation }) => navigation);
    evidence.set(selectOption, judgeSelect([...select, ...expanded], rows));
  }
  if (topOption !== undefined && top !== undefined) evidence.set(topOption, rows.length > top ? 'refused' : 'taken');
  for (const each of expand) {
    const objects = valuesOf(rows, each.navigation);
    if (each.option !== undefined) evidence.set(each.option, judgeExpand(each, rows));
    const carried = [...(each.select ?? []), ...(each.expand ?? []).map((inner) => inner.navigation)];
    if (each.selectOption !== undefined && each.select !== undefined)
      evidence.set(each.selectOption, judgeSelect(carried, objects));
    for (const inner of each.expand ?? []) {
      if (inner.selectOption === undefined || inner.select === undefined) continue;
      evidence.set(inner.selectOption, judgeSelect(inner.select, valuesOf(objects, inner.navigation)));
    }
  }
  return evidence;
}
