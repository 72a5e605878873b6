import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CsvError } from '../csv/CsvTable.js';
import { decodeText } from '../csv/decodeText.js';
import { wrongUse } from './CommandFailure.js';
import { performRun } from './assign/performRun.js';
import { printSummary } from './assign/printSummary.js';
import { readAssignees, type Assignees } from './assign/readAssignees.js';
import { readAssignOptions } from './assign/readAssignOptions.js';
import { ResultFile } from './assign/ResultFile.js';
import type { Command } from './Command.js';
import { readToken } from './openGateway.js';

const usage = `Usage: license-gateway assign --allotment ID --from FILE [OPTIONS]

Assigns an allotment to everybody in a CSV file, or takes it away from them, and writes the outcome
for each to a result file.
Try it with --dry-run first: that checks everything and changes nothing.

  --allotment ID         what to assign, or to take away
  --from FILE            CSV with object ids or user principal names, as the admin centres, Entra's
                         templates, PowerShell, spreadsheets and license-gateway query write it: the
                         column that the header calls assigneeId, userId, assignedTo.id, owner.id,
                         user.id, users.id, id, objectId, userPrincipalName or UPN, in this order,
                         or the first one where there is no header
  --column NAME          the column, where the header calls it otherwise
  --replacing ID         swaps: whoever has this allotment gets the other one, and loses this one
                         once the other has its seat; nobody is left without either
  --remove               takes the allotment away instead; what somebody has through a group stays,
                         and --dry-run says through which
  --dry-run              only says what would happen
  --result FILE          where results go (FILE.result.csv beside the CSV); a dry run writes to
                         another file, with .dry-run in its name
  --url URL              a gateway that runs; without it, one is started from the environment
                         (see license-gateway serve --help)
  --chunk N              assignees per mutation, up to 1000 (100)
  --disabled-plans IDS   service plans that stay off, separated by commas
  --json                 prints no progress, and the totals as JSON
  --help                 print this and stop

  GATEWAY_TOKEN          bearer token for the gateway, where it wants one; never an argument

What became of somebody is not always known at once: who is UNKNOWN at the end is looked for after a
minute, and asked for anew where nothing is there by then.

Run the same command again to go on after an interruption, or to try again what failed: assignees
whose outcome is CREATED, QUEUED, ALREADY_EXISTS, SWAPPED, ALREADY_SWAPPED, DELETED or
ALREADY_GONE are skipped, REJECTED and UNKNOWN are tried again, and so are swaps that are not
finished. Nobody is assigned twice. Ctrl-C finishes the mutation in flight; a second Ctrl-C ends
at once.

Exit code: 0 all have it or wait for a seat, or are rid of it with --remove; 1 some were rejected,
are unknown or left over; 2 wrong usage.
`;

function readFile(path: string, column: string | undefined): Assignees {
  try {
    return readAssignees(decodeText(readFileSync(path)), column);
  } catch (error) {
    if (error instanceof CsvError) throw wrongUse(`${path}: ${error.message}`, error);
    throw wrongUse(`cannot read ${JSON.stringify(path)}`, error);
  }
}

/** `license-gateway assign`: one allotment for everybody in a file, or away from them. */
export const assign: Command = {
  usage,
  async run(args, environment) {
    const options = readAssignOptions(args, readToken(environment.variables) !== undefined);
    const assignees = readFile(options.from, options.column);
    if (resolve(options.from) === resolve(options.resultPath)) throw wrongUse('--result: is the file of --from itself');
    const file = ResultFile.open(options.resultPath, options);
    try {
      const summary = await performRun(options, assignees, file, environment);
      environment.print(options.json ? `${JSON.stringify(summary)}\n` : printSummary(summary));
      return summary.failed === 0 && summary.left === 0 ? 0 : 1;
    } finally {
      file.close();
    }
  },
};
