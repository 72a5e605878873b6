/**
 * A property of a Graph object as GraphQL answers it, or the error that stands for it: what Graph's metadata promises, by
 * the type that the schema gives the field.
 */
import { getNamedType, isEnumType, type GraphQLOutputType } from 'graphql';
import { unexpected } from './BadGraphAnswer.js';

/** Properties that no object of a type is without (Graph's metadata: `Nullable="false"`). */
const required: Readonly<Record<string, string>> = {
  Allotment: 'id allottedUnits consumedUnits assignableTo services subscriptions',
  Assignment: 'id disabledServicePlanIds',
  AssignmentError: 'id code message occurrenceDateTime',
  Device: 'id',
  Group: 'id',
  LicenseSubscription: 'subscriptionId startDate nextLifecycleDate state tags',
  LicenseUsage: 'id snapshotDateTime',
  Service: 'planId assignableTo',
  Sku: 'skuId',
  UnknownDirectoryObject: 'id',
  UsageRight: 'id services',
  User: 'id',
  WaitingMember: 'id waitingSinceDateTime',
};

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const day = /^\d{4}-\d\d-\d\d(T|$)/;
const moment = /^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;

/** `Date` takes 30 February for a day in March. */
function isDay(value: string): boolean {
  const found = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(value.slice(0, 10));
}

function enumName(member: string): string {
  return member.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

/** A moment in UTC with every digit of its fraction. */
function inUtc(value: string): string {
  const fraction = /\.\d+/.exec(value)?.[0] ?? '';
  return `${new Date(value).toISOString().slice(0, 19)}${fraction}Z`;
}

function scalar(type: string, value: unknown): unknown {
  const isText = typeof value === 'string';
  switch (type) {
    case 'Int':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'UUID':
      return isText && guid.test(value) ? value.toLowerCase() : undefined;
    case 'Date':
      return isText && day.test(value) && isDay(value) ? value.slice(0, 10) : undefined;
    case 'DateTime':
      return isText && moment.test(value) && isDay(value) && !Number.isNaN(Date.parse(value))
        ? inUtc(value)
        : undefined;
    default:
      // Texts may stand as numbers and booleans; nothing else has one spelling, and large numbers are not whole.
      if (Number.isInteger(value) && Math.abs(Number(value)) >= 2 ** 53) return undefined;
      return isText || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }
}

function enumeration(names: readonly string[], value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  return names.includes(enumName(value)) ? enumName(value) : 'UNKNOWN';
}

/** Flags are one text in Graph and a list in GraphQL, in the order of the schema. */
function flags(names: readonly string[], value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  const given = value.split(',').map((member) => member.trim().toUpperCase());
  const members = given.filter((member) => member !== '' && member !== 'NONE');
  const known = names.filter((name) => members.includes(name));
  return known.length === members.length ? known : [...known, 'UNKNOWN'];
}

function convert(type: GraphQLOutputType, value: unknown): unknown {
  const named = getNamedType(type);
  const isList = String(type).startsWith('[');
  if (isEnumType(named)) {
    const names = named.getValues().map(({ name }) => name);
    return isList ? flags(names, value) : enumeration(names, value);
  }
  if (!isList) return scalar(named.name, value);
  if (!Array.isArray(value)) return undefined;
  const items: unknown[] = value.map((item) => scalar(named.name, item));
  return items.includes(undefined) ? undefined : items;
}

/** The value of a property that is not an object. Throws where Graph leaves out what is always there, or sends another type. */
export function readProperty(owner: string, property: string, type: GraphQLOutputType, value: unknown): unknown {
  if (value === undefined || value === null) {
    if (required[owner]?.split(' ').includes(property) === true) throw unexpected(`${owner} lacks ${property}`);
    return null;
  }
  const converted = convert(type, value);
  if (converted === undefined) throw unexpected(`${owner} has an odd ${property}`);
  return converted;
}

/** The items of a list of complex values; an Error for each that is not an object. */
export function readItems(owner: string, property: string, value: unknown): readonly (object | Error)[] | null {
  if (value === undefined || value === null) {
    if (required[owner]?.split(' ').includes(property) === true) throw unexpected(`${owner} lacks ${property}`);
    return null;
  }
  if (!Array.isArray(value)) throw unexpected(`${owner} has ${property} that are not a list`);
  return value.map((item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? item
      : unexpected(`${property} has an odd item`),
  );
}
