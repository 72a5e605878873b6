/**
 * Bundles src/ with its packages into dist/, unless dist/ is newer than all that it is made of. The bundle starts twice as
 * fast as single files do, and needs no node_modules. Types are checked by `npm run types`.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modifiedAt } from './modifiedAt.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const entry = 'dist/main.js';

async function isUpToDate() {
  const sources = (await readdir(`${root}src`, { recursive: true })).map((path) => `src/${path}`);
  const times = await Promise.all(
    [...sources, 'package-lock.json', 'scripts/build.mjs'].map((path) => modifiedAt(root + path)),
  );
  return Math.max(...times) < (await modifiedAt(root + entry));
}

/** Files of the project are found from where the source stands, which a bundle has to be told. */
const keepOwnUrls = {
  name: 'keep-own-urls',
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path }) => {
      const own = JSON.stringify(`../${relative(root, path).replaceAll('\\', '/')}`);
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', `new URL(${own}, import.meta.url).href`) };
    });
  },
};

/** Apollo hashes each document by node:crypto where it finds `module.require`, which a bundle lacks, and else in JavaScript. */
const hashNatively = {
  name: 'hash-natively',
  setup(build) {
    build.onResolve({ filter: /^sha\.js$/ }, () => ({ path: 'sha.js', namespace: 'hash-natively' }));
    build.onLoad({ filter: /.*/, namespace: 'hash-natively' }, () => ({
      contents: `const { hash } = require('node:crypto');
      module.exports = (algorithm) => ({ update: (text) => ({ digest: (encoding) => hash(algorithm, text, encoding) }) });`,
    }));
  },
};

/**
 * graphql is there twice, as CommonJS and as modules. A bundle takes the former, and makes for each file that imports it an
 * object with a getter for each of its 200 names; of modules it takes what is used, and calls it by name.
 */
const graphqlAsModules = {
  name: 'graphql-as-modules',
  setup(build) {
    const folder = join(root, 'node_modules/graphql');
    build.onResolve({ filter: /^graphql(\/|$)/ }, ({ path }) => {
      const name = path.slice('graphql/'.length).replace(/\.m?js$/, '');
      const index = join(folder, name, 'index.mjs');
      return { path: existsSync(index) ? index : join(folder, `${name}.mjs`) };
    });
  },
};

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Puts a finished build in the place of the one before, file by file and the entry last: another start may be building or
 * reading in the same folder. Names of the other files are made of their content, so that nobody's are overwritten with
 * others; those of earlier builds stay for a day, for processes that load them late.
 */
async function moveIn(folder) {
  const names = await readdir(root + folder);
  const isEntry = (name) => `dist/${name}` === entry;
  await mkdir(`${root}dist`, { recursive: true });
  for (const name of [...names.filter((each) => !isEntry(each)), ...names.filter(isEntry)]) {
    await rename(`${root}${folder}/${name}`, `${root}dist/${name}`);
  }
  await rm(root + folder, { recursive: true });
  for (const found of await readdir(`${root}dist`, { withFileTypes: true })) {
    if (!found.isFile() || names.includes(found.name)) continue;
    const path = `dist/${found.name}`;
    if (Date.now() - (await modifiedAt(root + path)) > dayMs) await rm(root + path, { force: true });
  }
}

/**
 * Puts the bundle into a folder, whose parent has what the bundle reads at run time.
 *
 * @param sourcemap whether files that lead back to the sources stand beside it
 */
export async function bundleInto(folder, sourcemap) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Fastify asks for the compilers of JSON schemas where it is given none. It is (createHttpServer), and they are a fifth of
    // the text.
    external: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
    sourcemap,
    sourcesContent: false,
    legalComments: 'external',
    // The text of the bundle stays in memory as long as the process. Names stay whole, and lines short enough to be shown.
    minifyWhitespace: true,
    lineLimit: 200,
    // Packages that are CommonJS ask for Node's own modules by require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [keepOwnUrls, hashNatively, graphqlAsModules],
    logLevel: 'warning',
  });
  await esbuild.stop();
}

/** Makes dist/ anew where that is needed. */
export async function build() {
  if (await isUpToDate()) return;
  const own = `dist.${process.pid}`;
  await bundleInto(own, true);
  await moveIn(own);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
