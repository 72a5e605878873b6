import type { GatewayConfig } from '../config/GatewayConfig.js';
import { readConfig } from '../config/readConfig.js';
import type { Check } from './checks/Check.js';
import { productNames } from './checks/productNames.js';
import { printResults, runChecks } from './checks/runChecks.js';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway check

Reads the configuration, tries what it names, and prints a table of what works. Shows no secrets.
The exit code is 1 when something does not work.

  --help  print this and stop
`;

/** Only a configuration that can be read gets this far, so there is nothing left to do but to say what it amounts to. */
const configuration: Check = {
  subject: 'configuration',
  run: async ({ auth, graph }: GatewayConfig) =>
    auth.mode === 'emulator' ? 'GRAPH_AUTH=emulator' : `GRAPH_AUTH=${auth.mode}, ${graph.baseUrl}`,
};

/** What is tried, in this order. Each check stands in a file of `checks/`. */
const checks: readonly Check[] = [configuration, productNames];

/** `license-gateway check`: a table of what works. */
export const check: Command = async (args, { variables, print }) => {
  const { values } = parseOptions(args, { help: { type: 'boolean' } }, 0);
  if (values.help === true) {
    print(usage);
    return 0;
  }
  const results = await runChecks(checks, readConfig(variables));
  print(`${printResults(results)}\n`);
  return results.every(({ passed }) => passed) ? 0 : 1;
};
