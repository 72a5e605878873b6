import type { ExpandStep } from '../compile/plan.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';

/** Which expansions an answer carries: those that were asked for and not refused. */
export class Carried {
  /** An answer to a query without any expansion, or whose expansions were refused. */
  static readonly nothing = new Carried(new Set());
  /** Navigations, by the query that was sent. */
  constructor(private readonly navigations: ReadonlySet<string>) {}

  /** What the answer to a query carries. */
  static by({ expand = [] }: ODataQuery): Carried {
    if (expand.length === 0) return Carried.nothing;
    return new Carried(new Set(expand.map(({ navigation }) => navigation)));
  }

  has({ navigation }: ExpandStep): boolean {
    return this.navigations.has(navigation);
  }
}

/** Objects inside an expansion: what they should have inside came with them, or is missing by itself. */
class CarriedInside extends Carried {
  constructor() {
    super(new Set());
  }

  override has(): boolean {
    return true;
  }
}

/** What stands inside expansions. */
export const inside: Carried = new CarriedInside();

function describeExpand({ navigation, select, expand = [] }: Expand): string {
  const inner = expand.length === 0 ? '' : `;${expand.map(describeExpand).join('+')}`;
  return `${navigation}(${select?.join(' ') ?? '*'}${inner})`;
}

const descriptions = new WeakMap<ODataQuery, string>();

/** What the pages of a query carry, as a text for cursors: selected properties and expansions. */
export function describeFields(query: ODataQuery): string {
  const known = descriptions.get(query);
  if (known !== undefined) return known;
  const { select, expand = [] } = query;
  const fields = [select?.join(' ') ?? '*', ...expand.map(describeExpand)].join(',');
  descriptions.set(query, fields);
  return fields;
}

/** An expansion as `describeExpand` writes it: its navigation, what is selected, and what stands inside. */
const described = /^(?<navigation>\w+)\((?<select>[^;)]*)(?<inner>.*)\)$/;

/** Whether an expansion that was described brings all that another one wants: objects that came whole have every property. */
function brings(given: string, wanted: Expand): boolean {
  const has = described.exec(given)?.groups;
  const needs = described.exec(describeExpand(wanted))?.groups;
  if (has === undefined || needs === undefined) return false;
  if (has.navigation !== needs.navigation || has.inner !== needs.inner) return false;
  const names = new Set(has.select?.split(' '));
  return has.select === '*' || (wanted.select !== undefined && wanted.select.every((name) => names.has(name)));
}

function judgeFields(fields: string, { select, expand = [] }: ODataQuery): Carried | undefined {
  const [selected = '', ...expanded] = fields.split(',');
  const names = new Set(selected.split(' '));
  if (selected !== '*' && (select === undefined || !select.every((name) => names.has(name)))) return undefined;
  const has = (each: Expand): boolean => expanded.some((given) => brings(given, each));
  if (!expand.every((each) => each.option !== undefined || has(each))) return undefined;
  return Carried.by({ expand: expand.filter(has) });
}

const lastJudged = new WeakMap<ODataQuery, { readonly fields: string; readonly carried: Carried | undefined }>();

/**
 * What a page carries that an earlier query led to; undefined where that query did not ask for everything that is wanted
 * now, so that its link is of no use. Of a query of a plan the last judgement is kept: nearly all cursors come from the
 * same query.
 *
 * @param fields what `describeFields` said of the earlier query
 */
export function carriedBy(fields: string, query: ODataQuery): Carried | undefined {
  const last = lastJudged.get(query);
  if (last?.fields === fields) return last.carried;
  const carried = judgeFields(fields, query);
  lastJudged.set(query, { fields, carried });
  return carried;
}
