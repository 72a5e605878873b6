/**
 * Writes the answer: the last stage, whose values are final. Values are completed as the specification says (section 6.4):
 * every error has the path and the locations of its field, and a null where none may stand takes its parent with it.
 * Synchronous and pure.
 */
import { locatedError, type FieldNode, type GraphQLError } from 'graphql';
import type { BoundOperation } from '../bind/BoundOperation.js';
import type { Out, OutByType, OutPlace } from '../compile/Out.js';
import { answerTooLarge } from '../errors/tooComplex.js';
import { withoutStack } from '../errors/withoutStack.js';
import type { JsonObject, ProductNames } from '../mapping/mappingTypes.js';
import { badAnswer } from '../run/failures.js';
import { isObject } from '../run/objectOf.js';
import { Row, RowList, type ManyResult } from '../run/Row.js';
import { nulled, put, type AnswerObject, type Written } from './AnswerObject.js';
import type { Cursors } from './Cursors.js';
import { computedOf, missing, nodeIdOf, ownedIdOf, ownerOf, propertyOf } from './fieldValues.js';
import { rowsBehind } from './rowsBehind.js';
import { writeConnection, type ConnectionWriting } from './writeConnection.js';

/** What the answer holds beside what was read. */
export interface AnswerSources {
  readonly names: ProductNames;
  readonly cursors: Cursors;
}

/** Data and errors as clients get them. */
export interface Answer {
  readonly data: AnswerObject | null;
  readonly errors: readonly GraphQLError[];
}

/** Values that an error counts as: a server shows few of them, and makes all. */
const costOfError = 20;

/** Errors of an answer that say where in the document they are; a server shows fifty. */
const mostLocated = 200;

function nonNull({ nodes }: OutPlace): Error {
  return badAnswer(`${nodes[0]?.name.value ?? 'a field'} is null, which it never is`);
}

class AnswerWriter implements ConnectionWriting {
  readonly errors: GraphQLError[] = [];
  readonly path: (string | number)[] = [];
  readonly cursors: Cursors;
  private readonly names: ProductNames;
  /** Values that were written. */
  private values = 0;

  constructor(
    private readonly bound: BoundOperation,
    { cursors, names }: AnswerSources,
    private readonly introspected: JsonObject,
    private readonly maxValues: number,
  ) {
    this.cursors = cursors;
    this.names = names;
  }

  admits(values: number, { nodes }: OutPlace): boolean {
    const sum = this.values + values;
    if (values > 0 && sum > this.maxValues) {
      this.report(answerTooLarge(sum, this.maxValues), nodes);
      return false;
    }
    this.values = sum;
    return true;
  }

  note(values: number): void {
    this.values += values;
  }

  /** The fields of a row; `nulled` where one that may not be null is. */
  writeRow(row: Row, outs: readonly Out[]): Written {
    const object: AnswerObject = {};
    this.note(outs.length);
    for (const out of outs) {
      const value = this.writeField(row, out);
      if (value === nulled) return nulled;
      put(object, out.key, value);
    }
    return object;
  }

  private writeField(row: Row, out: Out): Written {
    switch (out.kind) {
      case 'typename':
        return row.type;
      case 'property':
        return this.leaf(propertyOf(row.data, out.field, row.type, row.failure), out);
      case 'computed':
        return this.leaf(computedOf(row.data, out.field, row.type, this.names), out);
      case 'complex':
        return this.writeComplex(row.data, out, row.type, row.failure);
      case 'derived':
        return this.writeDerived(row, out);
      case 'behind':
        return this.writeBehind(row, out);
      case 'ownedId':
        return this.leaf(ownedIdOf(row, out.slot), out);
      case 'nodeId':
        return this.leaf(nodeIdOf(out.type, this.keyOf(row, out.id)), out);
      case 'introspection':
        return Object.hasOwn(this.introspected, out.key) ? this.introspected[out.key] : null;
      case 'owner': {
        const owner = ownerOf(row, out.slot);
        return owner instanceof Error ? this.fail(owner, out) : this.writeOne(owner, out, out.byType);
      }
      case 'one':
      case 'list':
      case 'connection':
        return this.writeRelation(row, out);
    }
  }

  private keyOf(row: Row, out: Out): unknown {
    if (out.kind === 'ownedId') return ownedIdOf(row, out.slot);
    return out.kind === 'property' ? propertyOf(row.data, out.field, row.type, row.failure) : null;
  }

  /** What is looked through counts like what is written. */
  private rowsBehind(row: Row, slots: readonly number[]): readonly Row[] | Error {
    if (this.values > this.maxValues) return answerTooLarge(this.values, this.maxValues);
    const found = rowsBehind(row, slots);
    if (!(found instanceof Error)) this.note(found.length);
    return found;
  }

  private writeDerived(row: Row, out: Extract<Out, { kind: 'derived' }>): Written {
    const found = this.rowsBehind(row, out.slots);
    if (found instanceof Error) return this.fail(found, out);
    const { compute, needs, type } = out.field;
    const value = compute(row.data, found, row.parent?.type);
    const gone = needs.find((need) => row.data[need] === undefined) ?? out.nodes[0]?.name.value ?? '';
    if (value === undefined) return this.fail(row.failure ?? missing(row.type, gone), out);
    if (type === undefined || value === null) return this.leaf(value, out);
    this.path.push(out.key);
    return this.leave(this.writeComplexItems(value as readonly unknown[], { ...out, type, property: gone }), out);
  }

  private writeBehind(row: Row, out: Extract<Out, { kind: 'behind' }>): Written {
    const found = this.rowsBehind(row, out.slots);
    if (found instanceof Error) return this.fail(found, out);
    const judged = found.map(({ type }) => out.field.isWanted(type, row.parent?.type));
    if (judged.includes(undefined))
      return this.fail(badAnswer(`${row.type} that leads to an object of no known type`), out);
    const rows = found.filter((_, index) => judged[index]);
    this.path.push(out.key);
    return this.leave(this.writeRows(new RowList(rows), out, out.byType, rows.length), out);
  }

  private writeRelation(row: Row, out: Extract<Out, { kind: 'one' | 'list' | 'connection' }>): Written {
    const use = out.use === -1 ? undefined : this.bound.uses[out.use];
    if (use instanceof Error) return this.fail(use, out);
    const result = row.resultOf(out.slot);
    if (result === undefined) return this.fail(badAnswer(`${out.nodes[0]?.name.value ?? ''} was not read`), out);
    if (result instanceof Error) return this.fail(result, out);
    if (result.kind === 'one') return this.writeOne(result.row, out, 'byType' in out ? out.byType : {});
    const { count } = result;
    this.path.push(out.key);
    switch (out.kind) {
      case 'connection':
        return this.leave(writeConnection(this, result, out.type, out.out, Math.min(use?.first ?? count, count)), out);
      case 'one':
      case 'list':
        return this.leave(this.writeRows(result, out, out.byType, count), out);
    }
  }

  writeOne(row: Row | null, out: OutPlace, byType: OutByType): Written {
    if (row === null) return this.leaf(null, out);
    this.path.push(out.key);
    return this.leave(this.writeRow(row, byType[row.type] ?? []), out);
  }

  /** The items are nulled one by one where they may be. */
  writeRows(list: ManyResult, out: OutPlace, byType: OutByType, count: number): Written {
    if (!this.admits(count, out)) return nulled;
    const items = new Array<unknown>(count);
    let row: Row | Error | null = null;
    for (let index = 0; index < count; index += 1) {
      row = list.at(index, row);
      this.path.push(index);
      const written = row instanceof Row ? this.writeRow(row, byType[row.type] ?? []) : this.writeGap(row, out);
      this.path.pop();
      if (written === nulled && out.itemNonNull) return nulled;
      items[index] = written === nulled ? null : written;
    }
    return items;
  }

  /** An item that cannot be written, or that is not there. */
  private writeGap(gap: Error | null, out: OutPlace): Written {
    if (gap !== null) this.report(gap, out.nodes);
    else if (out.itemNonNull) this.report(nonNull(out), out.nodes);
    return nulled;
  }

  private writeComplex(
    data: JsonObject,
    out: Extract<Out, { kind: 'complex' }>,
    type: string,
    failure: Error | undefined,
  ): Written {
    const value = data[out.property];
    if (value === undefined || value === null) {
      if (value === undefined && failure !== undefined) return this.fail(failure, out);
      return out.required ? this.fail(missing(type, out.property), out) : this.leaf(null, out);
    }
    if (!Array.isArray(value)) return this.fail(badAnswer(`${type} with ${out.property} that are not a list`), out);
    const items: readonly unknown[] = value;
    this.path.push(out.key);
    return this.leave(this.writeComplexItems(items, out), out);
  }

  private writeComplexItems(
    items: readonly unknown[],
    out: Pick<Extract<Out, { kind: 'complex' }>, 'type' | 'property' | 'out' | keyof OutPlace>,
  ): Written {
    if (!this.admits(items.length, out)) return nulled;
    const written = new Array<unknown>(items.length);
    // One row stands for each item in turn: nobody keeps it.
    const row = new Row(out.type, undefined, undefined);
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      this.path.push(index);
      let value: Written;
      if (isObject(item)) {
        row.data = item;
        value = this.writeRow(row, out.out);
      } else value = this.writeGap(badAnswer(`${out.property} with an item that is not an object`), out);
      this.path.pop();
      if (value === nulled && out.itemNonNull) return nulled;
      written[index] = value === nulled ? null : value;
    }
    return written;
  }

  leave(value: Written, out: OutPlace): Written {
    this.path.pop();
    return value === nulled && !out.nonNull ? null : value;
  }

  leaf(value: unknown, out: OutPlace): Written {
    if (value instanceof Error) return this.fail(value, out);
    if (value === null && out.nonNull) return this.fail(nonNull(out), out);
    return value;
  }

  fail(error: Error, out: OutPlace): Written {
    this.path.push(out.key);
    this.report(error, out.nodes);
    this.path.pop();
    return out.nonNull ? nulled : null;
  }

  private report(error: Error, nodes: readonly FieldNode[]): void {
    // graphql-js counts the lines up to a node anew for each error; of so many not all are shown.
    const places = this.errors.length < mostLocated ? nodes : undefined;
    // Where it was raised, the error itself says.
    this.errors.push(withoutStack(() => locatedError(error, places, [...this.path])));
    this.note(costOfError);
  }
}

/**
 * The answer to a bound operation from what its run has found. Never throws for what Graph sent.
 *
 * @param introspected what graphql-js answered to the introspection fields of the root
 * @param maxValues how many values it may hold; lists beyond that are errors
 */
export function writeAnswer(
  bound: BoundOperation,
  root: Row,
  sources: AnswerSources,
  introspected: JsonObject,
  maxValues = Number.POSITIVE_INFINITY,
): Answer {
  const writer = new AnswerWriter(bound, sources, introspected, maxValues);
  const data = writer.writeRow(root, bound.compiled.out);
  return { data: data === nulled ? null : (data as AnswerObject), errors: writer.errors };
}
