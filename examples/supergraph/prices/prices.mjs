/** A subgraph of what was agreed with the reseller: prices of seats, by the id of the SKU. */
import { readJson, serveSubgraph } from '../serveSubgraph.mjs';

const { currency, seatPrices } = readJson('prices.json', import.meta.url);
const centsOf = new Map(seatPrices.map(({ skuId, cents }) => [skuId, cents]));

function money(cents) {
  return cents === undefined ? null : { cents, currency };
}

const resolvers = {
  Query: { priceList: () => seatPrices.map(({ skuId }) => ({ skuId })) },
  Sku: {
    __resolveReference: async (reference) => ({ ...reference }),
    seatPrice: ({ skuId }) => money(centsOf.get(skuId)),
    // Seats that are used without having been bought cost nothing here, and no less than that.
    unusedSeatsCost: ({ skuId, availableUnits }) =>
      centsOf.has(skuId) && typeof availableUnits === 'number'
        ? money(centsOf.get(skuId) * Math.max(0, availableUnits))
        : null,
  },
};

await serveSubgraph({ schemaFile: 'prices.graphql', module: import.meta.url, resolvers, port: 4002 });
