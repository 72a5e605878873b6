import { useMemo, type ReactNode } from 'react';
import { Empty } from '../parts/Empty';
import { Panel } from '../parts/Panel';
import { readProblems } from '../problems';
import { readRenewals } from '../renewals';
import { readSeats } from '../seats';
import { readWaits, type WaitCount } from '../waits';
import { ProblemTable } from './ProblemTable';
import { RenewalTable } from './RenewalTable';
import { SeatsChart } from './SeatsChart';
import { Tiles } from './Tiles';
import type { ViewProps } from './View';
import { WaitTable } from './WaitTable';

const shown = 5;
const noWaits: ReadonlyMap<string, WaitCount> = new Map();

/** Everything at a glance: figures, the chart, and the beginning of each list. */
export function Overview({ dashboard }: ViewProps): ReactNode {
  const { products, allotments, problems: found, isLoading } = dashboard;
  const waits = useMemo(() => allotments && readWaits(allotments), [allotments]);
  const waiting = waits?.bySku ?? noWaits;
  const seats = useMemo(() => products?.flatMap((each) => readSeats(each, waiting) ?? []), [products, waiting]);
  const renewals = useMemo(() => allotments && readRenewals(allotments).renewals, [allotments]);
  const problems = useMemo(() => found && readProblems(found), [found]);
  const upcoming = renewals?.filter(({ daysAway }) => daysAway >= 0);
  const part = (name: Parameters<typeof dashboard.errorsOf>[0]) => ({
    errors: dashboard.errorsOf(name),
    isLoading,
    onRetry: () => void dashboard.refresh(),
  });
  return (
    <>
      <Tiles seats={seats} waits={waits} next={upcoming?.[0]} problems={problems?.length} dashboard={dashboard} />
      <Panel title="Seats per product" {...part('seats')}>
        {seats && (seats.length > 0 ? <SeatsChart seats={seats} /> : <Empty>No product has seats.</Empty>)}
      </Panel>
      <div className="columns">
        <Panel title="Next renewals" aside={<a href="#/renewals">All renewals</a>} {...part('renewals')}>
          {upcoming &&
            (upcoming.length > 0 ? (
              <RenewalTable renewals={upcoming.slice(0, shown)} isShort />
            ) : (
              <Empty>No subscription renews from today on.</Empty>
            ))}
        </Panel>
        <Panel title="Waiting longest" aside={<a href="#/waiting">Everybody who waits</a>} {...part('waiting')}>
          {waits &&
            (waits.waits.length > 0 ? (
              <WaitTable waits={waits.waits.slice(0, shown)} caption="Those who wait longest" />
            ) : (
              <Empty>Nobody waits for a seat.</Empty>
            ))}
        </Panel>
      </div>
      <Panel title="Latest problems" aside={<a href="#/problems">All problems</a>} {...part('problems')}>
        {problems &&
          (problems.length > 0 ? (
            <ProblemTable problems={problems.slice(0, shown)} caption="The latest problems" />
          ) : (
            <Empty>Every licence has taken effect.</Empty>
          ))}
      </Panel>
    </>
  );
}
