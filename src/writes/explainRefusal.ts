import type { UserErrorCode } from '../generated/resolversTypes.js';
import type { GraphError, GraphInnerError } from '../graph/errors/GraphError.js';
import { isContention } from './DoubtfulWrite.js';

/** Why Graph refused a change, in our words. */
export interface Explanation {
  readonly code: UserErrorCode;
  readonly field: readonly string[] | null;
  /** A sentence; undefined where Graph's own words say as much. */
  readonly reason: string | undefined;
}

interface Known {
  readonly code: UserErrorCode;
  /** Last name of the path to the input; undefined where it is none in particular. */
  readonly field?: string;
  /** Code inside the error, as the service's design paper writes it, in small letters. */
  readonly inner: string;
  /** Start of the property that is meant, where one code stands for several mistakes. */
  readonly property?: string;
  /** Words of the older `assignLicense`, which says the same in its messages alone. */
  readonly words?: RegExp;
  readonly reason?: (ids: readonly string[]) => string;
}

const plansOf = ([one, other]: readonly string[]): string =>
  one === undefined || other === undefined ? 'Two service plans' : `The service plans ${one} and ${other}`;

/** Refusals whose reason is clearer than their status; the first one that fits holds. */
const knownRefusals: readonly Known[] = [
  { inner: 'noavailablelicenses', words: /CountViolation/, code: 'NO_SEATS_LEFT', field: 'allotmentId' },
  {
    inner: 'mutuallyexclusiveserviceplans',
    words: /MutuallyExclusive/,
    code: 'EXCLUSIVE_SERVICE_PLANS',
    field: 'disabledServicePlanIds',
    reason: (ids) => `${plansOf(ids)} exclude each other: one of them has to be off.`,
  },
  {
    inner: 'invalidusagelocation',
    words: /usage location/i,
    code: 'USAGE_LOCATION_MISSING',
    reason: () => 'The user has no usage location; set usageLocation first.',
  },
  { inner: 'invalidassigneetype', code: 'NOT_ASSIGNABLE' },
  {
    inner: 'notfound',
    property: 'disabledserviceplanids',
    code: 'UNKNOWN_SERVICE_PLAN',
    field: 'disabledServicePlanIds',
  },
  { inner: 'notfound', property: 'assignedto', code: 'NOT_FOUND' },
  { inner: 'allotmentpermissions', code: 'FORBIDDEN', field: 'allotmentId' },
];

function fits(known: Known, { code, propertyName = '' }: GraphInnerError, words: string): boolean {
  if (code === undefined) return known.words?.test(words) === true;
  return code.toLowerCase() === known.inner && propertyName.toLowerCase().startsWith(known.property ?? '');
}

/** The reason that Graph gives for a refusal beside its status; undefined where it gives none that is known. */
export function explanationOf(error: GraphError): Explanation | undefined {
  if (error.graph.status !== 400 && error.graph.status !== 403) return undefined;
  const inner = error.graph.innerError ?? {};
  const known = knownRefusals.find((each) => fits(each, inner, error.graph.message ?? ''));
  if (known === undefined) return undefined;
  const field = known.field === undefined ? null : ['input', known.field];
  return { code: known.code, field, reason: known.reason?.(inner.ids ?? []) };
}

/** Whether Graph refused to create what is there already. Which status it has for that, no page says. */
export function saysItExists(error: GraphError): boolean {
  const { code = '', innerError } = error.graph;
  const byCode = /already|exists|MultipleObjectsWithSameKeyValue/i;
  if (error.code === 'CONFLICT') return !isContention(error);
  return error.code === 'BAD_USER_INPUT' && (byCode.test(code) || byCode.test(innerError?.code ?? ''));
}
