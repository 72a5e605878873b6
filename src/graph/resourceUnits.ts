interface Cost {
  readonly pattern: RegExp;
  readonly units: number;
}

/** Base costs of reads by path; everything else costs 1 (Graph: throttling limits, identity and access). */
const costs: readonly Cost[] = [
  { pattern: /^\/directoryObjects\/getByIds(?=\?|$)/i, units: 5 },
  { pattern: /^\/users(?=\?|$)/i, units: 2 },
  { pattern: /^\/groups\/[^/?]+\/transitiveMembers/i, units: 5 },
  { pattern: /^\/groups\/[^/?]+\/members/i, units: 3 },
  { pattern: /^\/(users\/[^/?]+|me|groups\/[^/?]+)\/(transitiveM|m)emberOf/i, units: 2 },
  { pattern: /^\/(users\/[^/?]+|me)\/licenseDetails/i, units: 2 },
  { pattern: /^\/subscribedSkus/i, units: 3 },
];

/** Whether a path is in the table: one look for all of its rows, because hardly any path is; those of licensing never are. */
const costsMore = new RegExp(costs.map(({ pattern }) => pattern.source).join('|'), 'i');

/**
 * What an operation costs in resource units by Graph's published table: `$select` one less, `$expand` one more, `$top`
 * below 20 one less, never below 1. Licensing paths are in no table; they are reckoned like the rest.
 *
 * @param path with its query
 */
export function resourceUnits(path: string): number {
  const base =
    !path.includes('/cloudLicensing/') && costsMore.test(path)
      ? (costs.find(({ pattern }) => pattern.test(path))?.units ?? 1)
      : 1;
  const hasSelect = path.includes('$select=');
  if (base === 1 && hasSelect) return 1;
  if (base === 5 && hasSelect) return 2;
  const expand = path.includes('$expand=') && /[?&]\$expand=/.test(path) ? 1 : 0;
  const cost = base - (hasSelect ? 1 : 0) + expand;
  // Nothing is below 1, so a small page saves nothing then.
  if (cost <= 1) return 1;
  const top = path.includes('$top=') ? /[?&]\$top=(\d+)/.exec(path)?.[1] : undefined;
  return top !== undefined && Number(top) < 20 ? cost - 1 : cost;
}
