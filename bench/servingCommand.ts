import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function rootFile(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

const { scripts } = JSON.parse(readFileSync(rootFile('package.json'), 'utf8')) as { scripts: { serve: string } };

/** Arguments of node that serve what `npm run build` leaves, with V8's options as `npm start` and the image give them. */
export const servingCommand: readonly string[] = [
  ...(scripts.serve.match(/--(?!enable)\S+/g) ?? []),
  rootFile('dist/main.js'),
  'serve',
];

/** Environment variables of that command, beside those of the gateway. */
export const servingEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  [...scripts.serve.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
);
