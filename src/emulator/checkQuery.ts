/** Refuses what a path does not document, in Graph's words. */
import { checkFilter } from './checkFilter.js';
import { entityTypes, type EntityType } from './entityTypes.js';
import { badRequest, unsupported } from './GraphFailure.js';
import type { QueryOptions } from './odata/QueryOptions.js';
import type { PathRule } from './pathTable.js';

/** Properties that may be selected from a type; members and other directory objects may be asked for those of users. */
function selectable(type: EntityType): ReadonlySet<string> {
  if (type !== 'directoryObject') return new Set<string>(entityTypes[type]);
  return new Set<string>([...entityTypes.user, ...entityTypes.group, ...entityTypes.device]);
}

/** Throws 400 where a `$select` names a property that the type does not have. */
export function checkSelect(type: EntityType, select: readonly string[] | undefined): void {
  const allowed = selectable(type);
  const unknown = select?.find((name) => !allowed.has(name));
  if (unknown === undefined) return;
  const space = ['user', 'group', 'device', 'directoryObject'].includes(type)
    ? 'microsoft.graph'
    : 'microsoft.graph.cloudLicensing';
  throw badRequest(`Could not find a property named '${unknown}' on type '${space}.${type}'.`);
}

function checkExpand(rule: PathRule, options: QueryOptions, eventual: boolean): void {
  if (options.expand.length > rule.maxExpands)
    throw badRequest('Only one navigation property can be expanded per request.', 'Request_BadRequest');
  if (options.expand.length > 0 && eventual)
    throw unsupported('$expand is not supported together with advanced query parameters.');
}

/** What users, groups and devices can be sorted by, plainly and in an advanced query. */
const sortable: Readonly<Record<string, { readonly plain: readonly string[]; readonly advanced: readonly string[] }>> =
  {
    user: { plain: ['displayName', 'userPrincipalName'], advanced: ['createdDateTime'] },
    group: { plain: ['displayName'], advanced: [] },
    device: { plain: ['displayName'], advanced: [] },
  };

function checkOrder(rule: PathRule, { orderby, filter }: QueryOptions, advanced: boolean): void {
  if (orderby === undefined) return;
  const known = sortable[rule.type];
  const isKnown = known?.plain.includes(orderby.property) === true;
  if (!isKnown && !(advanced && known?.advanced.includes(orderby.property) === true))
    throw unsupported(`Sorting by '${orderby.property}' is not supported for this query.`);
  if (filter !== undefined && !advanced) throw unsupported('Sorting not supported for current query.');
}

/** Throws 400 for a property, comparison, order or combination that the path does not document. */
export function checkQuery(rule: PathRule, options: QueryOptions, eventual: boolean): void {
  checkSelect(rule.type, options.select);
  checkExpand(rule, options, eventual);
  const advanced = eventual && options.count;
  if (options.search !== undefined && !eventual) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (options.filter !== undefined) checkFilter(rule, options.filter, advanced);
  checkOrder(rule, options, advanced);
  if (options.apply !== undefined && options.given.size > 1)
    throw badRequest('$apply cannot be combined with other query options.');
}
