import { on } from 'node:events';

/** Where a program of this repository says on stdout that it listens; what it writes afterwards is dropped. */
export async function listeningUrl({ stdout, spawnargs }) {
  let output = '';
  for await (const [chunk] of on(stdout, 'data', { close: ['end'] })) {
    output += String(chunk);
    const [, url] = /listening (http:\S+)\n/.exec(output) ?? [];
    if (url) return url;
  }
  throw new Error(`${spawnargs.join(' ')} ended before it listened: ${output}`);
}
