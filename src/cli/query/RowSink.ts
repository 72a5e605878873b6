import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { CommandFailure, wrongUse } from '../CommandFailure.js';
import { FileLock } from '../FileLock.js';

/** How far a list has been read and written. */
export interface Checkpoint {
  /** Where the next page begins. */
  readonly cursor: string;
  /** Items of the followed list that have been read. */
  readonly items: number;
  readonly rows: number;
  readonly leftOut: number;
}

/**
 * How the rows ended: all that there are have been written, another run can go on with them, or nothing could be read and
 * they are worth nothing.
 */
export type Ending = 'complete' | 'unfinished' | 'nothing';

/** Where rows go. */
export interface RowSink {
  /** The file that has the rows at the end; undefined where they go elsewhere, and nothing is kept. */
  readonly path: string | undefined;
  /** How far an earlier run has come; undefined: there is nothing to go on from. */
  readonly earlier: Checkpoint | undefined;
  /** Resolves once more can be written. */
  write(text: string): Promise<void>;
  /** Keeps how far the rows have come, so that another run can go on; what was written is on the disk then. */
  keep(checkpoint: Checkpoint): void;
  end(ending: Ending): void;
}

/** Rows that go to stdout, or to something that is not a file: nothing is kept. */
export function createStreamSink(write: RowSink['write']): RowSink {
  return { path: undefined, earlier: undefined, write, keep: () => undefined, end: () => undefined };
}

interface KeptState extends Checkpoint {
  /** Stands for the query, its variables and the format, and for whose rows they are. */
  readonly query: string;
  /** Length of the file that the rows fill. */
  readonly bytes: number;
}

/** The name of the file that says how far another one is. */
export function unfinishedPath(path: string): string {
  return `${path}.unfinished.json`;
}

function readState(path: string, partPath: string): KeptState | undefined {
  const statePath = unfinishedPath(path);
  if (!existsSync(statePath) || !existsSync(partPath)) return undefined;
  try {
    return JSON.parse(readFileSync(statePath, 'utf8')) as KeptState;
  } catch (error) {
    throw wrongUse(`${statePath} cannot be read; remove it to begin anew`, error);
  }
}

/**
 * Rows that go to a file. Until they are complete they stand beside it (`FILE.unfinished`), with how far they are
 * (`FILE.unfinished.json`): what was there before stays as it is until there is something better.
 */
class FileSink implements RowSink {
  private isKept: boolean;

  constructor(
    readonly path: string,
    private readonly partPath: string,
    private readonly query: string,
    private readonly lock: FileLock,
    private readonly descriptor: number,
    readonly earlier: Checkpoint | undefined,
  ) {
    this.isKept = earlier !== undefined;
  }

  async write(text: string): Promise<void> {
    this.attempt(() => writeFileSync(this.descriptor, text));
  }

  keep(checkpoint: Checkpoint): void {
    this.attempt(() => this.keepState(checkpoint));
  }

  /** Raises a CommandFailure for a disk that is full or gone. */
  private attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      const hint = this.isKept ? '; once that is mended, the same command goes on from there' : '';
      throw cannotWrite(this.partPath, error, hint);
    }
  }

  private keepState(checkpoint: Checkpoint): void {
    fsyncSync(this.descriptor);
    const { size: bytes } = fstatSync(this.descriptor);
    const state: KeptState = { query: this.query, ...checkpoint, bytes };
    const statePath = unfinishedPath(this.path);
    // Renamed, so that a crash leaves the old one or the new one.
    writeFileSync(`${statePath}.new`, `${JSON.stringify(state, null, 2)}\n`);
    renameSync(`${statePath}.new`, statePath);
    this.isKept = true;
  }

  end(ending: Ending): void {
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
    if (ending === 'complete') renameSync(this.partPath, this.path);
    else if (ending === 'nothing' || !this.isKept) rmSync(this.partPath, { force: true });
    if (ending !== 'unfinished') rmSync(unfinishedPath(this.path), { force: true });
    this.lock.release();
  }
}

function cannotWrite(path: string, error: unknown, hint = ''): CommandFailure {
  const { code = 'failed' } = error as NodeJS.ErrnoException;
  return new CommandFailure(`cannot write ${path}: ${code}${hint}`, 1, { cause: error });
}

function openPart(path: string, query: string, lock: FileLock): RowSink {
  const partPath = `${path}.unfinished`;
  const state = readState(path, partPath);
  if (state !== undefined && state.query !== query) {
    throw wrongUse(
      `${partPath} holds the beginning of another query, or of another tenant or caller; give another --out, or remove ${unfinishedPath(path)} to begin anew`,
    );
  }
  // Whoever may not read what was there may not read what takes its place.
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  const descriptor = openSync(partPath, 'a', mode);
  const isWhole = state !== undefined && fstatSync(descriptor).size >= state.bytes;
  const earlier = isWhole ? state : undefined;
  ftruncateSync(descriptor, earlier?.bytes ?? 0);
  return new FileSink(path, partPath, query, lock, descriptor, earlier);
}

/**
 * Opens a file for rows: to go on where an earlier run ended, or to begin anew. Raises a CommandFailure where it holds a
 * part of something else, is another run's at the moment, or cannot be written.
 *
 * @param query stands for everything that makes the rows
 */
export function openFileSink(out: string, query: string): RowSink {
  try {
    const isThere = existsSync(out);
    if (isThere && !statSync(out).isFile()) {
      // A device or a pipe has nothing that could be lost, and must not be replaced by a file.
      const descriptor = openSync(out, 'a');
      return createStreamSink(async (text) => {
        try {
          writeFileSync(descriptor, text);
        } catch (error) {
          throw cannotWrite(out, error);
        }
      });
    }
    // What a link leads to is replaced, not the link.
    const path = isThere ? realpathSync(out) : out;
    return FileLock.open(path, (lock) => openPart(path, query, lock));
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw wrongUse(`cannot write ${out}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`, error);
  }
}
