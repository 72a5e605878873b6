import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { CsvError, refuseFaults } from '../../csv/CsvTable.js';
import { decodeText } from '../../csv/decodeText.js';
import { parseCsv } from '../../csv/parseCsv.js';
import { printCsvRow } from '../../csv/printCsvRow.js';
import { idKey, sameId } from '../../mapping/idKey.js';
import { sameIds } from '../../writes/sameIds.js';
import type { AssigneeResult } from './AssigneeResult.js';
import type { AssignTask } from './AssignTask.js';
import { CommandFailure, wrongUse } from '../CommandFailure.js';
import { FileLock } from '../FileLock.js';
import type { History, Tried } from './planChunks.js';

const columns = ['assigneeId', 'outcome', 'code', 'message'] as const;
const header = `${columns.join(',')}\n`;

/** What a result file is about; kept beside it, because its rows have no room for it. */
interface RunFacts extends Omit<AssignTask, 'dryRun'> {
  readonly run: string;
}

/** One line, whatever the message holds, so that a line is a whole row. The id stays as it is, to be found again. */
function printRow({ assigneeId, outcome, code, message }: AssigneeResult): string {
  return `${assigneeId},${printCsvRow([outcome, code, message.replaceAll(/\s+/g, ' ')])}\n`;
}

/** The whole lines of a file: a crash may have left half a line behind. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function readRows(text: string): readonly AssigneeResult[] {
  const [first, ...rows] = refuseFaults(parseCsv(text));
  if (first?.cells.join() !== columns.join()) throw new CsvError(`has not the columns ${columns.join(', ')}`);
  return rows.map(({ cells: [assigneeId = '', outcome = '', code = '', message = ''] }) => {
    return { assigneeId, outcome: outcome as AssigneeResult['outcome'], code, message };
  });
}

function historyOf(rows: readonly AssigneeResult[]): History {
  const history = new Map<string, Tried>();
  for (const { assigneeId, outcome, code } of rows) {
    const times = (history.get(idKey(assigneeId))?.times ?? 0) + 1;
    history.set(idKey(assigneeId), { last: { outcome, code }, times });
  }
  return history;
}

function sameRun(
  facts: RunFacts,
  { allotmentId, replacedAllotmentId, isRemoval, disabledServicePlanIds: plans }: AssignTask,
): boolean {
  const replaces = facts.replacedAllotmentId ?? '';
  return (
    sameId(facts.allotmentId, allotmentId) &&
    sameId(replaces, replacedAllotmentId ?? '') &&
    facts.isRemoval === isRemoval &&
    sameIds(facts.disabledServicePlanIds, plans)
  );
}

function readFacts(path: string): RunFacts | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunFacts) : undefined;
}

/** The results so far, one line for each attempt at each assignee; the last line of an assignee holds. */
export class ResultFile {
  private constructor(
    readonly path: string,
    private readonly lock: FileLock,
    private readonly descriptor: number,
    readonly history: History,
    /** Names this file, and no other of the same name. */
    readonly run: string,
  ) {}

  /**
   * Opens the file to append to it, or makes a new one. That of a dry run always begins anew. Raises a CommandFailure
   * where the file is about something else, is another run's at the moment, or cannot be used.
   */
  static open(path: string, task: AssignTask): ResultFile {
    try {
      // A device or a pipe holds no results to go on with, and may never come to an end.
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
        throw wrongUse(`--result: ${path} is not a file`);
      return FileLock.open(path, (lock) => new ResultFile(path, lock, ...openLocked(path, task)));
    } catch (error) {
      throw asFailure(path, error);
    }
  }

  /** Adds results, and returns once they are on the disk. Raises a CommandFailure where the disk does not take them all. */
  append(results: readonly AssigneeResult[]): void {
    try {
      // writeSync is content where a full disk has taken a part.
      writeFileSync(this.descriptor, results.map(printRow).join(''));
      fsyncSync(this.descriptor);
    } catch (error) {
      const { code = 'failed' } = error as NodeJS.ErrnoException;
      const lost = 'the last results are not all in it; once that is mended, the same command finds out what they were';
      throw new CommandFailure(`cannot write ${this.path}: ${code}; ${lost}`, 1, { cause: error });
    }
  }

  close(): void {
    closeSync(this.descriptor);
    this.lock.release();
  }
}

/** The descriptor to append to, what earlier runs made of everybody, and the name of the run. */
function openLocked(path: string, task: AssignTask): [number, History, string] {
  if (task.dryRun) return [begin(path), new Map(), 'dry-run'];
  const factsPath = `${path}.run.json`;
  const bytes = existsSync(path) ? readFileSync(path) : undefined;
  const earlier = bytes !== undefined && isBegun(bytes) ? readRows(wholeLines(decodeText(bytes))) : undefined;
  const history = historyOf(earlier ?? []);
  // Without the file, its facts are those of a run that nobody goes on with.
  const known = bytes === undefined ? undefined : readFacts(factsPath);
  const isOther = known !== undefined && !sameRun(known, task);
  if (isOther && hasChanged(history)) {
    throw wrongUse(
      `${path} holds the results of another allotment, other service plans or another change; give another --result`,
    );
  }
  const run = known === undefined || isOther ? writeFacts(factsPath, task) : known.run;
  if (bytes === undefined || earlier === undefined || isOther) return [begin(path), new Map(), run];
  return [goOn(path, bytes, earlier), history, run];
}

/** Notes what the file is about; gives the name of the run. */
function writeFacts(path: string, task: AssignTask): string {
  const { allotmentId, replacedAllotmentId, isRemoval, disabledServicePlanIds } = task;
  const facts: RunFacts = { run: randomUUID(), allotmentId, replacedAllotmentId, isRemoval, disabledServicePlanIds };
  writeFileSync(path, `${JSON.stringify(facts, null, 2)}\n`);
  return facts.run;
}

/** Whether anything may have been changed; of a mistyped allotment nothing is, and nobody needs to know of it for long. */
function hasChanged(history: History): boolean {
  return [...history.values()].some(({ last: { outcome } }) => outcome !== 'REJECTED' && outcome !== 'KEPT_OLD');
}

/** Whether there is more than what a crash leaves of a file that was just made. */
function isBegun(bytes: Buffer): boolean {
  return !header.startsWith(bytes.toString());
}

/** Opens the file to append to it, with so many bytes of it and no more. */
function openAt(path: string, length: number): number {
  const descriptor = openSync(path, 'a');
  ftruncateSync(descriptor, length);
  return descriptor;
}

/** Opens the file to append to what earlier runs have written. A spreadsheet may have saved that in a form of its own. */
function goOn(path: string, bytes: Buffer, earlier: readonly AssigneeResult[]): number {
  if (bytes.indexOf(header) === 0) return openAt(path, bytes.lastIndexOf('\n') + 1);
  const text = `${header}${earlier.map(printRow).join('')}`;
  const target = realpathSync(path);
  writeFileSync(`${target}.restored`, text, { flush: true });
  renameSync(`${target}.restored`, target);
  return openAt(path, Buffer.byteLength(text));
}

function begin(path: string): number {
  const descriptor = openAt(path, 0);
  writeSync(descriptor, header);
  fsyncSync(descriptor);
  return descriptor;
}

function asFailure(path: string, error: unknown): Error {
  if (error instanceof CsvError || error instanceof SyntaxError) return wrongUse(`${path}: ${error.message}`, error);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? (error as Error) : wrongUse(`cannot write ${path}: ${code}`, error);
}
