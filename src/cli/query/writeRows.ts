import type { Asking } from './askPatiently.js';
import { RowProgress } from './RowProgress.js';
import type { RowPrinter } from './RowPrinter.js';
import { RowReader, type RowPage, type RowSource } from './RowReader.js';
import { unfinishedPath, type Checkpoint, type Ending, type RowSink } from './RowSink.js';
import type { Talk } from './Talk.js';

/** Where rows are written, and how. */
export interface RowTarget {
  readonly sink: RowSink;
  readonly printer: RowPrinter;
  /** Whether all pages are wanted. */
  readonly all: boolean;
  /** Whether somebody sees the rows as they come: they show how far it is, and a bar would stand among them. */
  readonly isWatched: boolean;
}

/** The outcome of a query. */
export interface Written {
  readonly ending: Ending;
  /** Whether none of what was asked for is missing. */
  readonly isWhole: boolean;
  /** The answer, where it is a single one. */
  readonly data?: unknown;
}

/** How far the rows of this run and of earlier ones are. */
type Count = Omit<Checkpoint, 'cursor'>;

function add(count: Count, { items, rows, leftOut }: RowPage): Count {
  return { items: count.items + items, rows: count.rows + rows.length, leftOut: count.leftOut + leftOut };
}

/** Whether the list of the rows broke off: nothing of a page could be read. */
function breaksOff({ items, rows, errors, cursor }: RowPage): boolean {
  return errors.length > 0 && items === 0 && rows.length === 0 && cursor === undefined;
}

/** Says which lists have more than the page that was asked for. */
export function tellGoingOn(talk: Talk, names: readonly string[]): void {
  if (names.length > 0) talk.tell(`there is more of ${names.join(', ')}: --all reads on`);
}

/** The page that the document asks for. */
async function writePage(reader: RowReader, { sink, printer }: RowTarget, talk: Talk): Promise<Written> {
  const { data, rows, leftOut, errors, missing, goingOn } = await reader.readPage();
  await sink.write(printer.head() + printer.print(rows, 0) + printer.tail(rows.length));
  talk.tellErrors(errors);
  talk.tellMissing(missing);
  if (leftOut > 0) talk.tell(wordLeftOut(leftOut));
  tellGoingOn(talk, goingOn);
  const isWhole = !talk.hasErrors;
  return { data, isWhole, ending: isWhole || rows.length > 0 ? 'complete' : 'nothing' };
}

function wordLeftOut(leftOut: number): string {
  return `${leftOut} ${leftOut === 1 ? 'row was' : 'rows were'} left out, because something in them could not be read`;
}

/** All pages; after each, what has been written is kept so that another run can go on. */
async function writeAll(
  reader: RowReader,
  asking: Asking,
  { sink, printer, isWatched }: RowTarget,
  talk: Talk,
): Promise<Written> {
  const progress = isWatched ? undefined : new RowProgress(talk.screen, await reader.readTotal());
  const { earlier } = sink;
  let count: Count = earlier ?? { items: 0, rows: 0, leftOut: 0 };
  let isComplete = false;
  if (earlier === undefined) await sink.write(printer.head());
  else talk.tell(`going on after ${earlier.rows} rows`);
  for await (const page of reader.readAll(earlier?.cursor)) {
    if (asking.signal.aborted) break;
    talk.tellErrors(page.errors);
    talk.tellMissing(page.missing);
    if (breaksOff(page)) break;
    await sink.write(printer.print(page.rows, count.rows));
    count = add(count, page);
    progress?.show(count.items, count.rows);
    isComplete = page.cursor === undefined;
    if (page.cursor !== undefined) sink.keep({ ...count, cursor: page.cursor });
  }
  talk.screen.leaveLine();
  // Nobody can resume what is not a file, so it ends well.
  if (isComplete || sink.path === undefined) await sink.write(printer.tail(count.rows));
  if (count.leftOut > 0) talk.tell(wordLeftOut(count.leftOut));
  if (!isComplete && count.items > 0) talk.tell(wordStop(count, sink.path));
  return { isWhole: isComplete && count.leftOut === 0, ending: endingOf(count, isComplete, talk.hasErrors) };
}

function endingOf({ items, rows }: Count, isComplete: boolean, hasErrors: boolean): Ending {
  if (!isComplete) return items > 0 ? 'unfinished' : 'nothing';
  return rows === 0 && hasErrors ? 'nothing' : 'complete';
}

function wordStop({ rows }: Count, path: string | undefined): string {
  if (path === undefined) return `stopped after ${rows} rows; with --out another run could go on from there`;
  return `stopped after ${rows} rows; the same command goes on from there, or begins anew once ${unfinishedPath(path)} is removed`;
}

/** Reads rows and writes them. Gives whether none of those that were asked for is missing. */
export async function writeRows(asking: Asking, source: RowSource, target: RowTarget, talk: Talk): Promise<Written> {
  const reader = new RowReader(asking, source);
  return target.all ? writeAll(reader, asking, target, talk) : writePage(reader, target, talk);
}
