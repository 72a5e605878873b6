import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ServerProcess } from './processes/ServerProcess.js';

function rootFile(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

const { scripts } = JSON.parse(readFileSync(rootFile('package.json'), 'utf8')) as { scripts: { serve: string } };

/** Options of node as `npm start` and the image give them. */
const options: readonly string[] = scripts.serve.match(/--(?!enable)\S+/g) ?? [];

/** Environment variables that they set beside those of the gateway. */
const variables: Readonly<Record<string, string>> = Object.fromEntries(
  [...scripts.serve.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
);

/**
 * Starts what `npm run build` leaves, as it runs in production: in front of a Graph that wants no token, on a free port.
 *
 * @param environment of the gateway, beside that
 * @param nodeOptions beside those of `npm start`
 */
export function startServing(
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  return ServerProcess.start([...nodeOptions, ...options, rootFile('dist/main.js'), 'serve'], {
    ...variables,
    NODE_ENV: 'production',
    PORT: '0',
    GRAPH_AUTH: 'none',
    LOG_LEVEL: 'error',
    ...environment,
  });
}
