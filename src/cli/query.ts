import { asWrongUse } from './CommandFailure.js';
import type { Command } from './Command.js';
import { readQueryOptions, type QueryOptions } from './query/readQueryOptions.js';
import { runQuery } from './query/runQuery.js';
import { readQuery, type ValidQuery } from './query/ValidQuery.js';
import { readDocument, readVariableValues } from './readDocument.js';

const usage = `Usage: license-gateway query FILE|NAME [OPTIONS]

Runs a GraphQL document, or a job by its name (see license-gateway jobs), in this process against
the Graph that the environment describes (see license-gateway serve --help). No server is needed.

  FILE|NAME         a GraphQL document, or a job; - reads stdin
  --variables JSON  values of its variables, or @ and the name of a file that holds them
  --operation NAME  which of several operations
  --all             every page of the list that makes the rows, and of every list inside a row
  --rows PATH       the list whose items are the rows: response keys joined by dots, without nodes
                    and edges (the outermost list)
  --parents         begin each row of csv and table with the leaves of the objects that it hangs
                    from, so that a line of --rows users.usageRights says whose right it is
  --format FORMAT   json, ndjson, csv or table (what --out ends in; json where it has no ending);
                    json is the answer as it is, or with --all or --rows an array of rows
  --out FILE        write json, ndjson or csv there; with --all, an interrupted run goes on when it
                    is started again. What was there before is replaced at the end, and stays where
                    nothing could be read
  --bom             begin a CSV with a byte order mark, which some spreadsheets want
  --help            print this and stop

  GATEWAY_TOKEN     for GRAPH_AUTH=obo and passthrough: the caller's token; never an argument

Columns of csv and table are the leaves of a row, in the order of the query; items of a list inside
a row are joined by "; ", and what one of them has of a list of its own by ", ". A row in which
something could not be read is left out and told on stderr.

Of a change, stderr says whether it was a dry run, and how many were REJECTED, UNKNOWN, KEPT_OLD or
BOTH; these are answers, and no reason for another exit code.

Exit code: 0 complete; 1 interrupted, or no room to write; 2 wrong input;
3 answered with errors, or about what is not there.
`;

async function readGivenQuery({ document, variables, operation }: QueryOptions): Promise<ValidQuery> {
  const source = asWrongUse(() => readDocument(document));
  const values = asWrongUse(() => readVariableValues(variables));
  const { createSchema } = await import('../schema/createSchema.js');
  return readQuery(createSchema(), source, operation, values);
}

/** `license-gateway query`: the answer to a document, as JSON or as rows. */
export const query: Command = {
  usage,
  async run(args, environment) {
    const options = readQueryOptions(args);
    return runQuery(await readGivenQuery(options), options, environment);
  },
};
