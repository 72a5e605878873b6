import { useMemo, type ReactNode } from 'react';
import { Empty } from '../parts/Empty';
import { Panel } from '../parts/Panel';
import { readRenewals, type Renewal } from '../renewals';
import { RenewalTable } from './RenewalTable';
import type { ViewProps } from './View';

function List({ renewals, none }: { readonly renewals: readonly Renewal[]; readonly none: string }): ReactNode {
  return renewals.length > 0 ? <RenewalTable renewals={renewals} /> : <Empty>{none}</Empty>;
}

/** Every subscription, those whose date has passed by themselves. */
export function Renewals({ dashboard }: ViewProps): ReactNode {
  const { allotments, isLoading, hasMoreAllotments } = dashboard;
  const read = useMemo(() => allotments && readRenewals(allotments), [allotments]);
  const passed = read?.renewals.filter(({ daysAway }) => daysAway < 0);
  return (
    <>
      <Panel
        title="From today on"
        errors={dashboard.errorsOf('renewals')}
        isLoading={isLoading}
        onRetry={() => void dashboard.refresh()}
      >
        {read && (
          <List
            renewals={read.renewals.filter(({ daysAway }) => daysAway >= 0)}
            none="No subscription renews from today on."
          />
        )}
      </Panel>
      {passed !== undefined && passed.length > 0 && (
        <Panel title="Date passed">
          <List renewals={passed} none="" />
        </Panel>
      )}
      {read !== undefined && read.untold.length > 0 && (
        <p className="notice">
          Microsoft Graph names no subscription for {read.untold.join(', ')}, so no date is known.
        </p>
      )}
      {hasMoreAllotments && <p className="notice">There are more than 999 purchases; these are the first 999.</p>}
    </>
  );
}
