import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';
import { readDocument, readVariableValues } from './readDocument.js';

const usage = `Usage: license-gateway explain FILE [--variables JSON] [--operation NAME]
                               [--format text|json|mermaid] [--options learned|documented]

Prints the plan of a query: which calls of Microsoft Graph it makes, in which waves, what waits
for what, and what they cost. Nothing is sent.

  FILE              a GraphQL document, or the name of a job (see license-gateway jobs); - reads
                    stdin
  --variables JSON  values of its variables, or @ and the name of a file that holds them
  --operation NAME  which of several operations
  --format          text (the default), json, or a Mermaid flowchart
  --options         whether options are considered that no page documents; learned by default
  --help            print this and stop
`;

function oneOf<Value extends string>(
  name: string,
  given: string | undefined,
  values: readonly [Value, ...Value[]],
): Value {
  const found = given === undefined ? values[0] : values.find((value) => value === given);
  if (found === undefined) throw new Error(`--${name} has to be one of ${values.join(', ')}`);
  return found;
}

/** `license-gateway explain`: the plan of a query as text, with no network. */
export const explain: Command = {
  usage,
  async run(args, { print }) {
    const options = {
      variables: { type: 'string' },
      operation: { type: 'string' },
      format: { type: 'string' },
      options: { type: 'string' },
    } as const;
    const { values, positionals } = parseOptions(args, options, 1);
    const [file] = positionals;
    if (file === undefined) throw new Error('say which FILE holds the query');
    const format = oneOf('format', values.format, ['text', 'json', 'mermaid']);
    const considered = oneOf('options', values.options, ['learned', 'documented']);
    const source = readDocument(file);
    const variables = readVariableValues(values.variables);
    const [{ explainDocument }, { createSchema }, { readQuery }] = await Promise.all([
      import('../explain/explainDocument.js'),
      import('../schema/createSchema.js'),
      import('./query/ValidQuery.js'),
    ]);
    // What query refuses, explain refuses in the same words.
    readQuery(createSchema(), source, values.operation, variables);
    const explained = explainDocument(source, {
      variables,
      operationName: values.operation,
      format,
      options: considered,
    });
    print(`${explained.trimEnd()}\n`);
    return 0;
  },
};
