import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { wrongUse } from '../CommandFailure.js';

/** How far a list has been read and written. */
export interface Progress {
  /** Where the next page begins. */
  readonly cursor: string;
  /** Items of the followed list that have been read. */
  readonly items: number;
  readonly rows: number;
  readonly leftOut: number;
}

/** Where rows go. */
export interface RowSink {
  /** How far an earlier run has come; undefined: there is nothing to go on from. */
  readonly earlier: Progress | undefined;
  /** Resolves once more can be written. */
  write(text: string): Promise<void>;
  /** Keeps how far it is, so that another run can go on; what was written is on the disk then. */
  keep(progress: Progress): void;
  /** @param isComplete whether nothing is left to go on with */
  end(isComplete: boolean): void;
}

/** Rows that go to stdout: nothing is kept. */
export function createStreamSink(write: RowSink['write']): RowSink {
  return { earlier: undefined, write, keep: () => undefined, end: () => undefined };
}

interface KeptState extends Progress {
  /** Stands for the query, its variables and the format. */
  readonly query: string;
  /** Length of the file that the rows fill. */
  readonly bytes: number;
}

/** The name of the file that says how far another one is. */
export function unfinishedPath(path: string): string {
  return `${path}.unfinished.json`;
}

function readState(path: string): KeptState | undefined {
  const statePath = unfinishedPath(path);
  if (!existsSync(statePath) || !existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(statePath, 'utf8')) as KeptState;
  } catch (error) {
    throw wrongUse(`${statePath} cannot be read; remove it to begin anew`, error);
  }
}

/** Rows that go to a file, with how far they are beside it until they are complete. */
export class FileSink implements RowSink {
  private constructor(
    private readonly path: string,
    private readonly query: string,
    private readonly descriptor: number,
    readonly earlier: Progress | undefined,
  ) {}

  /**
   * Opens the file to go on with it, or makes a new one. Raises a CommandFailure where it holds a part of something else,
   * or cannot be written.
   *
   * @param query stands for everything that makes the rows
   */
  static open(path: string, query: string): FileSink {
    const state = readState(path);
    if (state !== undefined && state.query !== query) {
      throw wrongUse(
        `${path} holds the beginning of another query; give another --out, or remove ${unfinishedPath(path)} to begin anew`,
      );
    }
    try {
      const descriptor = openSync(path, state === undefined ? 'w' : 'a');
      const isShorter = state !== undefined && fstatSync(descriptor).size < state.bytes;
      const earlier = isShorter ? undefined : state;
      ftruncateSync(descriptor, earlier === undefined ? 0 : state?.bytes);
      return new FileSink(path, query, descriptor, earlier);
    } catch (error) {
      throw wrongUse(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`, error);
    }
  }

  async write(text: string): Promise<void> {
    writeFileSync(this.descriptor, text);
  }

  keep(progress: Progress): void {
    fsyncSync(this.descriptor);
    const { size: bytes } = fstatSync(this.descriptor);
    const state: KeptState = { query: this.query, ...progress, bytes };
    const statePath = unfinishedPath(this.path);
    // Renamed, so that a crash leaves the old one or the new one.
    writeFileSync(`${statePath}.new`, `${JSON.stringify(state, null, 2)}\n`);
    renameSync(`${statePath}.new`, statePath);
  }

  end(isComplete: boolean): void {
    closeSync(this.descriptor);
    if (isComplete) rmSync(unfinishedPath(this.path), { force: true });
  }
}
