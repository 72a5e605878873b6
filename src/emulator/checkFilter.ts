/** Refuses filters that Graph does not document, in Graph's words. */
import { badRequest, unsupported } from './GraphFailure.js';
import type { FilterExpression } from './odata/FilterExpression.js';
import type { PathRule } from './pathTable.js';

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
  if (property.endsWith('/$count')) return 'number';
  if (/(^|\/)(skuId|planId)$/.test(property)) return 'guid';
  if (/(Enabled|hasMembersWithLicenseErrors)$/.test(property)) return 'boolean';
  return /DateTime$/.test(property) ? 'date' : 'string';
}

/** What decides about a filter. */
type FilterRule = Pick<PathRule, 'type' | 'directory' | 'filter'>;

/** Comparisons that an advanced query adds (Graph: advanced queries); `contains`, `has`, `gt` and `lt` are not among them. */
const advancedOperators = ['eq', 'ne', 'not', 'ge', 'le', 'in', 'startsWith'];
const endsWithProperties = ['mail', 'userPrincipalName'];

function isAdvanced(property: string, operator: string): boolean {
  return operator === 'endsWith' ? endsWithProperties.includes(property) : advancedOperators.includes(operator);
}

function resourceName({ type, directory }: FilterRule): string {
  return directory ? type.charAt(0).toUpperCase() + type.slice(1) : type;
}

/** How many alternatives stand next to each other where there are most of them; a list counts like its values. */
function countAlternatives(filter: FilterExpression): number {
  switch (filter.kind) {
    case 'or':
      return countAlternatives(filter.left) + countAlternatives(filter.right);
    case 'and':
      return Math.max(countAlternatives(filter.left), countAlternatives(filter.right));
    case 'not':
    case 'any':
      return countAlternatives(filter.inner);
    case 'in':
      return filter.literals.length;
    case 'compare':
    case 'call':
      return 1;
  }
}

function checkClause(rule: FilterRule, { property, operator, literals }: Clause, advanced: boolean): void {
  const operators = rule.filter[property]?.split(' ');
  const inAdvanced = rule.directory && isAdvanced(property, operator);
  if (operators === undefined || (advanced && !operators.includes(operator) && !inAdvanced)) {
    throw unsupported(
      `Unsupported or invalid query filter clause specified for property '${property}' of resource '${resourceName(rule)}'.`,
      { code: 'invalidFilter', target: 'query' },
    );
  }
  if (!operators.includes(operator) && !(advanced && inAdvanced)) {
    throw unsupported(
      `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
      { code: 'invalidFilter', target: 'query' },
    );
  }
  const isLong = literals.some(({ value }) => typeof value === 'string' && value.length > 120);
  if (isLong && operator === 'eq' && rule.directory && !advanced)
    throw unsupported(`The value for property '${property}' is longer than the 120 characters that are allowed.`);
  const wanted = typeOfLiteral(property);
  const wrong = literals.find((literal) => literal.kind !== wanted && literal.kind !== 'null');
  if (wrong !== undefined)
    throw badRequest(
      `A binary operator with incompatible types was detected. Found operand types 'Edm.${wanted === 'guid' ? 'Guid' : wanted}' and '${wrong.kind}' for property '${property}'.`,
    );
}

/** Throws 400 for a property or comparison that Graph does not document for a path, and for too many alternatives. */
export function checkFilter(rule: FilterRule, filter: FilterExpression, advanced: boolean): void {
  for (const clause of clausesOf(filter)) checkClause(rule, clause, advanced);
  const alternatives = countAlternatives(filter);
  // An advanced query of the directory may have more; the length of its URL is what limits it.
  if (alternatives > 15 && !(advanced && rule.directory)) {
    throw unsupported(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${alternatives}. Max allowed: 15`,
    );
  }
}
