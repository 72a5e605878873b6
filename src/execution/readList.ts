import type { Call, CallSource, RelationPlan } from '../planner/plan.js';
import { badAnswer, pageOf } from './answers.js';
import type { Execution } from './Execution.js';
import { readPages, type Listing, type ListRead } from './readPages.js';
import type { CursorScope, ManyResult, Position, Row } from './Row.js';
import { resourceOf } from './rows.js';

function countOf(listing: { readonly count: number | undefined }): number {
  if (listing.count === undefined) throw badAnswer('a count was asked for and is missing');
  return listing.count;
}

async function readTotal(
  execution: Execution,
  parent: Row,
  source: CallSource,
  listings: readonly Listing[],
): Promise<number | Error | undefined> {
  if (!source.counted && source.countCalls.length === 0) return undefined;
  try {
    if (source.counted) return listings.map(countOf).reduce((sum, count) => sum + count, 0);
    const bodies = await Promise.all(
      source.countCalls.map((call) => execution.graph.read(resourceOf(parent, call) + call.query, true)),
    );
    return bodies.map((body) => countOf(pageOf(body))).reduce((sum, count) => sum + count, 0);
  } catch (error) {
    return error instanceof Error ? error : new Error('The count could not be read.');
  }
}

/** What a cursor into the list is bound to: the list, and the queries that Graph's own links carry on. */
function scopeOf(parent: Row, relation: RelationPlan, calls: readonly Call[]): CursorScope {
  const queries = calls.map((call) => call.query.replace(/[?&]\$(?:top=\d+|count=true)/g, ''));
  return { list: `${parent.address ?? ''} ${relation.scope}`, queries };
}

/** The objects behind a relation of the rows, each once. */
async function readThrough(read: ListRead, behind: RelationPlan): Promise<Listing> {
  const pending: Promise<void>[] = [];
  const target = { Assignment: { ...throughRows, relations: [behind] } };
  const listing = await readPages({ ...read, relation: { ...read.relation, target }, pending });
  await Promise.all(pending);
  const found = new Map<unknown, Row>();
  for (const row of listing.rows) {
    const result = row.relations.get(behind.key);
    if (result instanceof Error) throw result;
    if (result?.kind === 'one' && result.row !== null) found.set(result.row.data.id, result.row);
  }
  const rows = [...found.values()];
  const positions = rows.map((_, index): Position => ({ source: read.source, page: '', index, eventual: false }));
  return { ...listing, rows, positions };
}

/** Follows a relation to a list. Rejects where a part of it cannot be had. */
export async function readList(
  execution: Execution,
  parent: Row,
  relation: RelationPlan,
  source: CallSource,
): Promise<ManyResult> {
  const scope = scopeOf(parent, relation, source.calls);
  const start = relation.after === undefined ? undefined : execution.cursors.read(scope, relation.after);
  const pending: Promise<void>[] = [];
  const reads = source.calls.map((call, index): ListRead => {
    const begins = start?.source === index ? start : undefined;
    return { execution, parent, relation, call, source: index, start: begins, pending };
  });
  const wanted = reads.filter((read) => read.source >= (start?.source ?? 0));
  const listings = await Promise.all(
    wanted.map((read) => (read.call.through === undefined ? readPages(read) : readThrough(read, read.call.through))),
  );
  const [total] = await Promise.all([readTotal(execution, parent, source, listings), ...pending]);
  return { kind: 'many', ...joinListings(listings, relation.wanted), scope, hasPrevious: start !== undefined, total };
}

/** The rows that only lead to others want nothing for themselves. */
const throughRows = {
  type: 'Assignment',
  properties: ['id'],
  required: ['id'],
  reread: undefined,
  mayLackProperties: false,
} as const;

function joinListings(
  listings: readonly Listing[],
  wanted: number,
): Pick<ManyResult, 'rows' | 'positions' | 'hasMore'> {
  const ids = new Set<unknown>();
  const rows: Row[] = [];
  const positions: Position[] = [];
  for (const listing of listings) {
    listing.rows.forEach((row, index) => {
      const position = listing.positions[index];
      if (position === undefined || (row.data.id !== undefined && ids.has(row.data.id))) return;
      ids.add(row.data.id);
      rows.push(row);
      positions.push(position);
    });
  }
  const hasMore = rows.length > wanted || listings.some((listing) => listing.hasMore);
  return { rows: rows.slice(0, wanted), positions: positions.slice(0, wanted), hasMore };
}
