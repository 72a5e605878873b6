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
import { idKey } from '../../mapping/idKey.js';
import { CommandFailure, wrongUse } from '../CommandFailure.js';
import { FileLock } from '../FileLock.js';
import type { AssigneeResult } from './AssigneeResult.js';
import type { AssignTask } from './AssignTask.js';
import { isDone, type Chunk, type History } from './planChunks.js';
import { factsOf, isAbout, readFacts, writeFacts, type RunFacts } from './RunFacts.js';

const columns = ['assigneeId', 'outcome', 'code', 'message'] as const;
const header = `${columns.join(',')}\n`;

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
  return new Map(rows.map(({ assigneeId, outcome }) => [idKey(assigneeId), outcome]));
}

/** What a file says of earlier runs, opened to append to it. */
interface Opened {
  readonly descriptor: number;
  readonly history: History;
  /** What to keep beside the file; undefined in a dry run, which nobody goes on with. */
  readonly facts: RunFacts | undefined;
}

/** The results so far, one line for each attempt at each assignee; the last line of an assignee holds. */
export class ResultFile {
  private constructor(
    readonly path: string,
    private readonly lock: FileLock,
    private readonly opened: Opened,
  ) {}

  get history(): History {
    return this.opened.history;
  }

  /** What an earlier run has sent without hearing of it; undefined where there is nothing. */
  get unanswered(): Chunk | undefined {
    return this.opened.facts?.unanswered;
  }

  /**
   * Opens the file to append to it, or makes a new one. That of a dry run always begins anew. Raises a CommandFailure
   * where the file is about something else, is another run's at the moment, or cannot be used.
   */
  static open(path: string, task: AssignTask): ResultFile {
    try {
      // A device or a pipe holds no results to go on with, and may never come to an end.
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
        throw wrongUse(`--result: ${path} is not a file`);
      return FileLock.open(path, (lock) => new ResultFile(path, lock, openLocked(path, task)));
    } catch (error) {
      throw asFailure(path, error);
    }
  }

  /**
   * Notes what is about to be sent, and returns once that is on the disk: who goes on after a crash sends it as it was. Raises
   * a CommandFailure where the disk does not take it.
   *
   * @param chunk undefined: nothing is on its way any more
   */
  announce(chunk: Chunk | undefined): void {
    this.attempt(() => this.note(chunk), 'nothing more was sent');
  }

  /**
   * Adds results of what was sent last, and returns once they are on the disk; who was done before keeps that line. Raises a
   * CommandFailure where the disk does not take them all.
   */
  append(results: readonly AssigneeResult[]): void {
    const news = results.filter(({ assigneeId }) => !isDone(this.history, assigneeId));
    this.attempt(() => {
      // writeSync is content where a full disk has taken a part.
      writeFileSync(this.opened.descriptor, news.map(printRow).join(''));
      fsyncSync(this.opened.descriptor);
      this.note(undefined);
    }, 'the last results are not all in it; once that is mended, the same command finds out what they were');
  }

  close(): void {
    closeSync(this.opened.descriptor);
    this.lock.release();
  }

  private note(unanswered: Chunk | undefined): void {
    const { facts } = this.opened;
    if (facts !== undefined) writeFacts(factsPathOf(this.path), { ...facts, unanswered });
  }

  private attempt(write: () => void, lost: string): void {
    try {
      write();
    } catch (error) {
      const { code = 'failed' } = error as NodeJS.ErrnoException;
      throw new CommandFailure(`cannot write ${this.path}: ${code}; ${lost}`, 1, { cause: error });
    }
  }
}

function factsPathOf(path: string): string {
  return `${path}.run.json`;
}

function openLocked(path: string, task: AssignTask): Opened {
  if (task.dryRun) return { descriptor: begin(path), history: new Map(), facts: undefined };
  const bytes = existsSync(path) ? readFileSync(path) : undefined;
  const earlier = bytes !== undefined && isBegun(bytes) ? readRows(wholeLines(decodeText(bytes))) : [];
  const history = historyOf(earlier);
  // Without the file, its facts are those of a run that nobody goes on with.
  const known = bytes === undefined ? undefined : readFacts(factsPathOf(path));
  const isOther = known !== undefined && !isAbout(known, task);
  if (isOther && hasChanged(history)) {
    throw wrongUse(
      `${path} holds the results of another allotment, other service plans or another change; give another --result`,
    );
  }
  const facts = known === undefined || isOther ? factsOf(task) : known;
  if (facts !== known) writeFacts(factsPathOf(path), facts);
  if (bytes === undefined || earlier.length === 0 || isOther) {
    return { descriptor: begin(path), history: new Map(), facts };
  }
  return { descriptor: goOn(path, bytes, earlier), history, facts };
}

/** Whether anything may have been changed; of a mistyped allotment nothing is, and nobody needs to know of it for long. */
function hasChanged(history: History): boolean {
  return [...history.values()].some((outcome) => outcome !== 'REJECTED' && outcome !== 'KEPT_OLD');
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
