import type { ReactNode } from 'react';
import { Badge } from '../parts/Badge';
import { Moment } from '../parts/Moment';
import { Table } from '../parts/Table';
import type { Wait } from '../waits';

const columns = [{ title: 'Who' }, { title: 'Product' }, { title: 'Since' }];

/** Those who wait, in the order given. */
export function WaitTable({
  waits,
  caption,
}: {
  readonly waits: readonly Wait[];
  readonly caption: string;
}): ReactNode {
  return (
    <Table caption={caption} columns={columns}>
      {waits.map(({ key, who, isDevice, product, since }) => (
        <tr key={key}>
          <th scope="row">
            {who} {isDevice && <Badge>Device</Badge>}
          </th>
          <td>{product}</td>
          <td className="stacked">
            <Moment moment={since} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
