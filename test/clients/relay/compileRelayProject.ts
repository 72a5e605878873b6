import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConcreteRequest, ReaderFragment } from 'relay-runtime';
import { apiDefinitions } from '../../../src/schema/apiDefinitions.js';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const compiler = fileOf('../../../node_modules/relay-compiler/cli.js');
const configuration = fileOf('../../../examples/clients/relay.config.json');

/** What relay-compiler has made of the documents of this folder. */
export interface CompiledProject {
  readonly folder: string;
  request(name: string): Promise<ConcreteRequest>;
  fragment(name: string): Promise<ReaderFragment>;
  remove(): Promise<void>;
}

/** The documents of this folder, as a project of a front end would hold them. */
async function copyDocuments(folder: string): Promise<void> {
  await mkdir(join(folder, 'src/__generated__'), { recursive: true });
  const names = (await readdir(fileOf('.'))).filter((name) => /^[A-Z].*\.ts$/.test(name));
  await Promise.all(names.map((name) => copyFile(fileOf(name), join(folder, 'src', name))));
}

/** Compiles against the SDL of `print-schema --api`; `changes` are made to the documented configuration. */
export async function compileRelayProject(changes: object = {}): Promise<CompiledProject> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-'));
  await copyDocuments(folder);
  const config = { ...(JSON.parse(await readFile(configuration, 'utf8')) as object), ...changes };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
  await writeFile(join(folder, 'schema.graphql'), apiDefinitions());
  await promisify(execFile)(process.execPath, [compiler], { cwd: folder });
  const load = async (name: string): Promise<unknown> => {
    const artifact = (await import(join(folder, 'src/__generated__', `${name}.graphql.ts`))) as { default: unknown };
    return artifact.default;
  };
  return {
    folder,
    request: async (name) => (await load(name)) as ConcreteRequest,
    fragment: async (name) => (await load(name)) as ReaderFragment,
    remove: () => rm(folder, { recursive: true }),
  };
}
