/**
 * Leaves fields and interfaces out of the SDL that is published, where another subgraph has something else of the same name.
 * Routers ask for nothing that they are not told of. Reads from stdin, writes to stdout; a name that is not there is an error.
 *
 *   license-gateway print-schema | node examples/supergraph/leaveOut.mjs Query.node Query.nodes Node > licensing.graphql
 */
import { readFileSync } from 'node:fs';
import { parse, print, visit } from 'graphql';

const names = process.argv.slice(2);
const found = new Set();

/** Remembers that a name was there, and says whether it stays. */
function stays(name) {
  found.add(name);
  return !names.includes(name);
}

const published = visit(parse(readFileSync(0, 'utf8')), {
  InterfaceTypeDefinition: ({ name }) => (stays(name.value) ? undefined : null),
  ObjectTypeDefinition: (type) => ({
    ...type,
    interfaces: type.interfaces.filter(({ name }) => !names.includes(name.value)),
    fields: type.fields.filter(({ name }) => stays(`${type.name.value}.${name.value}`)),
  }),
});

const unknown = names.filter((name) => !found.has(name));
if (unknown.length > 0) {
  console.error(`Neither a field nor an interface: ${unknown.join(', ')}`);
  process.exit(1);
}
console.log(print(published));
