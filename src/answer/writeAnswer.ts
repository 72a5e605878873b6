/**
 * Writes the answer: the last stage, whose values are final. Values are completed as the specification says (section 6.4):
 * every error has the path and the locations of its field, and a null where none may stand takes its parent with it.
 * Synchronous and pure.
 */
import { locatedError, type FieldNode, type GraphQLError } from 'graphql';
import type { BoundOperation } from '../bind/BoundOperation.js';
import type { ConnectionOut, EdgeOut, Out, OutByType, OutPlace, PageInfoOut } from '../compile/Out.js';
import { writeNodeId } from '../mapping/nodeId.js';
import { writeOwnedId } from '../mapping/ownedId.js';
import { isDirectoryType } from '../mapping/schemaMapping.js';
import type { ComputedField, JsonObject, ProductNames, PropertyField } from '../mapping/mappingTypes.js';
import { badAnswer } from '../run/failures.js';
import { isObject } from '../run/objectOf.js';
import { onFirstPage, Row, RowList, type ManyResult } from '../run/Row.js';
import type { Cursors } from './Cursors.js';
import { rowsBehind } from './rowsBehind.js';

/** An object of the answer, by response key in the order of the query. */
export type AnswerObject = Record<string, unknown>;

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

/** Errors of an answer that say where in the document they are; a server shows fifty. */
const mostLocated = 200;

/** Stands for a null that has taken its parent with it. */
const nulled = Symbol('nulled');
type Written = unknown;

/** Sets a key that came from the query; `__proto__` as an alias must stay a key like any other. */
function put(object: AnswerObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function missing(type: string, property: string): Error {
  return badAnswer(`${type} without its ${property}`);
}

function convert(value: unknown, field: PropertyField, type: string): unknown {
  try {
    return field.convert(value);
  } catch {
    return badAnswer(`${type} with a ${field.property} that cannot be read`);
  }
}

function propertyOf(data: JsonObject, field: PropertyField, type: string, failure: Error | undefined): unknown {
  const value = data[field.property];
  if (value !== undefined && value !== null) return convert(value, field, type);
  if (value === undefined && failure !== undefined) return failure;
  return field.required ? missing(type, field.property) : null;
}

function computedOf(data: JsonObject, { compute, needs }: ComputedField, type: string, names: ProductNames): unknown {
  let value: unknown;
  try {
    value = compute(data, names);
  } catch {
    return badAnswer(`${type} with a ${needs.join(' or ')} that cannot be read`);
  }
  if (value !== undefined) return value;
  const gone = needs.find((need) => data[need] === undefined);
  return gone === undefined ? null : missing(type, gone);
}

/** The owner of a right is the row it was read from, as is what leads back; for a right inside an error it is whom the error is about. */
function ownerOf({ parent }: Row, slot: number | undefined): Row | Error | null {
  if (slot === undefined) return parent ?? null;
  const result = parent?.resultOf(slot);
  if (result instanceof Error) return result;
  return result?.kind === 'one' ? result.row : null;
}

function ownedIdOf(row: Row, slot: number | undefined): unknown {
  const owner = ownerOf(row, slot);
  if (owner instanceof Error) return owner;
  const { id } = row.data;
  const ownerId = owner?.data.id;
  if (owner === null || typeof ownerId !== 'string' || !isDirectoryType(owner.type)) return missing(row.type, 'owner');
  if (typeof id !== 'string') return missing(row.type, 'id');
  return writeOwnedId({ ownerType: owner.type, ownerId, id });
}

function nodeIdOf(type: string, key: unknown): unknown {
  return typeof key === 'string' ? writeNodeId({ type, key }) : key;
}

class AnswerWriter {
  readonly errors: GraphQLError[] = [];
  /** Response keys and list indexes that lead to the value at hand. */
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly bound: BoundOperation,
    private readonly sources: AnswerSources,
    private readonly introspected: JsonObject,
  ) {}

  /** The fields of a row; `nulled` where one that may not be null is. */
  writeRow(row: Row, outs: readonly Out[]): Written {
    const object: AnswerObject = {};
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
        return this.leaf(computedOf(row.data, out.field, row.type, this.sources.names), out);
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

  private writeDerived(row: Row, out: Extract<Out, { kind: 'derived' }>): Written {
    const found = rowsBehind(row, out.slots);
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
    const found = rowsBehind(row, out.slots);
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
        return this.leave(this.writeConnection(result, out.type, out.out, Math.min(use?.first ?? count, count)), out);
      case 'one':
      case 'list':
        return this.leave(this.writeRows(result, out, out.byType, count), out);
    }
  }

  private writeOne(row: Row | null, out: OutPlace, byType: OutByType): Written {
    if (row === null) return this.leaf(null, out);
    this.path.push(out.key);
    return this.leave(this.writeRow(row, byType[row.type] ?? []), out);
  }

  /** A list of rows, as far as it is wanted; the items are nulled one by one where they may be. */
  private writeRows(list: ManyResult, out: OutPlace, byType: OutByType, count: number): Written {
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

  private writeConnection(result: ManyResult, type: string, outs: readonly ConnectionOut[], count: number): Written {
    const object: AnswerObject = {};
    for (const out of outs) {
      const value = this.writeConnectionField(result, type, out, count);
      if (value === nulled) return nulled;
      put(object, out.key, value);
    }
    return object;
  }

  private writeConnectionField(result: ManyResult, type: string, out: ConnectionOut, count: number): Written {
    switch (out.kind) {
      case 'typename':
        return type;
      case 'nodes':
        this.path.push(out.key);
        return this.leave(this.writeRows(result, out, out.byType, count), out);
      case 'edges':
        this.path.push(out.key);
        return this.leave(this.writeEdges(result, out, count), out);
      case 'pageInfo':
        this.path.push(out.key);
        return this.leave(this.writePageInfo(result, out.out, count), out);
      case 'totalCount':
        return this.leaf(result.total ?? null, out);
    }
  }

  private writeEdges(result: ManyResult, out: Extract<ConnectionOut, { kind: 'edges' }>, count: number): Written {
    const items = new Array<unknown>(count);
    for (let index = 0; index < count; index += 1) {
      this.path.push(index);
      const edge = this.writeEdge(result, index, out.type, out.out);
      this.path.pop();
      if (edge === nulled && out.itemNonNull) return nulled;
      items[index] = edge === nulled ? null : edge;
    }
    return items;
  }

  private writeEdge(result: ManyResult, index: number, type: string, outs: readonly EdgeOut[]): Written {
    const object: AnswerObject = {};
    const row = result.at(index);
    for (const out of outs) {
      const value = this.writeEdgeField(result, index, row, type, out);
      if (value === nulled) return nulled;
      put(object, out.key, value);
    }
    return object;
  }

  private writeEdgeField(
    result: ManyResult,
    index: number,
    row: Row | Error | null,
    type: string,
    out: EdgeOut,
  ): Written {
    switch (out.kind) {
      case 'typename':
        return type;
      case 'cursor':
        return this.leaf(this.cursorOf(result, index, row), out);
      case 'node':
        return row instanceof Error ? this.fail(row, out) : this.writeOne(row, out, out.byType);
    }
  }

  private writePageInfo(result: ManyResult, outs: readonly PageInfoOut[], count: number): Written {
    const object: AnswerObject = {};
    for (const out of outs) {
      const value = this.leaf(this.pageInfoOf(result, out.kind, count), out);
      if (value === nulled) return nulled;
      put(object, out.key, value);
    }
    return object;
  }

  private pageInfoOf(result: ManyResult, kind: PageInfoOut['kind'], count: number): unknown {
    switch (kind) {
      case 'typename':
        return 'PageInfo';
      case 'hasNextPage':
        return result.hasMore || count < result.count;
      case 'hasPreviousPage':
        return result.hasPrevious;
      case 'startCursor':
        return count === 0 ? null : this.cursorOf(result, 0);
      case 'endCursor':
        return count === 0 ? null : this.cursorOf(result, count - 1);
    }
  }

  /** The cursor of a row: of one that cannot be read it says the place alone. */
  private cursorOf(result: ManyResult, index: number, row = result.at(index)): string | null {
    const { positions, scope } = result;
    const position = positions === undefined ? onFirstPage(index) : positions.at(index);
    if (position === undefined) return null;
    const id = row instanceof Row ? row.data.id : undefined;
    return this.sources.cursors.write(scope, position, typeof id === 'string' ? id : '');
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

  /** Leaves the field whose value this is; where it is nulled, so is the field, if it may be. */
  private leave(value: Written, out: OutPlace): Written {
    this.path.pop();
    return value === nulled && !out.nonNull ? null : value;
  }

  /** A value that is final; an Error in its place, or a null that may not stand, fails the field. */
  private leaf(value: unknown, out: OutPlace): Written {
    if (value instanceof Error) return this.fail(value, out);
    if (value === null && out.nonNull) return this.fail(nonNull(out), out);
    return value;
  }

  private fail(error: Error, out: OutPlace): Written {
    this.path.push(out.key);
    this.report(error, out.nodes);
    this.path.pop();
    return out.nonNull ? nulled : null;
  }

  private report(error: Error, nodes: readonly FieldNode[]): void {
    // graphql-js counts the lines up to a node anew for each error; of so many not all are shown.
    const places = this.errors.length < mostLocated ? nodes : undefined;
    this.errors.push(locatedError(error, places, [...this.path]));
  }
}

function nonNull({ nodes }: OutPlace): Error {
  return badAnswer(`${nodes[0]?.name.value ?? 'a field'} is null, which it never is`);
}

/**
 * The answer to a bound operation from what its run has found. Never throws for what Graph sent.
 *
 * @param introspected what graphql-js answered to the introspection fields of the root
 */
export function writeAnswer(
  bound: BoundOperation,
  root: Row,
  sources: AnswerSources,
  introspected: JsonObject = {},
): Answer {
  const writer = new AnswerWriter(bound, sources, introspected);
  const data = writer.writeRow(root, bound.compiled.out);
  return { data: data === nulled ? null : (data as AnswerObject), errors: writer.errors };
}
