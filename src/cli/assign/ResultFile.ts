import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { CsvError, refuseFaults } from '../../csv/CsvTable.js';
import { parseCsv } from '../../csv/parseCsv.js';
import { printCsvRow } from '../../csv/printCsvRow.js';
import { idKey, sameId, sameIds } from '../../writes/ids.js';
import type { AssigneeResult, Assigning } from './Assigning.js';
import { wrongUse } from '../CommandFailure.js';
import { FileLock } from '../FileLock.js';
import type { History, Tried } from './planChunks.js';

const columns = ['assigneeId', 'outcome', 'code', 'message'] as const;
const header = `${columns.join(',')}\n`;

/** What a result file is about; kept beside it, because its rows have no room for it. */
interface RunFacts extends Pick<Assigning, 'allotmentId' | 'replacedAllotmentId' | 'disabledServicePlanIds'> {
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

function readHistory(text: string): History {
  const history = new Map<string, Tried>();
  const [first, ...rows] = refuseFaults(parseCsv(text));
  if (first?.cells.join() !== columns.join()) throw new CsvError(`has not the columns ${columns.join(', ')}`);
  for (const { cells } of rows) {
    const [id = '', outcome = ''] = cells;
    const times = (history.get(idKey(id))?.times ?? 0) + 1;
    history.set(idKey(id), { last: { outcome: outcome as AssigneeResult['outcome'] }, times });
  }
  return history;
}

function sameRun(
  facts: RunFacts,
  { allotmentId, replacedAllotmentId, disabledServicePlanIds: plans }: Assigning,
): boolean {
  const replaces = facts.replacedAllotmentId ?? '';
  return (
    sameId(facts.allotmentId, allotmentId) &&
    sameId(replaces, replacedAllotmentId ?? '') &&
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
  static open(path: string, assigning: Assigning): ResultFile {
    try {
      const lock = FileLock.take(path);
      try {
        return new ResultFile(path, lock, ...openLocked(path, assigning));
      } catch (error) {
        lock.release();
        throw error;
      }
    } catch (error) {
      throw asFailure(path, error);
    }
  }

  /** Adds results, and returns once they are on the disk. */
  append(results: readonly AssigneeResult[]): void {
    writeSync(this.descriptor, results.map(printRow).join(''));
    fsyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
    this.lock.release();
  }
}

/** The descriptor to append to, what earlier runs made of everybody, and the name of the run. */
function openLocked(path: string, assigning: Assigning): [number, History, string] {
  if (assigning.dryRun) return [begin(path), new Map(), 'dry-run'];
  const factsPath = `${path}.run.json`;
  const isNew = !isBegun(path);
  const known = isNew ? undefined : readFacts(factsPath);
  if (known !== undefined && !sameRun(known, assigning)) {
    throw wrongUse(`${path} holds the results of another allotment or other service plans; give another --result`);
  }
  const { allotmentId, replacedAllotmentId, disabledServicePlanIds } = assigning;
  const facts = known ?? { run: randomUUID(), allotmentId, replacedAllotmentId, disabledServicePlanIds };
  if (known === undefined) writeFileSync(factsPath, `${JSON.stringify(facts, null, 2)}\n`);
  return isNew ? [begin(path), new Map(), facts.run] : [...reopen(path), facts.run];
}

/** Whether there is more than what a crash leaves of a file that was just made. */
function isBegun(path: string): boolean {
  return existsSync(path) && !header.startsWith(readFileSync(path, 'utf8'));
}

/** Opens the file to append to it, with its first bytes and no more. */
function openAt(path: string, length: number): number {
  const descriptor = openSync(path, 'a');
  ftruncateSync(descriptor, length);
  return descriptor;
}

function begin(path: string): number {
  const descriptor = openAt(path, 0);
  writeSync(descriptor, header);
  fsyncSync(descriptor);
  return descriptor;
}

function reopen(path: string): [number, History] {
  const whole = wholeLines(readFileSync(path, 'utf8'));
  const history = readHistory(whole);
  return [openAt(path, Buffer.byteLength(whole)), history];
}

function asFailure(path: string, error: unknown): Error {
  if (error instanceof CsvError || error instanceof SyntaxError) return wrongUse(`${path}: ${error.message}`, error);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? (error as Error) : wrongUse(`cannot write ${path}: ${code}`, error);
}
