import type { ErrorLike } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { graphql } from './generated';
import type { DashboardQuery } from './generated/graphql';
import { nodesOf } from './nodesOf';
import { errorsOf, readErrors, type PartError } from './partErrors';

/** Everything but people, in one request: the gateway makes one wave of calls of it. */
const dashboardQuery = graphql(`
  query Dashboard {
    skus {
      id
      ...ProductSeats
    }
    allotments(first: 999) {
      edges {
        node {
          id
          ...Purchase
          ...WaitingList
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    assignmentErrors(first: 100) {
      edges {
        node {
          id
          ...Problem
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The parts of the page that can fail by themselves. */
export type Part = 'seats' | 'renewals' | 'waiting' | 'problems';

const owners: Readonly<Record<Part, (path: PartError['path']) => boolean>> = {
  seats: ([root]) => root === 'skus',
  renewals: (path) => path[0] === 'allotments' && !path.includes('waitingMembers'),
  waiting: (path) => path[0] === 'allotments' && !path.includes('subscriptions'),
  problems: ([root]) => root === 'assignmentErrors',
};

type Connections = Pick<DashboardQuery, 'allotments' | 'assignmentErrors'>;

/** An allotment, as the fragments of the views mask it. */
export type AllotmentRef = NonNullable<NonNullable<Connections['allotments']>['edges'][number]['node']>;

/** An assignment error, masked in the same way. */
export type ProblemRef = NonNullable<NonNullable<Connections['assignmentErrors']>['edges'][number]['node']>;

/** A product, masked in the same way. */
export type ProductRef = NonNullable<NonNullable<DashboardQuery['skus']>[number]>;

/** What the views show. A list that could not be read is undefined; an empty one is known to be empty. */
export interface Dashboard {
  readonly isLoading: boolean;
  readonly products: readonly ProductRef[] | undefined;
  readonly allotments: readonly AllotmentRef[] | undefined;
  readonly problems: readonly ProblemRef[] | undefined;
  /** Whether there are more than were asked for. */
  readonly hasMoreAllotments: boolean;
  readonly hasMoreProblems: boolean;
  errorsOf(part: Part): readonly PartError[];
  loadMoreProblems(): Promise<{ readonly error?: ErrorLike | undefined }>;
  /** Asks again for everything. */
  refresh(): Promise<unknown>;
}

const moreProblemsQuery = graphql(`
  query MoreProblems($after: String) {
    assignmentErrors(first: 100, after: $after) {
      edges {
        node {
          id
          ...Problem
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Asks for the dashboard once; every view shows a part of the same answer. */
export function useDashboard(): Dashboard {
  const { data, error, loading, refetch, fetchMore } = useQuery(dashboardQuery, { notifyOnNetworkStatusChange: true });
  const errors = useMemo(() => readErrors(error), [error]);
  return {
    isLoading: loading,
    products: data?.skus?.flatMap((sku) => sku ?? []),
    allotments: data?.allotments ? nodesOf(data.allotments) : undefined,
    problems: data?.assignmentErrors ? nodesOf(data.assignmentErrors) : undefined,
    hasMoreAllotments: data?.allotments?.pageInfo?.hasNextPage === true,
    hasMoreProblems: data?.assignmentErrors?.pageInfo?.hasNextPage === true,
    errorsOf: (part) => errorsOf(errors, owners[part]),
    loadMoreProblems: () =>
      fetchMore({
        query: moreProblemsQuery,
        variables: { after: data?.assignmentErrors?.pageInfo?.endCursor ?? null },
        errorPolicy: 'all',
      }),
    refresh: () => refetch(),
  };
}
