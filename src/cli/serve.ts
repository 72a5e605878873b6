import { once } from 'node:events';
import { printVariablesAsMarkdown, printVariablesAsText } from '../config/printVariables.js';
import { readConfig } from '../config/readConfig.js';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway serve [--variables]

Serves the gateway until SIGTERM or SIGINT; requests in flight are answered then.
The first line on stdout is \`listening http://HOST:PORT/\`; the log goes to stderr.

  --variables  print the table of variables as Markdown and stop
  --help       print this and stop

Variables of the environment, with their defaults:

${printVariablesAsText()}
`;

/** A process that something still keeps alive after everything was closed ends all the same. */
const patience = 1_000;

/**
 * A second SIGTERM is no other wish than the first: who stops every process of a service, as systemd does, stops npm too,
 * which passes it on. A second SIGINT is, and ends the process as usual.
 */
async function stopSignal(): Promise<void> {
  process.on('SIGTERM', () => undefined);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
}

/** `license-gateway serve`: the gateway itself. */
export const serve: Command = {
  usage,
  async run(args, { variables, print }) {
    const { values } = parseOptions(args, { variables: { type: 'boolean' } }, 0);
    if (values.variables === true) {
      print(`${printVariablesAsMarkdown()}\n`);
      return 0;
    }
    const config = readConfig(variables);
    // From here on, though there is nothing to stop yet: the first process of a container does not get a signal for which
    // it has no listener, and would serve on until it is killed.
    const stopped = stopSignal();
    // What follows takes most of the start; a wrong variable is told before it.
    const [{ startGateway }, { createLogger }] = await Promise.all([
      import('../gateway.js'),
      import('../server/createLogger.js'),
    ]);
    const log = createLogger(config.logLevel);
    // One request that went wrong must not end all the others.
    process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection'));
    const gateway = await startGateway(config, log);
    print(`listening ${gateway.url}\n`);
    if (gateway.metricsUrl !== undefined) print(`metrics ${gateway.metricsUrl}\n`);
    await stopped;
    log.info('stopping');
    await gateway.close();
    setTimeout(() => process.exit(0), patience).unref();
    return 0;
  },
};
