import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';
import { readDocument, readVariableValues } from './readDocument.js';

const usage = `Usage: license-gateway explain FILE [--variables JSON] [--operation NAME]

Prints the plan of a query: which calls of Microsoft Graph it makes, in which waves, what waits
for what, and what they cost. Nothing is sent.

  FILE              a GraphQL document, or the name of a job (see license-gateway jobs); - reads stdin
  --variables JSON  values of its variables, or @ and the name of a file that holds them
  --operation NAME  which of several operations
  --help            print this and stop
`;

/** `license-gateway explain`: the plan of a query as text, with no network. */
export const explain: Command = async (args, { print }) => {
  const options = { help: { type: 'boolean' }, variables: { type: 'string' }, operation: { type: 'string' } } as const;
  const { values, positionals } = parseOptions(args, options, 1);
  if (values.help === true) {
    print(usage);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined) throw new Error('say which FILE holds the query');
  const source = readDocument(file);
  const variables = readVariableValues(values.variables);
  const { explainDocument } = await import('../explain/explainDocument.js');
  print(`${explainDocument(source, variables, values.operation).trimEnd()}\n`);
  return 0;
};
