/** Refuses what a path does not document, in Graph's words. */
import { entityTypes, type EntityType } from './entityTypes.js';
import { badRequest, GraphFailure } from './GraphFailure.js';
import type { FilterExpression } from './odata/FilterExpression.js';
import type { QueryOptions } from './odata/QueryOptions.js';
import type { PathRule } from './pathTable.js';

function unsupported(message: string): GraphFailure {
  return badRequest(message, 'Request_UnsupportedQuery');
}

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

interface Clause {
  readonly property: string;
  readonly operator: string;
  readonly literals: readonly { readonly kind: string; readonly value?: unknown }[];
}

function clausesOf(filter: FilterExpression, within = ''): readonly Clause[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...clausesOf(filter.left, within), ...clausesOf(filter.right, within)];
    case 'not':
      return clausesOf(filter.inner, within).map((clause) => ({ ...clause, operator: 'not' }));
    case 'compare':
      return [{ property: named(filter.property, within), operator: filter.operator, literals: [filter.literal] }];
    case 'in':
      return [{ property: named(filter.property, within), operator: 'in', literals: filter.literals }];
    case 'call':
      return [{ property: named(filter.property, within), operator: filter.name, literals: [filter.literal] }];
    case 'any':
      return clausesOf(filter.inner, `${filter.collection}|${filter.variable}`);
  }
}

function named(property: string, within: string): string {
  const [collection = '', variable = ''] = within.split('|');
  if (within === '') return property;
  return `${collection}/${property === variable ? '' : property.slice(variable.length + 1)}`;
}

function typeOfLiteral(property: string): string {
  if (/(^|\/)(skuId|planId)$/.test(property)) return 'guid';
  if (/(Enabled|hasMembersWithLicenseErrors)$/.test(property)) return 'boolean';
  return /DateTime$/.test(property) ? 'date' : 'string';
}

function checkClause(rule: PathRule, { property, operator, literals }: Clause, advanced: boolean): void {
  const operators = rule.filter[property];
  if (operators === undefined) {
    throw unsupported(
      `Unsupported or invalid query filter clause specified for property '${property}' of resource '${rule.type}'.`,
    );
  }
  if (!operators.split(' ').includes(operator) && !(advanced && rule.directory)) {
    throw unsupported(
      `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    );
  }
  if (literals.length > 15) {
    throw unsupported(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${literals.length}. Max allowed: 15`,
    );
  }
  const wanted = typeOfLiteral(property);
  const wrong = literals.find((literal) => literal.kind !== wanted && literal.kind !== 'null');
  if (wrong !== undefined)
    throw badRequest(
      `A binary operator with incompatible types was detected. Found operand types 'Edm.${wanted === 'guid' ? 'Guid' : wanted}' and '${wrong.kind}' for property '${property}'.`,
    );
}

function checkExpand(rule: PathRule, options: QueryOptions, eventual: boolean): void {
  const seen = new Set<string>();
  for (const { navigation, select, filter } of options.expand) {
    const allowed = rule.expand[navigation];
    if (allowed === undefined)
      throw badRequest(`Could not find a property named '${navigation}' that can be expanded on type '${rule.type}'.`);
    if (seen.has(navigation)) throw badRequest(`Found multiple expand terms for '${navigation}'.`);
    seen.add(navigation);
    if (select !== undefined && !allowed.nested.includes('select'))
      throw badRequest(`$select is not supported inside $expand of '${navigation}'.`);
    if (filter !== undefined && !allowed.nested.includes('filter'))
      throw badRequest(`$filter is not supported inside $expand of '${navigation}'.`);
  }
  if (options.expand.length > rule.maxExpands)
    throw badRequest('Only one navigation property can be expanded per request.', 'Request_BadRequest');
  if (options.expand.length > 0 && eventual)
    throw unsupported('$expand is not supported together with advanced query parameters.');
}

/** Throws 400 for an option, property or comparison that the path does not document. */
export function checkQuery(rule: PathRule, options: QueryOptions, eventual: boolean): void {
  for (const name of options.given) {
    if (name === 'skiptoken') continue;
    if (!rule.options.includes(name))
      throw badRequest(`The query option '$${name}' is not supported on this resource.`);
  }
  checkSelect(rule.type, options.select);
  checkExpand(rule, options, eventual);
  const advanced = eventual && options.count;
  if (options.search !== undefined && !eventual) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (options.filter !== undefined) for (const clause of clausesOf(options.filter)) checkClause(rule, clause, advanced);
  if (options.orderby !== undefined) {
    if (!['displayName', 'userPrincipalName', 'createdDateTime'].includes(options.orderby.property))
      throw unsupported(`Sorting by '${options.orderby.property}' is not supported.`);
    if (options.filter !== undefined && !advanced) throw unsupported('Sorting not supported for current query.');
  }
  if (options.apply !== undefined && options.given.size > 1)
    throw badRequest('$apply cannot be combined with other query options.');
}
