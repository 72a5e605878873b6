import type { ReactNode } from 'react';
import type { SubscriptionState } from '../generated/graphql';
import { Badge, type Tone } from './Badge';

const states: Readonly<Record<SubscriptionState, { readonly text: string; readonly tone: Tone }>> = {
  ACTIVE: { text: 'Active', tone: 'good' },
  WARNING: { text: 'Warning', tone: 'caution' },
  SUSPENDED: { text: 'Suspended', tone: 'danger' },
  LOCKED_OUT: { text: 'Locked out', tone: 'danger' },
  DELETED: { text: 'Deleted', tone: 'danger' },
  UNKNOWN: { text: 'Unknown state', tone: 'neutral' },
};

interface SubscriptionBadgesProps {
  readonly states: readonly SubscriptionState[];
  readonly isTrial: boolean;
}

/** The states of subscriptions, and whether one is a trial. */
export function SubscriptionBadges({ states: shown, isTrial }: SubscriptionBadgesProps): ReactNode {
  return (
    <>
      {shown.map((state) => (
        <Badge key={state} tone={states[state].tone}>
          {states[state].text}
        </Badge>
      ))}
      {isTrial && <Badge tone="accent">Trial</Badge>}
    </>
  );
}
