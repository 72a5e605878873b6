/** Options of a query that no page documents: each has a name under which it is learned whether the service takes it. */
import type { Expand, ODataQuery } from './ODataQuery.js';

const optionsByQuery = new WeakMap<ODataQuery, readonly string[]>();

function optionsOfExpand({ option, selectOption, expand = [] }: Expand): readonly string[] {
  // What stands inside an expansion is a part of it: only its `$select` may be left out by itself.
  const inner = expand.flatMap((each) => (each.selectOption === undefined ? [] : [each.selectOption]));
  return [...(option === undefined ? [] : [option]), ...(selectOption === undefined ? [] : [selectOption]), ...inner];
}

/** The names of the options of a query that no page documents; the same list for the same query. */
export function undocumentedOptionsOf(query: ODataQuery): readonly string[] {
  const known = optionsByQuery.get(query);
  if (known !== undefined) return known;
  const { select, selectOption, top, topOption, expand = [] } = query;
  const options = [
    ...(selectOption === undefined || select === undefined ? [] : [selectOption]),
    ...(topOption === undefined || top === undefined ? [] : [topOption]),
    ...expand.flatMap(optionsOfExpand),
  ];
  optionsByQuery.set(query, options);
  return options;
}

function keepExpand(expand: Expand, keep: (option: string | undefined) => boolean): Expand {
  return {
    ...expand,
    select: keep(expand.selectOption) ? expand.select : undefined,
    expand: expand.expand?.map((inner) => ({ ...inner, select: keep(inner.selectOption) ? inner.select : undefined })),
  };
}

/** The query with only those of its undocumented options that are named. */
export function withUndocumentedOptions(query: ODataQuery, kept: ReadonlySet<string>): ODataQuery {
  const keep = (option: string | undefined): boolean => option === undefined || kept.has(option);
  const { select, selectOption, top, topOption, expand } = query;
  return {
    ...query,
    select: keep(selectOption) ? select : undefined,
    top: keep(topOption) ? top : undefined,
    expand: expand?.filter((each) => keep(each.option)).map((each) => keepExpand(each, keep)),
  };
}
