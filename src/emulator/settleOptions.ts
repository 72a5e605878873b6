/** Answers the options of a request: documented ones are honoured, undocumented ones played as told, all others refused. */
import { checkFilter } from './checkFilter.js';
import { checkSelect } from './checkQuery.js';
import type { EntityType } from './entityTypes.js';
import { badRequest, GraphFailure } from './GraphFailure.js';
import type { ExpandOption, QueryOptions } from './odata/QueryOptions.js';
import type { ExpandRule, PathRule } from './pathTable.js';
import { expandLevels, relations, type UndocumentedBehaviour, type UndocumentedSwitch } from './undocumentedOptions.js';

/** An expansion that is carried out. */
export interface SettledExpansion extends Pick<ExpandOption, 'navigation' | 'select' | 'filter' | 'count'> {
  readonly expand: readonly SettledExpansion[];
  /** Items at the most; those after it are left out in silence. */
  readonly limit: number;
  /** Whether a page of the reference offers the expansion. */
  readonly documented: boolean;
}

/** The options of a request as far as they are honoured. */
export interface SettledOptions extends Omit<QueryOptions, 'expand'> {
  readonly expand: readonly SettledExpansion[];
}

/** The part of the emulator's settings that decides about options. */
export interface OptionSettings {
  readonly undocumented: UndocumentedSwitch;
  readonly expandCap: number;
  readonly undocumentedCap: number;
}

/** Where an expansion stands. */
interface Place {
  readonly type: EntityType;
  readonly documented: Readonly<Record<string, ExpandRule>>;
  readonly level: number;
  /** The option as the switch is asked for it. */
  readonly label: (inner: string) => string;
  readonly refusal: (option: ExpandOption) => GraphFailure;
}

interface Settling {
  readonly rule: PathRule;
  readonly settings: OptionSettings;
  /** How an undocumented option is played; throws the refusal where it is refused. */
  readonly play: (label: string, refusal: GraphFailure) => Exclude<UndocumentedBehaviour, 'refused'>;
}

function refusedExpansion(message: string): GraphFailure {
  return badRequest(message, 'BadRequest', { code: 'invalidExpansion', target: 'query' });
}

function insideExpand(option: string, navigation: string): GraphFailure {
  return refusedExpansion(`$${option} is not supported inside $expand of '${navigation}'.`);
}

/** The one `$filter` inside an expansion that a page shows: of the allotment, by its SKU. */
const filterInside = {
  navigation: 'allotment',
  type: 'allotment',
  directory: false,
  filter: { skuId: 'eq in' },
} as const;

/** The options inside the brackets of an expansion of objects of `type`, as far as they are honoured. */
function settleInside(
  { play }: Settling,
  { rule, type, label }: Pick<Place, 'type' | 'label'> & { readonly rule: ExpandRule | undefined },
  { navigation, select, filter, top, count }: ExpandOption,
): Pick<ExpandOption, 'select' | 'filter' | 'top' | 'count'> {
  const isDocumented = (name: 'select' | 'filter'): boolean => rule?.nested.includes(name) === true;
  const isPlayed = (name: string, together = `$${name}`): boolean =>
    play(label(together), insideExpand(name, navigation)) !== 'ignored';
  const isFiltered = filter !== undefined;
  // Each of `$select` and `$filter` is shown by itself, both together by no page.
  const selects =
    select !== undefined &&
    (isFiltered ? isPlayed('select', '$select;$filter') : isDocumented('select') || isPlayed('select'));
  if (selects) checkSelect(type, select);
  return {
    select: selects ? select : undefined,
    filter: isFiltered && (isDocumented('filter') || isPlayed('filter')) ? filter : undefined,
    count: count && isPlayed('count'),
    top: top !== undefined && isPlayed('top') ? top : undefined,
  };
}

function settleExpansion(settling: Settling, place: Place, option: ExpandOption): readonly SettledExpansion[] {
  const { settings, play } = settling;
  const { navigation, filter, top, count } = option;
  const rule = place.documented[navigation];
  const relation = relations[place.type]?.[navigation];
  if (rule === undefined && relation === undefined) throw place.refusal(option);
  const behaviour = rule === undefined ? play(place.label(navigation), place.refusal(option)) : undefined;
  if (behaviour === 'ignored') return [];
  const label = (inner: string): string => place.label(`${navigation}(${inner})`);
  if (filter !== undefined) {
    if (navigation !== filterInside.navigation) throw insideExpand('filter', navigation);
    checkFilter(filterInside, filter, false);
  }
  if (relation?.many !== true && (top !== undefined || count))
    throw insideExpand(top === undefined ? 'count' : 'top', navigation);
  const type = relation?.type ?? 'directoryObject';
  const inside = settleInside(settling, { rule, type, label }, option);
  const ownLimit = behaviour === 'taken' || inside.top !== undefined ? Infinity : settings.expandCap;
  const limit = Math.min(behaviour === 'cut' ? settings.undocumentedCap : ownLimit, inside.top ?? Infinity);
  const inner: Place = {
    type,
    documented: {},
    level: place.level + 1,
    label: (text) => label(`$expand=${text}`),
    refusal: (nested) =>
      refusedExpansion(`The query option '$expand=${nested.navigation}' is not supported inside $expand.`),
  };
  return [
    {
      navigation,
      select: inside.select,
      filter: inside.filter,
      count: inside.count,
      expand: settleExpand(settling, inner, option.expand),
      limit,
      documented: rule !== undefined,
    },
  ];
}

function settleExpand(settling: Settling, place: Place, wanted: readonly ExpandOption[]): readonly SettledExpansion[] {
  const seen = new Set<string>();
  for (const option of wanted) {
    if (place.level > expandLevels) throw place.refusal(option);
    if (seen.has(option.navigation)) throw badRequest(`Found multiple expand terms for '${option.navigation}'.`);
    seen.add(option.navigation);
  }
  return wanted.flatMap((option) => settleExpansion(settling, place, option));
}

function unsupportedOption(name: string): GraphFailure {
  return badRequest(`The query option '$${name}' is not supported on this resource.`, 'BadRequest', {
    code: name === 'expand' ? 'invalidExpansion' : 'invalidQuery',
    target: 'query',
  });
}

/** Options of a path that is not documented to take them; answers those that are to be passed over. */
function ignoredOptions({ rule, play }: Settling, given: QueryOptions['given']): ReadonlySet<string> {
  const ignored = new Set<string>();
  const isLicensing = rule.pattern.includes('/cloudLicensing/');
  for (const name of given) {
    // Expansions are settled one by one.
    if (rule.options.includes(name) || name === 'skiptoken' || name === 'expand') continue;
    const isOrdinary = isLicensing && (name === 'select' || (rule.many && (name === 'top' || name === 'count')));
    if (!isOrdinary) throw unsupportedOption(name);
    if (play(`$${name}`, unsupportedOption(name)) === 'ignored') ignored.add(name);
  }
  return ignored;
}

/**
 * Settles the options of a request at `path`, which follows `rule`. Throws 400 for what is refused; filters and the order
 * are checked elsewhere.
 */
export function settleOptions(
  rule: PathRule,
  path: string,
  options: QueryOptions,
  settings: OptionSettings,
): SettledOptions {
  const settling: Settling = {
    rule,
    settings,
    play: (option, refusal) => {
      const { undocumented } = settings;
      const behaviour = typeof undocumented === 'function' ? undocumented({ path, option }) : undocumented;
      if (behaviour === 'refused') throw refusal;
      return behaviour;
    },
  };
  const ignored = ignoredOptions(settling, options.given);
  const expand = settleExpand(
    settling,
    {
      type: rule.type,
      documented: rule.expand,
      level: 1,
      label: (inner) => `$expand=${inner}`,
      refusal: ({ navigation }) =>
        rule.options.includes('expand')
          ? refusedExpansion(
              `Could not find a property named '${navigation}' that can be expanded on type '${rule.type}'.`,
            )
          : unsupportedOption('expand'),
    },
    options.expand,
  );
  return {
    ...options,
    expand,
    select: ignored.has('select') ? undefined : options.select,
    top: ignored.has('top') ? undefined : options.top,
    count: options.count && !ignored.has('count'),
  };
}
