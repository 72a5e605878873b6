import { useId, useState, type ReactNode } from 'react';
import { getFragmentData, graphql, type FragmentType } from '../generated';
import { nodesOf } from '../nodesOf';
import { Badge } from '../parts/Badge';
import { PersonLicences } from './PersonLicences';

const personSummaryFragment = graphql(`
  fragment PersonSummary on User {
    id
    displayName
    userPrincipalName
    department
    accountEnabled
    userType
    usageRights(first: 20) {
      edges {
        node {
          id
          skuId
          sku {
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
  }
`);

interface PersonRowProps {
  readonly id: string;
  readonly person: FragmentType<typeof personSummaryFragment>;
}

/** A person in the list; opened, the licences with the path to each. */
export function PersonRow({ id, person }: PersonRowProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const { displayName, userPrincipalName, department, accountEnabled, userType, usageRights } = getFragmentData(
    personSummaryFragment,
    person,
  );
  const rights = nodesOf(usageRights);
  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="disclosure"
            aria-expanded={isOpen}
            {...(isOpen && { 'aria-controls': detailsId })}
            onClick={() => setOpen(!isOpen)}
          >
            {displayName ?? id}
          </button>
          <small className="muted">{userPrincipalName}</small>
        </th>
        <td>{department ?? <span className="muted">–</span>}</td>
        <td>
          <span className="badges">
            {accountEnabled === false && <Badge tone="caution">Sign-in disabled</Badge>}
            {userType === 'Guest' && <Badge>Guest</Badge>}
            {accountEnabled === true && userType !== 'Guest' && <span className="muted">Enabled</span>}
          </span>
        </td>
        <td>
          <span className="badges">
            {rights.map((right) => (
              <Badge key={right.id} tone="accent">
                {right.sku?.displayName ?? right.skuId}
              </Badge>
            ))}
            {usageRights?.pageInfo.hasNextPage === true && <Badge>and more</Badge>}
            {usageRights ? (
              rights.length === 0 && <span className="muted">None</span>
            ) : (
              <Badge tone="danger">Not known</Badge>
            )}
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr id={detailsId} className="details">
          <td colSpan={4}>
            <PersonLicences id={id} name={displayName ?? id} />
          </td>
        </tr>
      )}
    </>
  );
}
