import { useQuery } from '@apollo/client/react';
import { useEffect, useState, type ReactNode } from 'react';
import { graphql } from '../generated';
import type { PeopleQuery, UserFilter } from '../generated/graphql';
import { nodesOf } from '../nodesOf';
import { readErrors } from '../partErrors';
import { Empty } from '../parts/Empty';
import { LoadMore } from '../parts/LoadMore';
import { Panel } from '../parts/Panel';
import { Table } from '../parts/Table';
import { PersonRow } from './PersonRow';

const peopleQuery = graphql(`
  query People($search: String, $filter: UserFilter, $after: String) {
    users(first: 25, after: $after, search: $search, filter: $filter, orderBy: { field: DISPLAY_NAME }) {
      totalCount
      edges {
        node {
          id
          ...PersonSummary
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const filters: Readonly<Record<string, UserFilter>> = {
  'With licences': { hasLicense: { eq: true } },
  'Sign-in disabled, with licences': { accountEnabled: { eq: false }, hasLicense: { eq: true } },
  'Without licences': { hasLicense: { eq: false } },
  Everybody: {},
};

const [firstFilter = ''] = Object.keys(filters);

/** What is typed, once nobody has typed for a moment. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

const columns = [{ title: 'Name' }, { title: 'Department' }, { title: 'Account' }, { title: 'Licences' }];

function PeopleTable({ users }: { readonly users: NonNullable<PeopleQuery['users']> }): ReactNode {
  const people = nodesOf(users);
  if (people.length === 0) return <Empty>Nobody is found.</Empty>;
  return (
    <Table caption="People and their licences" columns={columns}>
      {people.map((person) => (
        <PersonRow key={person.id} id={person.id} person={person} />
      ))}
    </Table>
  );
}

/** People with their licences: search, a filter, and page after page. */
export function People(): ReactNode {
  const [typed, setTyped] = useState('');
  const [filterName, setFilterName] = useState(firstFilter);
  const search = useSettled(typed).trim();
  const variables = { filter: filters[filterName] ?? {}, ...(search !== '' && { search }) };
  const answer = useQuery(peopleQuery, { variables, notifyOnNetworkStatusChange: true });
  const { loading, error, fetchMore, refetch } = answer;
  const users = (answer.data ?? (loading ? answer.previousData : undefined))?.users;
  const count = nodesOf(users).length;
  const after = users?.pageInfo?.endCursor ?? null;
  return (
    <Panel title="Who has which licence" errors={readErrors(error)} isLoading={loading} onRetry={() => void refetch()}>
      <div className="toolbar" role="search">
        <label className="search">
          <span className="hidden">Search by name</span>
          <input
            type="search"
            value={typed}
            placeholder="Search by name"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <label>
          Show{' '}
          <select value={filterName} onChange={({ target }) => setFilterName(target.value)}>
            {Object.keys(filters).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span role="status" className="muted">
          {users ? `${count.toLocaleString()} of ${users.totalCount?.toLocaleString() ?? 'many'}` : 'Loading'}
        </span>
      </div>
      {users && <PeopleTable users={users} />}
      {users?.pageInfo.hasNextPage === true && (
        <LoadMore what="people" load={() => fetchMore({ variables: { ...variables, after }, errorPolicy: 'all' })} />
      )}
    </Panel>
  );
}
