import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How a process ended, and what it wrote. */
export interface FinishedProcess {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `license-gateway` in a process of its own. */
export interface GatewayProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with the first line on stdout; rejects when the process ends without one. */
  readonly firstLine: Promise<string>;
  readonly finished: Promise<FinishedProcess>;
}

/** What Node runs to start sources file by file, none of them bundled. */
export function fromSources(entry: string): readonly string[] {
  return ['--import', './test/support/registerTypeScript.mjs', entry];
}

/**
 * Starts what `npm start` does, the bundle of the sources as they are: it is there after a third of the time that the sources
 * themselves take. The environment holds nothing but what is given.
 *
 * @param program what Node runs instead of the bundle
 */
export function startProcess(
  args: readonly string[],
  environment: Record<string, string> = {},
  program: readonly string[] = ['scripts/run.mjs'],
): GatewayProcess {
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    void finished.then(() => reject(new Error(`the process ended: ${stderr}`)));
  });
  firstLine.catch(() => undefined);
  return { child, firstLine, finished };
}
