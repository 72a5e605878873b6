import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { wrongUse } from './CommandFailure.js';

/** Who holds a lock, as the lock file says it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** Locks of this process. In containers each process has the same id, so the id alone does not tell whose a lock is. */
const held = new Set<string>();

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    // It is gone by now, or its holder has not said yet who it is.
    return undefined;
  }
}

/** Whether the holder may still be at work. What runs on another machine cannot be seen from here. */
function mayLive({ pid, host }: Holder, path: string): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // ESRCH: there is no such process. Anything else: there is one, and it is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function create(path: string): boolean {
  const holder: Holder = { pid: process.pid, host: hostname() };
  try {
    writeFileSync(path, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead lock away, but not one that another process has put in its place meanwhile. */
function removeDead(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const holder = readHolder(aside);
  if (holder !== undefined && mayLive(holder, path)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

/** A file that one process at a time may write; a lock file beside it says which. */
export class FileLock {
  private constructor(private readonly path: string) {}

  /**
   * Opens a file that nobody else has, and gives what `open` does. A lock that a dead process has left is taken over. Raises a
   * CommandFailure where another process has the file, the error of the file system where no lock can be written, and what
   * `open` raises, with which the lock ends.
   */
  static open<Opened>(file: string, open: (lock: FileLock) => Opened): Opened {
    const lock = FileLock.take(file);
    try {
      return open(lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private static take(file: string): FileLock {
    const path = `${file}.lock`;
    if (!create(path)) {
      const holder = readHolder(path);
      if (holder !== undefined && !mayLive(holder, path)) removeDead(path);
      if (!create(path)) throw inUse(file, path, readHolder(path));
    }
    held.add(path);
    return new FileLock(path);
  }

  release(): void {
    held.delete(this.path);
    rmSync(this.path, { force: true });
  }
}

function inUse(file: string, path: string, holder: Holder | undefined): Error {
  const who =
    holder === undefined
      ? 'another run'
      : `the process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`;
  return wrongUse(`${file} is being written by ${who}: wait for its end; if it has ended, remove ${path}`);
}
