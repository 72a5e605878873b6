import { readVariables } from '../config/readVariables.js';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway print-schema [--api]

Prints the schema as SDL, as a federation router would read it: for \`rover subgraph publish\` and
\`hive schema:publish\`. Nothing else has to be configured.

  --api            the plain SDL, without what is said to routers alone: for relay-compiler and code
                   generators
  IDENTITY_FIELDS  as for serve: \`shared\` (the default) or \`owned\`
  --help           print this and stop
`;

/** `license-gateway print-schema`: the SDL on stdout. */
export const printSchema: Command = {
  usage,
  async run(args, { variables, print }) {
    const { values } = parseOptions(args, { api: { type: 'boolean' } }, 0);
    if (values.api === true) {
      const { apiDefinitions } = await import('../schema/apiDefinitions.js');
      print(apiDefinitions());
      return 0;
    }
    // A pipeline that publishes the schema has no credentials, and needs none: only this variable changes the schema.
    const { IDENTITY_FIELDS: identityFields } = readVariables({ IDENTITY_FIELDS: variables.IDENTITY_FIELDS });
    const { publishedDefinitions } = await import('../schema/publishedDefinitions.js');
    print(publishedDefinitions({ identityFields }));
    return 0;
  },
};
