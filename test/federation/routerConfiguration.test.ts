import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { format } from 'prettier';
import { runCommand } from '../../src/cli/runCommand.js';

/** No container and no router runs here, so their files are read: what they name has to be there. */

function readText(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

function found(path: string, pattern: RegExp): string[] {
  return [...readText(path).matchAll(pattern)].map(([, name = '']) => name);
}

const files = ['compose.yaml', 'examples/supergraph/apollo-router.yaml', 'examples/supergraph/cosmo-router.yaml'];

describe.each(files)('%s', (file) => {
  it('is YAML, laid out like everything else', async () => {
    const text = readText(file);
    expect(await format(text, { parser: 'yaml', singleQuote: true, printWidth: 120 })).toBe(text);
  });
});

describe('compose.yaml', () => {
  it('copies, mounts and runs files of this repository', () => {
    const copied = found('compose.yaml', /^ +COPY (.+) \S+$/gm).flatMap((names) => names.split(' '));
    const mounted = found('compose.yaml', /- \.\/(\S+?):\//g);
    const run = found('compose.yaml', /'?node'?,? '?(examples\/\S+?\.mjs)/g);
    expect([copied.length, mounted.length, run.length].every((count) => count > 0)).toBe(true);
    const paths = [...copied, ...mounted, ...run];
    expect(paths.filter((path) => !existsSync(fileURLToPath(new URL(`../../${path}`, import.meta.url))))).toEqual([]);
  });

  it('builds its image of all that the one for production is built of', () => {
    const copies = (path: string) => found(path, /^ *COPY (?!--from)(.+) \S+$/gm).flatMap((names) => names.split(' '));
    const folders = copies('Dockerfile').map((name) => name.split('/')[0]);
    expect(copies('compose.yaml')).toEqual(expect.arrayContaining(folders.filter((name) => name !== 'LICENSE')));
  });

  it('gives commands that there are', async () => {
    const commands = found('compose.yaml', /dist\/main\.js'?,? '?([a-z-]+)/g).filter((name) => !name.startsWith('-'));
    expect(commands).toEqual(expect.arrayContaining(['serve', 'emulate', 'print-schema']));
    for (const command of commands) {
      expect(await runCommand([command, '--help'], { variables: {}, print: () => undefined })).toBe(0);
    }
  });

  it('runs the Hive Gateway that CI runs', () => {
    const [image] = found('compose.yaml', /graphql-hive\/gateway:(\S+)/g);
    expect([image]).toEqual(found('scripts/hive-gateway.sh', /^version=(\S+)$/gm));
    expect(new Set(found('docs/routers/hive-gateway.md', /@graphql-hive\/gateway@(\S+)/g))).toEqual(new Set([image]));
  });
});
