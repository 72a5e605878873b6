import { transformFile } from '@swc/core';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const sources = new URL('./', import.meta.url);
const compiled = new URL('../../dist/bench/', import.meta.url);

/** The files of this folder as plain JavaScript: a process that is measured must not hold a compiler. */
async function compileProcesses(): Promise<void> {
  await mkdir(compiled, { recursive: true });
  for (const name of await readdir(sources)) {
    const { code } = await transformFile(fileURLToPath(new URL(name, sources)), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    await writeFile(new URL(name.replace(/\.ts$/, '.js'), compiled), code);
  }
}

let compiling: Promise<void> | undefined;

/** The path of a process of this folder, ready to run. */
export async function compiledProcess(name: 'cannedGraph' | 'loadGenerator' | 'restServer'): Promise<string> {
  await (compiling ??= compileProcesses());
  return fileURLToPath(new URL(`${name}.js`, compiled));
}

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

/** Where a process says that it listens; rejects where it ends before. */
export function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += String(chunk);
      const [, url] = /listening (http:\S+)\n/.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}\n${output}`)));
  });
}

/** Starts a process that is spoken to by messages. */
export function startWorker(file: string): ChildProcess {
  return fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
}
