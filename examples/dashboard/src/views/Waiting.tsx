import { useApolloClient } from '@apollo/client/react';
import { useMemo, useState, type ReactNode } from 'react';
import { Empty } from '../parts/Empty';
import { LoadMore } from '../parts/LoadMore';
import { Panel } from '../parts/Panel';
import { moreWaitingQuery, readWaits, type LongList, type Waits } from '../waits';
import type { ViewProps } from './View';
import { WaitTable } from './WaitTable';

const everyProduct = '';

function MoreWaits({ allotmentId, product, after }: LongList): ReactNode {
  const client = useApolloClient();
  const variables = { allotment: allotmentId, after };
  const load = () => client.query({ query: moreWaitingQuery, variables, fetchPolicy: 'network-only' });
  return <LoadMore what={`who wait for ${product}`} load={load} />;
}

function WaitingLists({ waits, longLists }: Waits): ReactNode {
  const [product, setProduct] = useState(everyProduct);
  const products = [...new Set(waits.map((each) => each.product))].toSorted((a, b) => a.localeCompare(b));
  const chosen = waits.filter((each) => product === everyProduct || each.product === product);
  return (
    <>
      <div className="toolbar">
        <span role="status">
          {chosen.length.toLocaleString()} waiting{longLists.length > 0 && ', and more that are not loaded yet'}
        </span>
        <label>
          Product{' '}
          <select value={product} onChange={({ target }) => setProduct(target.value)}>
            <option value={everyProduct}>Every product</option>
            {products.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <WaitTable waits={chosen} caption="Who waits, longest first" />
      {longLists.map((list) => (
        <MoreWaits key={list.allotmentId} {...list} />
      ))}
    </>
  );
}

/** Everybody who waits for a seat. */
export function Waiting({ dashboard }: ViewProps): ReactNode {
  const { allotments, isLoading } = dashboard;
  const waits = useMemo(() => allotments && readWaits(allotments), [allotments]);
  return (
    <Panel
      title="Longest first"
      errors={dashboard.errorsOf('waiting')}
      isLoading={isLoading}
      onRetry={() => void dashboard.refresh()}
    >
      {waits && (waits.waits.length > 0 ? <WaitingLists {...waits} /> : <Empty>Nobody waits for a seat.</Empty>)}
    </Panel>
  );
}
