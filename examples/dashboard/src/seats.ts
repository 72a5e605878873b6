import { getFragmentData, graphql } from './generated';
import type { SubscriptionState } from './generated/graphql';
import { nodesOf } from './nodesOf';
import type { ProductRef } from './useDashboard';
import type { WaitCount } from './waits';

const productSeatsFragment = graphql(`
  fragment ProductSeats on Sku {
    id
    skuId
    skuPartNumber
    displayName
    allottedUnits
    consumedUnits
    availableUnits
    allotments {
      edges {
        node {
          id
          availableUnits
          subscriptions {
            subscriptionId
            state
            tags
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Seats of a product, over all purchases of it. */
export interface Seats {
  readonly skuId: string;
  readonly name: string;
  readonly bought: number;
  readonly used: number;
  readonly free: number;
  readonly purchases: number;
  /** Purchases without a free seat: who is assigned from one of them waits, whatever the others have. */
  readonly fullPurchases: number;
  readonly waits: WaitCount;
  readonly isTrial: boolean;
  /** States of its subscriptions other than active, each once. */
  readonly troubles: readonly SubscriptionState[];
}

const nobody: WaitCount = { known: 0, goesOn: false };

/** A product whose seats could not be read is left out: its error stands above the list. */
export function readSeats(product: ProductRef, waiting: ReadonlyMap<string, WaitCount>): Seats | undefined {
  const sku = getFragmentData(productSeatsFragment, product);
  const { allottedUnits: bought, consumedUnits: used, availableUnits: free } = sku;
  if (typeof bought !== 'number' || typeof used !== 'number' || typeof free !== 'number') return undefined;
  const purchases = nodesOf(sku.allotments);
  const subscriptions = purchases.flatMap(({ subscriptions: each }) => each ?? []);
  return {
    skuId: sku.skuId,
    name: sku.displayName ?? sku.skuPartNumber ?? sku.skuId,
    bought,
    used,
    free,
    purchases: purchases.length,
    fullPurchases: purchases.filter(({ availableUnits }) => availableUnits <= 0).length,
    waits: waiting.get(sku.skuId) ?? nobody,
    isTrial: subscriptions.some(({ tags }) => tags.includes('TRIAL')),
    troubles: [...new Set(subscriptions.map(({ state }) => state).filter((state) => state !== 'ACTIVE'))],
  };
}

/** Ways to sort the chart. */
export const seatOrders = {
  'needs attention': (a: Seats, b: Seats) =>
    b.waits.known - a.waits.known || b.fullPurchases - a.fullPurchases || b.used / b.bought - a.used / a.bought,
  'fewest free': (a: Seats, b: Seats) => a.free - b.free,
  'most used': (a: Seats, b: Seats) => b.used - a.used,
  name: (a: Seats, b: Seats) => a.name.localeCompare(b.name),
} as const;

/** Name of a way to sort the chart. */
export type SeatOrder = keyof typeof seatOrders;

/** Round numbers from 0 to the first that is not below `most`, four steps at the most. */
export function axisOf(most: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1) / 4));
  const step = [1, 2, 2.5, 5, 10].map((each) => Math.max(1, each * power)).find((each) => each * 4 >= most) ?? most;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}
