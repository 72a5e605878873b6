import type { ExpandStep } from '../compile/plan.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { ownedAddress } from './addresses.js';
import { inside } from './Carried.js';
import { lacksProperties, settleIncomplete } from './settleIncomplete.js';
import { Row } from './Row.js';
import { RowTypes, type RowType } from './RowTypes.js';
import type { Run } from './Run.js';
import { together } from './together.js';

/** A row, and the answer in which its related objects should stand: what the row came with, as long as it is not read again. */
export interface Carrier {
  readonly row: Row;
  readonly data: JsonObject;
}

function expandedRow(
  { field, navigation }: ExpandStep,
  { row: parent, data }: Carrier,
  value: JsonObject,
  { type, collection }: RowType,
): Row {
  if (field.ownedBy !== undefined) return new Row(type, ownedAddress(data[field.ownedBy], value), parent, value);
  if (collection !== undefined) return new Row(type, undefined, parent, value, undefined, collection);
  if (field.rows !== 'within' || parent.address === undefined) return new Row(type, undefined, parent, value);
  const resource = `${parent.address}/${navigation}`;
  return field.cardinality === 'one'
    ? new Row(type, resource, parent, value)
    : new Row(type, undefined, parent, value, undefined, resource);
}

/** The objects that stood in an answer under one navigation, and all that is left to do for them. */
export class ExpandedRows {
  private readonly followed: Row[] = [];
  private readonly lacking: Promise<void>[] = [];
  private readonly types: RowTypes;

  constructor(
    private readonly run: Run,
    private readonly step: ExpandStep,
  ) {
    this.types = RowTypes.of(step.target);
  }

  /** The row of an object. It is given to `keep` as soon as it has all its properties, which is nearly always at once. */
  add(carrier: Carrier, value: JsonObject, index: number, keep: (index: number, row: Row) => void): Row {
    const { run, step } = this;
    const type = this.types.typeOf(value);
    const { plan } = type;
    const row = expandedRow(step, carrier, value, type);
    if (plan === undefined || !lacksProperties(value, plan)) {
      keep(index, row);
      if (plan !== undefined && plan.steps.length > 0) this.followed.push(row);
      return row;
    }
    this.lacking.push(settleIncomplete(run, row, plan, inside, () => keep(index, row)));
    return row;
  }

  /** Finishes them, and everything behind them. */
  settle(): Promise<void> | undefined {
    const { run, step, followed, lacking } = this;
    const work = run.settleTarget(followed, step.target, inside);
    return lacking.length === 0 ? work : together([work, ...lacking]);
  }
}
