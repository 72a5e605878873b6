import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { listeningUrl } from './listeningUrl.js';

/** Clock ticks of `/proc/PID/stat` in a second, the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** A server in a process of its own, and what the kernel says that it used. Wants Linux (`/proc`). */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** What the line `listening URL` said. */
    readonly url: string,
  ) {}

  /** Starts a server and waits until it says `listening`; rejects where it ends before. */
  static async start(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new ServerProcess(child, await listeningUrl(child));
  }

  /** Time that the processor has spent on it so far, in milliseconds. */
  async cpuMilliseconds(): Promise<number> {
    const stat = await readFile(`/proc/${this.child.pid}/stat`, 'utf8');
    // After the name in brackets: state is the third field, utime and stime are 14 and 15 (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
  }

  /** The most memory that it has held so far, in MB (resident set, `VmHWM`). */
  async peakMegabytes(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  /** The memory that it holds now, in MB (`VmRSS`). */
  async megabytes(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill();
    await exit;
  }
}
