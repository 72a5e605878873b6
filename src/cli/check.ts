import type { GatewayConfig } from '../config/GatewayConfig.js';
import { readConfig } from '../config/readConfig.js';
import type { Check, CheckResult } from './checks/Check.js';
import { productNames } from './checks/productNames.js';
import { areasOf, tryReads } from './checks/tryReads.js';
import { printResults, runChecks } from './checks/runChecks.js';
import { tokenCheck } from './checks/tokenCheck.js';
import type { Command } from './Command.js';
import { readToken } from './openGateway.js';
import { parseOptions } from './parseOptions.js';
import { printPermissionsAsMarkdown } from './permissions/printPermissionsAsMarkdown.js';

const usage = `Usage: license-gateway check [--permissions]

Reads the configuration, gets a token, makes one read in each area of Microsoft Graph, and prints a
table of what works and which permission is missing. Changes nothing and shows no secrets.
The exit code is 1 when something does not work.

  --permissions  print the table of permissions by field as Markdown and stop
  --help         print this and stop

  GATEWAY_TOKEN  for GRAPH_AUTH=obo and passthrough: a token that a caller would send; never an
                 argument
`;

/** Only a configuration that can be read gets this far, so there is nothing left to do but to say what it amounts to. */
const configuration: Check = {
  subject: 'configuration',
  run: async ({ auth, graph }: GatewayConfig) =>
    auth.mode === 'emulator' ? 'GRAPH_AUTH=emulator' : `GRAPH_AUTH=${auth.mode}, ${graph.baseUrl}`,
};

function skipReads({ auth }: GatewayConfig): readonly CheckResult[] {
  return areasOf(auth.mode).map(({ subject }) => ({ subject, outcome: 'skipped', detail: 'not tried' }));
}

/** `license-gateway check`: a table of what works. */
export const check: Command = {
  usage,
  async run(args, { variables, print }) {
    const { values } = parseOptions(args, { permissions: { type: 'boolean' } }, 0);
    if (values.permissions === true) {
      print(`${printPermissionsAsMarkdown()}\n`);
      return 0;
    }
    const { GATEWAY_TOKEN: _token, ...settings } = variables;
    const config = readConfig(settings);
    const checks = [configuration, productNames, tokenCheck(readToken(variables))];
    const prepared = await runChecks(checks, config);
    const isReady = prepared.every(({ outcome }) => outcome === 'ok');
    const reads = isReady ? await tryReads(config, variables) : skipReads(config);
    const results = [...prepared, ...reads];
    print(`${printResults(results)}\n`);
    return results.some(({ outcome }) => outcome === 'FAILED') ? 1 : 0;
  },
};
