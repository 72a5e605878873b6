import type { ReactNode } from 'react';
import { Badge } from '../parts/Badge';
import { Day } from '../parts/Moment';
import { SubscriptionBadges } from '../parts/SubscriptionBadges';
import { Table } from '../parts/Table';
import type { Renewal } from '../renewals';

interface RenewalTableProps {
  readonly renewals: readonly Renewal[];
  /** Leaves out what there is no room for on the overview. */
  readonly isShort?: boolean;
}

/** Subscriptions by the day on which they renew or change their state. */
export function RenewalTable({ renewals, isShort = false }: RenewalTableProps): ReactNode {
  const columns = [
    { title: 'Date' },
    { title: 'Product' },
    { title: 'State' },
    { title: 'Seats used', isNumber: true },
    ...(isShort ? [] : [{ title: 'Subscription' }]),
  ];
  return (
    <Table caption={isShort ? 'The next renewals' : 'Subscriptions by date'} columns={columns}>
      {renewals.map(({ key, day, daysAway, product, state, isTrial, used, bought, subscriptionId }) => (
        <tr key={key}>
          <td className="stacked">
            <Day day={day} />
          </td>
          <th scope="row">{product}</th>
          <td>
            <span className="badges">
              <SubscriptionBadges states={[state]} isTrial={isTrial} />
              {daysAway < 0 && <Badge tone="caution">Date passed</Badge>}
            </span>
          </td>
          <td className="number">
            {used.toLocaleString()} of {bought.toLocaleString()}
          </td>
          {!isShort && (
            <td>
              <code>{subscriptionId}</code>
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}
