import type { ChildProcess } from 'node:child_process';

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
