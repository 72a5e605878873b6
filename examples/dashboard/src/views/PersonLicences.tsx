import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { graphql } from '../generated';
import { nodesOf } from '../nodesOf';
import { readErrors } from '../partErrors';
import { Empty } from '../parts/Empty';
import { ErrorNotice } from '../parts/ErrorNotice';
import { LoadMore } from '../parts/LoadMore';
import { Moment } from '../parts/Moment';
import { LicencePaths } from './LicencePaths';

const personLicencesQuery = graphql(`
  query PersonLicences($id: ID!, $after: String) {
    user(id: $id) {
      id
      usageRights(first: 50, after: $after) {
        edges {
          node {
            id
            ...LicencePath
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      waitingMembers {
        edges {
          node {
            id
            waitingSinceDateTime
            allotment {
              id
              skuPartNumber
              sku {
                id
                displayName
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** The licences of a person, each with its path, and what the person waits for. */
export function PersonLicences({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const { data, error, loading, refetch, fetchMore } = useQuery(personLicencesQuery, { variables: { id } });
  const errors = readErrors(error);
  const rights = data?.user?.usageRights;
  const waits = nodesOf(data?.user?.waitingMembers);
  return (
    <div className="person" aria-busy={loading}>
      {loading && <p role="status">Loading the licences of {name}…</p>}
      {errors.length > 0 && <ErrorNotice errors={errors} isPartial={!!rights} onRetry={() => void refetch()} />}
      {data?.user === null && errors.length === 0 && <Empty>{name} is no longer in the directory.</Empty>}
      {rights && nodesOf(rights).length === 0 && <Empty>{name} has no licence.</Empty>}
      {rights && (
        <ul className="licences" aria-label={`Licences of ${name}`}>
          {nodesOf(rights).map((right) => (
            <LicencePaths key={right.id} right={right} person={name} />
          ))}
        </ul>
      )}
      {rights?.pageInfo.hasNextPage === true && (
        <LoadMore
          what="licences"
          load={() => fetchMore({ variables: { id, after: rights.pageInfo.endCursor ?? null }, errorPolicy: 'all' })}
        />
      )}
      {waits.map(({ id: wait, waitingSinceDateTime, allotment }) => (
        <p key={wait} className="waits">
          Waits for {allotment?.sku?.displayName ?? allotment?.skuPartNumber ?? 'a licence'} since{' '}
          <Moment moment={waitingSinceDateTime} />
        </p>
      ))}
    </div>
  );
}
