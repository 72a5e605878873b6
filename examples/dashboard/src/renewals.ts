import { daysUntil } from './dates';
import { getFragmentData, graphql } from './generated';
import type { SubscriptionState } from './generated/graphql';
import type { AllotmentRef } from './useDashboard';

const purchaseFragment = graphql(`
  fragment Purchase on Allotment {
    id
    skuPartNumber
    sku {
      id
      displayName
    }
    allottedUnits
    consumedUnits
    subscriptions {
      subscriptionId
      state
      tags
      startDate
      nextLifecycleDate
    }
  }
`);

/** A subscription with the seats that hang on it. */
export interface Renewal {
  readonly key: string;
  readonly subscriptionId: string;
  readonly product: string;
  /** The day on which it renews or changes its state. */
  readonly day: string;
  readonly daysAway: number;
  readonly state: SubscriptionState;
  readonly isTrial: boolean;
  readonly used: number;
  readonly bought: number;
}

/** The renewals, soonest first, and the products of purchases of which Graph tells no subscription. */
export function readRenewals(allotments: readonly AllotmentRef[]): {
  readonly renewals: readonly Renewal[];
  readonly untold: readonly string[];
} {
  const purchases = allotments.map((each) => getFragmentData(purchaseFragment, each));
  const nameOf = (purchase: (typeof purchases)[number]): string =>
    purchase.sku?.displayName ?? purchase.skuPartNumber ?? purchase.id;
  const renewals = purchases.flatMap((purchase) =>
    (purchase.subscriptions ?? []).map((subscription) => ({
      key: `${purchase.id}/${subscription.subscriptionId}`,
      subscriptionId: subscription.subscriptionId,
      product: nameOf(purchase),
      day: subscription.nextLifecycleDate,
      daysAway: daysUntil(subscription.nextLifecycleDate),
      state: subscription.state,
      isTrial: subscription.tags.includes('TRIAL'),
      used: purchase.consumedUnits,
      bought: purchase.allottedUnits,
    })),
  );
  // Null is an error that is shown; an empty list says that Graph does not tell.
  const untold = purchases.filter(({ subscriptions }) => subscriptions?.length === 0).map(nameOf);
  return { renewals: renewals.toSorted((a, b) => a.day.localeCompare(b.day)), untold: [...new Set(untold)] };
}
