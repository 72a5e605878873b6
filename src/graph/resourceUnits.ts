interface Cost {
  readonly pattern: RegExp;
  readonly units: number;
}

/** Base costs of reads by path; everything else costs 1 (Graph: throttling limits, identity and access). */
const costs: readonly Cost[] = [
  { pattern: /^\/directoryObjects\/getByIds$/i, units: 5 },
  { pattern: /^\/users$/i, units: 2 },
  { pattern: /^\/groups\/[^/]+\/transitiveMembers/i, units: 5 },
  { pattern: /^\/groups\/[^/]+\/members/i, units: 3 },
  { pattern: /^\/(users\/[^/]+|me|groups\/[^/]+)\/(transitiveM|m)emberOf/i, units: 2 },
  { pattern: /^\/(users\/[^/]+|me)\/licenseDetails/i, units: 2 },
  { pattern: /^\/subscribedSkus/i, units: 3 },
];

/** Whether a path is in the table: one look for all of its rows, because hardly any path is. */
const costsMore = new RegExp(costs.map(({ pattern }) => pattern.source).join('|'), 'i');

/**
 * What an operation costs in resource units by Graph's published table: `$select` one less, `$expand` one more, `$top`
 * below 20 one less, never below 1. Licensing paths are in no table; they are reckoned like the rest.
 */
export function resourceUnits(_method: string, path: string): number {
  const end = path.indexOf('?');
  const resource = end === -1 ? path : path.slice(0, end);
  const query = end === -1 ? '' : path.slice(end + 1);
  const base = costsMore.test(resource) ? (costs.find(({ pattern }) => pattern.test(resource))?.units ?? 1) : 1;
  const top = query.includes('$top=') ? /(?:^|&)\$top=(\d+)/.exec(query)?.[1] : undefined;
  if (base === 5 && query.includes('$select=')) return 2;
  const select = query.includes('$select=') ? 1 : 0;
  const expand = query.includes('$expand=') && /(?:^|&)\$expand=/.test(query) ? 1 : 0;
  const small = top !== undefined && Number(top) < 20 ? 1 : 0;
  return Math.max(1, base - select + expand - small);
}
