import type { ReactNode } from 'react';
import { daysUntil, formatDay, formatDistance, formatMoment } from '../dates';

/** A calendar day, with how far away it is. */
export function Day({ day }: { readonly day: string }): ReactNode {
  return (
    <>
      <time dateTime={day}>{formatDay(day)}</time> <small className="muted">{formatDistance(daysUntil(day))}</small>
    </>
  );
}

/** A moment, with how long ago it was; the time of day on hovering. */
export function Moment({ moment }: { readonly moment: string }): ReactNode {
  return (
    <>
      <time dateTime={moment} title={formatMoment(moment)}>
        {formatDay(moment)}
      </time>{' '}
      <small className="muted">{formatDistance(daysUntil(moment.slice(0, 10)))}</small>
    </>
  );
}
