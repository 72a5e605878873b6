import type { ConnectionOut, EdgeOut, OutByType, OutPlace, PageInfoOut } from '../compile/Out.js';
import { onFirstPage, Row, type ManyResult } from '../run/Row.js';
import { nulled, put, type AnswerObject, type Written } from './AnswerObject.js';
import type { Cursors } from './Cursors.js';

/** What writing a connection needs of the writing of its answer. */
export interface ConnectionWriting {
  readonly cursors: Cursors;
  /** Response keys and list indexes that lead to the value at hand. */
  readonly path: (string | number)[];
  /** Whether a list of so many values may still be written, which is noted; where it may not, that is an error of the list. */
  admits(values: number, out: OutPlace): boolean;
  /** Notes values that are written in any case. */
  note(values: number): void;
  writeOne(row: Row | null, out: OutPlace, byType: OutByType): Written;
  /** A list of rows, as far as it is wanted. */
  writeRows(list: ManyResult, out: OutPlace, byType: OutByType, count: number): Written;
  /** Leaves the field whose value this is; where it is nulled, so is the field, if it may be. */
  leave(value: Written, out: OutPlace): Written;
  /** A value that is final; an Error in its place, or a null that may not stand, fails the field. */
  leaf(value: unknown, out: OutPlace): Written;
  fail(error: Error, out: OutPlace): Written;
}

/** Values that a cursor counts as: it is signed by itself. */
const costOfCursor = 20;

function costOf({ kind }: EdgeOut | PageInfoOut): number {
  return kind === 'cursor' || kind === 'startCursor' || kind === 'endCursor' ? costOfCursor : 1;
}

/** What the fields of one edge, or of a `pageInfo`, count as. */
function costOfFields(outs: readonly (EdgeOut | PageInfoOut)[]): number {
  return outs.reduce((sum, out) => sum + costOf(out), 0);
}

/** The cursor of a row: of one that cannot be read it says the place alone. */
function cursorOf(writer: ConnectionWriting, result: ManyResult, index: number, row = result.at(index)): string | null {
  const { positions, scope } = result;
  const position = positions === undefined ? onFirstPage(index) : positions.at(index);
  if (position === undefined) return null;
  const id = row instanceof Row ? row.data.id : undefined;
  return writer.cursors.write(scope, position, typeof id === 'string' ? id : '');
}

function writeEdgeField(
  writer: ConnectionWriting,
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
      return writer.leaf(cursorOf(writer, result, index, row), out);
    case 'node':
      return row instanceof Error ? writer.fail(row, out) : writer.writeOne(row, out, out.byType);
  }
}

function writeEdge(
  writer: ConnectionWriting,
  result: ManyResult,
  index: number,
  type: string,
  outs: readonly EdgeOut[],
): Written {
  const object: AnswerObject = {};
  const row = result.at(index);
  for (const out of outs) {
    const value = writeEdgeField(writer, result, index, row, type, out);
    if (value === nulled) return nulled;
    put(object, out.key, value);
  }
  return object;
}

function writeEdges(
  writer: ConnectionWriting,
  result: ManyResult,
  out: Extract<ConnectionOut, { kind: 'edges' }>,
  count: number,
): Written {
  if (!writer.admits(count * (1 + costOfFields(out.out)), out)) return nulled;
  const items = new Array<unknown>(count);
  for (let index = 0; index < count; index += 1) {
    writer.path.push(index);
    const edge = writeEdge(writer, result, index, out.type, out.out);
    writer.path.pop();
    if (edge === nulled && out.itemNonNull) return nulled;
    items[index] = edge === nulled ? null : edge;
  }
  return items;
}

function pageInfoOf(writer: ConnectionWriting, result: ManyResult, kind: PageInfoOut['kind'], count: number): unknown {
  switch (kind) {
    case 'typename':
      return 'PageInfo';
    case 'hasNextPage':
      return result.hasMore || count < result.count;
    case 'hasPreviousPage':
      return result.hasPrevious;
    case 'startCursor':
      return count === 0 ? null : cursorOf(writer, result, 0);
    case 'endCursor':
      return count === 0 ? null : cursorOf(writer, result, count - 1);
  }
}

function writePageInfo(
  writer: ConnectionWriting,
  result: ManyResult,
  outs: readonly PageInfoOut[],
  count: number,
): Written {
  const object: AnswerObject = {};
  writer.note(costOfFields(outs));
  for (const out of outs) {
    const value = writer.leaf(pageInfoOf(writer, result, out.kind, count), out);
    if (value === nulled) return nulled;
    put(object, out.key, value);
  }
  return object;
}

function writeConnectionField(
  writer: ConnectionWriting,
  result: ManyResult,
  type: string,
  out: ConnectionOut,
  count: number,
): Written {
  switch (out.kind) {
    case 'typename':
      return type;
    case 'nodes':
      writer.path.push(out.key);
      return writer.leave(writer.writeRows(result, out, out.byType, count), out);
    case 'edges':
      writer.path.push(out.key);
      return writer.leave(writeEdges(writer, result, out, count), out);
    case 'pageInfo':
      writer.path.push(out.key);
      return writer.leave(writePageInfo(writer, result, out.out, count), out);
    case 'totalCount':
      return writer.leaf(result.total ?? null, out);
  }
}

/**
 * The fields of a connection; `nulled` where one that may not be null is.
 *
 * @param type name of the connection's own type
 * @param count how many of the rows are wanted
 */
export function writeConnection(
  writer: ConnectionWriting,
  result: ManyResult,
  type: string,
  outs: readonly ConnectionOut[],
  count: number,
): Written {
  const object: AnswerObject = {};
  writer.note(outs.length);
  for (const out of outs) {
    const value = writeConnectionField(writer, result, type, out, count);
    if (value === nulled) return nulled;
    put(object, out.key, value);
  }
  return object;
}
