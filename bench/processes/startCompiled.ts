import { transformFile } from '@swc/core';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ServerProcess } from './ServerProcess.js';

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

async function compiledFile(name: string): Promise<string> {
  await (compiling ??= compileProcesses());
  return fileURLToPath(new URL(`${name}.js`, compiled));
}

/** Starts a server of this folder with its one argument. */
export async function startCompiled(
  name: 'cannedGraph' | 'restServer' | 'slowGraph',
  argument: string,
): Promise<ServerProcess> {
  return ServerProcess.start([await compiledFile(name), argument]);
}

/** Starts the process that asks, which is spoken to by messages. */
export async function startLoadGenerator(): Promise<ChildProcess> {
  return fork(await compiledFile('loadGenerator'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
}
