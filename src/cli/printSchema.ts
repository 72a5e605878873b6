import { readVariables } from '../config/readVariables.js';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway print-schema

Prints the schema as SDL, as a federation router would read it: for \`rover subgraph publish\`, \`hive schema:publish\`
and code generators. Nothing else has to be configured.

  IDENTITY_FIELDS  as for serve: \`shared\` (the default) or \`owned\`
  --help           print this and stop
`;

/** `license-gateway print-schema`: the SDL on stdout. */
export const printSchema: Command = async (args, { variables, print }) => {
  const { values } = parseOptions(args, { help: { type: 'boolean' } }, 0);
  if (values.help === true) {
    print(usage);
    return 0;
  }
  // A pipeline that publishes the schema has no credentials, and needs none: only this variable changes the schema.
  const { IDENTITY_FIELDS: identityFields } = readVariables({ IDENTITY_FIELDS: variables.IDENTITY_FIELDS });
  const { publishedDefinitions } = await import('../schema/publishedDefinitions.js');
  print(publishedDefinitions({ identityFields }));
  return 0;
};
