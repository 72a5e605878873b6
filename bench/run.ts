/**
 * `npm run bench [-- WORD …] [--seconds N] [--rounds N] [--latency MS] [--cpu-prof DIR]`: prints how the gateway
 * compares with hand-written REST. Words: names of queries (`Q1` to `Q7`), `load`, `waiting`, `start`, `pages`, `tokens`,
 * `overload`, `quota`, `replicas`, `soak`; without words everything but the soak, which takes `--minutes` (30). With names
 * of queries only those are compared, under load unless `waiting` is said too.
 */
import { parseArgs } from 'node:util';
import { compareWaiting, compareWithRest } from './compareWithRest.js';
import { measurePages } from './measurePages.js';
import { measureStart } from './measureStart.js';
import { queries } from './queries.js';
import type { Settings } from './Settings.js';
import { measureOverload } from './measureOverload.js';
import { measureReplicas } from './measureReplicas.js';
import { measureSoak } from './measureSoak.js';
import { measureTokens } from './measureTokens.js';
import { simulateQuotas } from './simulateQuotas.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    latency: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '30' },
    'cpu-prof': { type: 'string' },
  },
});
const named = new Set(queries.map(({ name }) => name).filter((name) => positionals.includes(name)));
const profile = values['cpu-prof'];
const settings: Settings = {
  wants: (name) => named.size === 0 || named.has(name),
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  latency: Number(values.latency),
  nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
};

const parts: Readonly<Record<string, () => Promise<void>>> = {
  load: () => compareWithRest(settings),
  waiting: () => compareWaiting({ ...settings, seconds: Math.min(settings.seconds, 1) }),
  start: () => measureStart(settings.rounds),
  pages: measurePages,
  tokens: () => measureTokens(),
  overload: measureOverload,
  quota: simulateQuotas,
  replicas: measureReplicas,
  soak: () => measureSoak(Number(values.minutes)),
};
const chosen = Object.keys(parts).filter((part) => positionals.includes(part));
const unknown = positionals.find((word) => !named.has(word) && !chosen.includes(word));
if (unknown !== undefined)
  throw new Error(`${unknown} is not one of ${[...queries.map(({ name }) => name), ...Object.keys(parts)].join(', ')}`);
const wanted =
  chosen.length > 0 ? chosen : named.size > 0 ? ['load'] : Object.keys(parts).filter((part) => part !== 'soak');
for (const part of wanted) {
  console.log(`\n== ${part}`);
  await parts[part]?.();
}
