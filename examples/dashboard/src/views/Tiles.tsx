import type { ReactNode } from 'react';
import { formatDay, formatDistance } from '../dates';
import type { Renewal } from '../renewals';
import type { Seats } from '../seats';
import type { Dashboard } from '../useDashboard';
import type { Waits } from '../waits';

interface TilesProps {
  readonly seats: readonly Seats[] | undefined;
  readonly waits: Waits | undefined;
  readonly next: Renewal | undefined;
  readonly problems: number | undefined;
  readonly dashboard: Dashboard;
}

interface TileProps {
  readonly title: string;
  /** Undefined where it is not known: never a nought in its place. */
  readonly figure: ReactNode | undefined;
  readonly detail: ReactNode;
  readonly link?: string;
}

function Tile({ title, figure, detail, link }: TileProps): ReactNode {
  return (
    <div className="tile">
      <dt>{link === undefined ? title : <a href={link}>{title}</a>}</dt>
      <dd className="figure">{figure ?? '–'}</dd>
      <dd className="muted">{figure === undefined ? 'Not known' : detail}</dd>
    </div>
  );
}

/** How many, with a plus where the list goes on behind what is known. */
function atLeast(count: number, goesOn: boolean): string {
  return `${count.toLocaleString()}${goesOn ? '+' : ''}`;
}

/** The figures on top. */
export function Tiles({ seats, waits, next, problems, dashboard }: TilesProps): ReactNode {
  if (dashboard.isLoading && seats === undefined) return <div className="tiles loading" aria-hidden="true" />;
  const used = seats?.reduce((sum, each) => sum + each.used, 0) ?? 0;
  const bought = seats?.reduce((sum, each) => sum + each.bought, 0) ?? 0;
  const full = seats?.reduce((sum, each) => sum + each.fullPurchases, 0) ?? 0;
  const lists = [...(waits?.bySku.values() ?? [])].filter(({ known }) => known > 0).length;
  const percent = bought === 0 ? 0 : Math.round((100 * used) / bought);
  return (
    <dl className="tiles">
      <Tile
        title="Seats used"
        figure={seats && `${percent}%`}
        detail={`${used.toLocaleString()} of ${bought.toLocaleString()}`}
      />
      <Tile
        title="Seats free"
        figure={seats && (bought - used).toLocaleString()}
        detail={full === 0 ? 'No purchase is full' : full === 1 ? '1 purchase is full' : `${full} purchases are full`}
      />
      <Tile
        title="Waiting"
        link="#/waiting"
        figure={waits && atLeast(waits.waits.length, waits.longLists.length > 0)}
        detail={lists === 1 ? 'for 1 product' : `for ${lists} products`}
      />
      <Tile
        title="Problems"
        link="#/problems"
        figure={problems === undefined ? undefined : atLeast(problems, dashboard.hasMoreProblems)}
        detail="Licences that took no effect"
      />
      <Tile
        title="Next renewal"
        link="#/renewals"
        figure={next && formatDay(next.day)}
        detail={next && `${next.product}, ${formatDistance(next.daysAway)}`}
      />
    </dl>
  );
}
