import { getFragmentData, graphql } from './generated';
import { nodesOf } from './nodesOf';
import type { AllotmentRef } from './useDashboard';

const waitingPageFragment = graphql(`
  fragment WaitingPage on WaitingMemberConnection {
    edges {
      node {
        id
        waitingSinceDateTime
        assignedTo {
          __typename
          id
          displayName
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

const waitingListFragment = graphql(`
  fragment WaitingList on Allotment {
    id
    skuId
    skuPartNumber
    sku {
      id
      displayName
    }
    waitingMembers(first: 50) {
      ...WaitingPage
    }
  }
`);

/** The next page of those who wait for a purchase; what it brings joins the list of the allotment. */
export const moreWaitingQuery = graphql(`
  query MoreWaiting($allotment: ID!, $after: String) {
    allotment(id: $allotment) {
      id
      waitingMembers(first: 50, after: $after) {
        ...WaitingPage
      }
    }
  }
`);

/** Somebody, or a device, that waits for a seat. */
export interface Wait {
  readonly key: string;
  readonly who: string;
  readonly isDevice: boolean;
  readonly product: string;
  readonly since: string;
}

/** A list of those who wait that goes on. */
export interface LongList {
  readonly allotmentId: string;
  readonly product: string;
  readonly after: string | null;
}

/** How many wait for a product. */
export interface WaitCount {
  readonly known: number;
  /** Whether there are more, of whom nothing is known yet. */
  readonly goesOn: boolean;
}

/** Everybody who waits, longest first; how many by product; and the lists of which only the beginning is known. */
export interface Waits {
  readonly waits: readonly Wait[];
  readonly bySku: ReadonlyMap<string, WaitCount>;
  readonly longLists: readonly LongList[];
}

/** Reads the waiting lists of all purchases. */
export function readWaits(allotments: readonly AllotmentRef[]): Waits {
  const bySku = new Map<string, WaitCount>();
  const waits: Wait[] = [];
  const longLists: LongList[] = [];
  for (const each of allotments) {
    const { id, skuId, skuPartNumber, sku, waitingMembers } = getFragmentData(waitingListFragment, each);
    const product = sku?.displayName ?? skuPartNumber ?? id;
    const page = getFragmentData(waitingPageFragment, waitingMembers);
    const members = nodesOf(page);
    const isLong = page?.pageInfo.hasNextPage === true;
    if (skuId) {
      const { known = 0, goesOn = false } = bySku.get(skuId) ?? {};
      bySku.set(skuId, { known: known + members.length, goesOn: goesOn || isLong });
    }
    for (const { id: wait, assignedTo, waitingSinceDateTime: since } of members) {
      const who = assignedTo?.displayName ?? assignedTo?.id ?? 'Somebody whose name is not known';
      waits.push({ key: `${id}/${wait}`, who, isDevice: assignedTo?.__typename === 'Device', product, since });
    }
    if (isLong) longLists.push({ allotmentId: id, product, after: page?.pageInfo.endCursor ?? null });
  }
  return { waits: waits.toSorted((a, b) => a.since.localeCompare(b.since)), bySku, longLists };
}
