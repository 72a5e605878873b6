/**
 * Puts into a folder what the gateway needs to run, and nothing else: `node scripts/package.mjs FOLDER`. There are no
 * packages in it, they are part of the bundle. Prints the size.
 */
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleInto } from './build.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const parts = ['schema', 'jobs', 'pages', 'examples/queries', 'package.json', 'LICENSE'];

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: node scripts/package.mjs FOLDER');
const folder = resolve(target);

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
// Not what stands in dist/: that has files of earlier builds, too.
await bundleInto(join(folder, 'dist'), false);
for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true });
const files = await readdir(folder, { recursive: true, withFileTypes: true });
const sizes = await Promise.all(
  files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
);
const bytes = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${sizes.length} files, ${(bytes / 1e6).toFixed(1)} MB in ${folder}`);
