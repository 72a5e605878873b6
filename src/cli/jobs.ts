import type { Command } from './Command.js';
import { readJobs, variablesOf } from './readJobs.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway jobs

Lists the saved operations of jobs/: what each answers, what it replaces, what it costs, which
--rows make smaller lines of it in a CSV, and which variables it wants.
Run one with license-gateway query NAME, or see its plan with license-gateway explain NAME.

  --help  print this and stop
`;

/** `license-gateway jobs`: the jobs by name. */
export const jobs: Command = {
  usage,
  async run(args, { print }) {
    parseOptions(args, {}, 0);
    const entries = readJobs().map((job) => {
      const variables = variablesOf(job);
      const lines = [
        `${job.name}${variables.length === 0 ? '' : `  (${variables.join(', ')})`}`,
        `  ${job.question}`,
        `  Replaces: ${job.replaces}`,
        `  Costs: ${job.costs}`,
        ...(job.lines === '' ? [] : [`  Lines: ${job.lines}`]),
      ];
      return `${lines.join('\n')}\n`;
    });
    print(entries.join('\n'));
    return 0;
  },
};
