/** SKUs, which Graph does not have: everything about them is added up from the list of all allotments. */
import { builtInNames } from '../../src/names/readProductNames.js';
import { unexpected } from './BadGraphAnswer.js';
import {
  graphObject,
  licensing,
  licensingList,
  page,
  whole,
  type Context,
  type GraphObject,
  type Resolver,
} from './graphObjects.js';
import { readItems } from './readProperty.js';
import type { Json } from './ReferenceGraph.js';

const admin = graphObject('Admin', {}, licensing);

async function allotments(context: Context): Promise<readonly GraphObject[]> {
  const all = await licensingList(context, 'Allotment', admin, '/allotments', `${licensing}/allotments`);
  return whole(all ?? []);
}

function sameSku(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}

/** Nothing is added to what is no number. */
function added(sum: unknown, units: unknown): number {
  return typeof sum === 'number' && typeof units === 'number' ? sum + units : Number.NaN;
}

/** The seats of all SKUs, in the order of their first allotments. */
async function seats(context: Context): Promise<readonly Json[]> {
  const sums = new Map<string, Json>();
  for (const { data } of await allotments(context)) {
    const key = String(data.skuId).toLowerCase();
    const { skuId, skuPartNumber, allottedUnits, consumedUnits } = data;
    const sum = sums.get(key);
    const allotted = sum === undefined ? allottedUnits : added(sum.allotted, allottedUnits);
    const consumed = sum === undefined ? consumedUnits : added(sum.consumed, consumedUnits);
    sums.set(key, { skuId, skuPartNumber, ...sum, allotted, consumed });
  }
  return [...sums.values()];
}

async function seatsOf(context: Context, skuId: unknown): Promise<Json | undefined> {
  return (await seats(context)).find((each) => sameSku(each.skuId, skuId));
}

const skuOf: Resolver = ({ data }) => {
  const { skuId, skuPartNumber } = data;
  if (skuId === undefined || skuId === null || skuId === '') return null;
  if (typeof skuId !== 'string') throw unexpected('a skuId is not a GUID');
  return graphObject('Sku', 'skuPartNumber' in data ? { skuId, skuPartNumber } : { skuId }, '');
};

/** What only the seats tell; an error knows the id of its SKU and nothing else. */
function seat(name: string): Resolver {
  return async ({ data }, _args, context) => {
    const found = name in data ? data : await seatsOf(context, data.skuId);
    return found?.[name];
  };
}

async function partNumber({ data }: GraphObject, context: Context): Promise<unknown> {
  return 'skuPartNumber' in data ? data.skuPartNumber : (await seatsOf(context, data.skuId))?.skuPartNumber;
}

/** Root fields, and what leads from other objects to a SKU. */
export const skuFields = {
  sku: async (_root: GraphObject, args: { readonly skuId: string }, context: Context) => {
    const found = await seatsOf(context, args.skuId);
    return found === undefined ? null : graphObject('Sku', found, '');
  },
  skus: async (_root: GraphObject, _args: object, context: Context) =>
    (await seats(context)).map((each) => graphObject('Sku', each, '')),
  skuOf,
};

const services: Resolver = async ({ data }, _args, context) => {
  const found = new Map<unknown, object | Error>();
  for (const { data: allotment } of await allotments(context)) {
    if (!sameSku(allotment.skuId, data.skuId)) continue;
    for (const service of readItems('Allotment', 'services', allotment.services) ?? []) {
      const isObject = !(service instanceof Error);
      found.set(
        isObject ? (service as Json).planId : null,
        isObject ? graphObject('Service', service as Json, '') : service,
      );
    }
  }
  return [...found.values()];
};

/** The plans of every SKU, by its id in lower case. */
async function plansBySku(context: Context): Promise<ReadonlyMap<string, ReadonlySet<unknown>>> {
  const plans = new Map<string, Set<unknown>>();
  for (const { data } of await allotments(context)) {
    const key = String(data.skuId).toLowerCase();
    const known = plans.get(key) ?? new Set<unknown>();
    plans.set(key, known);
    for (const service of data.services as readonly Json[]) known.add(service.planId);
  }
  return plans;
}

const containedIn: Resolver = async ({ data }, _args, context) => {
  const own = String(data.skuId).toLowerCase();
  const all = await plansBySku(context);
  const plans = [...(all.get(own) ?? [])];
  if (plans.length === 0) return [];
  const holders = [...all].filter(([key, others]) => key !== own && plans.every((plan) => others.has(plan)));
  return (await seats(context))
    .filter(({ skuId }) => holders.some(([key]) => sameSku(key, skuId)))
    .map((each) => graphObject('Sku', each, ''));
};

/** Fields of SKUs. */
export const skuResolvers: Readonly<Record<string, Resolver>> = {
  skuPartNumber: (sku, _args, context) => partNumber(sku, context),
  displayName: async (sku, _args, context) =>
    builtInNames.sku(String(sku.data.skuId)) ?? (await partNumber(sku, context)) ?? null,
  allottedUnits: seat('allotted'),
  consumedUnits: seat('consumed'),
  availableUnits: async (sku, args, context) => {
    const [allotted, consumed] = await Promise.all(
      ['allotted', 'consumed'].map((name) => seat(name)(sku, args, context)),
    );
    if ([allotted, consumed].some((units) => units === undefined || units === null)) return null;
    if (Number.isInteger(allotted) && Number.isInteger(consumed)) return Number(allotted) - Number(consumed);
    throw unexpected('a SKU has odd seats');
  },
  services,
  containedIn,
  allotments: async (sku, args, context) => {
    const all = await allotments(context);
    return page(
      all.filter(({ data }) => sameSku(data.skuId, sku.data.skuId)),
      args,
    );
  },
};
