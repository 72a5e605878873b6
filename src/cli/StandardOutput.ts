import { once } from 'node:events';
import { fstatSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';

/** What the process prints: into a file, a pipe or a terminal, any of which may stop taking it. */
export class StandardOutput {
  private isLost = false;

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => this.lose(error));
  }

  /** Writes text as it is. What nothing takes any more is dropped, so that a change that has begun goes on to its end. */
  print(text: string): void {
    if (this.isLost) return;
    const { fd } = process.stdout;
    try {
      // The stream of a file is content where a full disk has taken a part.
      if (fstatSync(fd).isFile()) writeFileSync(fd, text);
      else process.stdout.write(text);
    } catch (error) {
      this.lose(error as NodeJS.ErrnoException);
    }
  }

  /** Resolves once more can be printed. Ends the process where that will never be: for those whose output is all they do. */
  async drained(): Promise<void> {
    // A pipe tells that it is broken a moment after the writing.
    await turn();
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain').catch(() => undefined);
    if (this.isLost) process.exit();
  }

  private lose({ code = 'failed' }: NodeJS.ErrnoException): void {
    if (this.isLost) return;
    this.isLost = true;
    // Whoever read it has had enough, such as `head`.
    if (code === 'EPIPE') return;
    process.stderr.write(`license-gateway: cannot write to stdout: ${code}\n`);
    process.once('exit', () => (process.exitCode = 1));
  }
}
