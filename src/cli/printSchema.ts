import { graphqlSync } from 'graphql';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway print-schema

Prints the schema as SDL, as a federation router would read it: for \`rover subgraph publish\`, \`hive schema:publish\`
and code generators.

  --help  print this and stop
`;

/** `license-gateway print-schema`: the SDL on stdout. */
export const printSchema: Command = async (args, { print }) => {
  const { values } = parseOptions(args, { help: { type: 'boolean' } }, 0);
  if (values.help === true) {
    print(usage);
    return 0;
  }
  const { createSchema } = await import('../schema/createSchema.js');
  const { data, errors } = graphqlSync({ schema: createSchema(), source: '{ _service { sdl } }' });
  const sdl = (data?._service as { sdl?: unknown } | undefined)?.sdl;
  if (typeof sdl !== 'string') throw new Error(`the schema has no SDL: ${errors?.[0]?.message ?? 'no answer'}`);
  print(`${sdl.trimEnd()}\n`);
  return 0;
};
