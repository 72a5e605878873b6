import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConcreteRequest, ReaderFragment } from 'relay-runtime';
import { apiDefinitions } from '../../../src/schema/apiDefinitions.js';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const compiler = fileOf('../../../node_modules/relay-compiler/cli.js');
const configuration = fileOf('../../../examples/clients/relay.config.json');

/** What relay-compiler has made of the documents in `src`. */
export interface CompiledProject {
  readonly folder: string;
  request(name: string): Promise<ConcreteRequest>;
  fragment(name: string): Promise<ReaderFragment>;
  remove(): Promise<void>;
}

/** Where the texts of documents go, so that programs hold their hashes only. */
interface PersistConfig {
  readonly file: string;
  readonly algorithm: 'SHA256';
}

/** Compiles against the SDL of `print-schema --api`, as the documented configuration says. */
export async function compileRelayProject(persistConfig?: PersistConfig): Promise<CompiledProject> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-'));
  await cp(fileOf('src'), join(folder, 'src'), { recursive: true });
  await mkdir(join(folder, 'src/__generated__'));
  const config = JSON.parse(await readFile(configuration, 'utf8')) as object;
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify({ ...config, persistConfig }));
  // The compiler adds to this file, and wants it to be there.
  if (persistConfig !== undefined) await writeFile(join(folder, persistConfig.file), '{}');
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
