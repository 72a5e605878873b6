import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A subgraph in a process of its own. */
export interface Demonstration {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one of the demonstration subgraphs as its page says: with `node`. */
export async function startDemonstration(name: 'people' | 'prices'): Promise<Demonstration> {
  const file = `examples/supergraph/${name}/${name}.mjs`;
  const child = spawn(process.execPath, [file, '--port', '0'], { cwd: root, env: { PATH: process.env.PATH } });
  const closed = once(child, 'close');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown): void => {
      output += String(chunk);
      const [, found] = /^listening (\S+)\n/m.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void closed.then(() => reject(new Error(`${file} ended: ${output}`)));
  });
  return {
    url,
    async close() {
      child.kill();
      await closed;
    },
  };
}
