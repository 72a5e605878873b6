import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const loader = './test/support/registerTypeScript.mjs';

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

/** Starts the sources, with an environment that holds nothing but what is given. */
export function startProcess(
  args: readonly string[],
  environment: Record<string, string> = {},
  entry = 'src/main.ts',
): GatewayProcess {
  const child = spawn(process.execPath, ['--import', loader, entry, ...args], {
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
