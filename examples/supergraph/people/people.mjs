/** A subgraph of what a staff database knows: desks and cost centres, by the id that a person has in the directory. */
import { readJson, serveSubgraph } from '../serveSubgraph.mjs';

const { people, costCentres } = readJson('people.json', import.meta.url);
const personOf = new Map(people.map((person) => [person.id, person]));
const currencies = { CH: 'CHF', GB: 'GBP', US: 'USD', CA: 'CAD', IN: 'INR', JP: 'JPY' };

const findCostCentre = (code) => costCentres.find((each) => each.code === code) ?? null;

const resolvers = {
  Query: { costCentres: () => costCentres, costCentre: (_source, { code }) => findCostCentre(code) },
  User: {
    // People whom the staff database does not know exist all the same: the gateway says who does.
    __resolveReference: async (reference) => ({ ...personOf.get(reference.id), ...reference }),
    costCentre: (user) => findCostCentre(user.costCentre),
    payrollCurrency: ({ usageLocation }) => (usageLocation ? (currencies[usageLocation] ?? 'EUR') : null),
  },
  CostCentre: {
    __resolveReference: async ({ code }) => findCostCentre(code),
    people: ({ code }) => people.filter((person) => person.costCentre === code),
  },
};

await serveSubgraph({ schemaFile: 'people.graphql', module: import.meta.url, resolvers, port: 4001 });
