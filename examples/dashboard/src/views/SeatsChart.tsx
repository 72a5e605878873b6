import { useState, type CSSProperties, type ReactNode } from 'react';
import { Badge } from '../parts/Badge';
import { SubscriptionBadges } from '../parts/SubscriptionBadges';
import { axisOf, seatOrders, type SeatOrder, type Seats } from '../seats';

const share = (part: number, whole: number): CSSProperties => ({ inlineSize: `${(100 * part) / whole}%` });

interface BarProps {
  readonly seats: Seats;
  readonly axis: readonly number[];
}

/** The numbers stand beside it in the table, so it is for the eye alone. */
function Bar({ seats, axis }: BarProps): ReactNode {
  const { used, free, waits } = seats;
  const most = axis.at(-1) ?? 1;
  return (
    <div className="bar" aria-hidden="true">
      {axis.map((tick) => (
        <i key={tick} className="tick" style={{ insetInlineStart: `${(100 * tick) / most}%` }} />
      ))}
      <span className={free > 0 ? 'used' : 'used full'} style={share(used, most)} />
      <span className="free" style={share(Math.max(0, free), most)} />
      <span className="waits" style={share(waits.known, most)} />
    </div>
  );
}

function Row({ seats, axis }: BarProps): ReactNode {
  const { name, used, bought, free, purchases, fullPurchases, waits, troubles, isTrial } = seats;
  return (
    <tr>
      <th scope="row">
        <span className="name">{name}</span>
        <span className="badges">
          {free <= 0 && <Badge tone="danger">Full</Badge>}
          {free > 0 && fullPurchases > 0 && (
            <Badge tone="danger">
              {fullPurchases} of {purchases} purchases full
            </Badge>
          )}
          <SubscriptionBadges states={troubles} isTrial={isTrial} />
        </span>
      </th>
      <td className="chart">
        <Bar seats={seats} axis={axis} />
      </td>
      <td className="number">{used.toLocaleString()}</td>
      <td className="number">{bought.toLocaleString()}</td>
      <td className="number">{free.toLocaleString()}</td>
      <td className="number">{waits.known > 0 ? `${waits.known.toLocaleString()}${waits.goesOn ? '+' : ''}` : '–'}</td>
    </tr>
  );
}

function Legend(): ReactNode {
  return (
    <ul className="legend" aria-label="What the bars show">
      <li className="used">Used</li>
      <li className="free">Free</li>
      <li className="waits">Waiting for a seat</li>
    </ul>
  );
}

function Axis({ axis }: { readonly axis: readonly number[] }): ReactNode {
  const most = axis.at(-1) ?? 1;
  return (
    <div className="axis" aria-hidden="true">
      {axis.map((tick) => (
        <span key={tick} style={{ insetInlineStart: `${(100 * tick) / most}%` }}>
          {tick.toLocaleString()}
        </span>
      ))}
    </div>
  );
}

/** Seats of each product as a bar: used, free, and wanted beyond what was bought. All bars have one scale. */
export function SeatsChart({ seats }: { readonly seats: readonly Seats[] }): ReactNode {
  const [order, setOrder] = useState<SeatOrder>('needs attention');
  const axis = axisOf(Math.max(1, ...seats.map(({ bought, used, waits }) => Math.max(bought, used) + waits.known)));
  return (
    <>
      <div className="toolbar">
        <Legend />
        <label>
          Sort by{' '}
          <select value={order} onChange={({ target }) => setOrder(target.value as SeatOrder)}>
            {Object.keys(seatOrders).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <table className="seats">
        <caption className="hidden">Seats of each product</caption>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col" className="chart">
              <span className="hidden">Seats as a bar</span>
              <Axis axis={axis} />
            </th>
            <th scope="col" className="number">
              Used
            </th>
            <th scope="col" className="number">
              Bought
            </th>
            <th scope="col" className="number">
              Free
            </th>
            <th scope="col" className="number">
              Waiting
            </th>
          </tr>
        </thead>
        <tbody>
          {seats.toSorted(seatOrders[order]).map((each) => (
            <Row key={each.skuId} seats={each} axis={axis} />
          ))}
        </tbody>
      </table>
    </>
  );
}
