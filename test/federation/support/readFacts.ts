import { readFileSync } from 'node:fs';
import { ReferenceGraph, type Json } from '../../reference/ReferenceGraph.js';

/** What is known of a tenant without the gateway: Graph's own answers, and the data of the demonstration subgraphs. */
export interface Facts {
  readonly users: readonly Json[];
  readonly groups: readonly Json[];
  readonly allotments: readonly Json[];
  readonly assignments: readonly Json[];
  readonly assignmentErrors: readonly Json[];
  /** Rights of the people that the staff database knows, by user id. */
  readonly rights: ReadonlyMap<string, readonly Json[]>;
  readonly costCentres: readonly { readonly code: string; readonly name: string; readonly people: readonly Json[] }[];
  readonly user: (id: unknown) => Json;
  readonly desk: (id: unknown) => string | null;
  readonly costCentre: (id: unknown) => string | null;
  /** Hundredths of a euro for a seat. */
  readonly seatPrice: (skuId: unknown) => { readonly cents: number } | null;
  /** Seats of all allotments that nobody uses. */
  readonly availableUnits: (skuId: unknown) => number;
}

interface People {
  readonly people: readonly { readonly id: string; readonly desk: string; readonly costCentre: string }[];
  readonly costCentres: readonly { readonly code: string; readonly name: string }[];
}

function readData(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../examples/supergraph/${file}`, import.meta.url), 'utf8'));
}

const licensing = '/admin/cloudLicensing';

/** Reads everything, one plain GET for each list. */
export async function readFacts(serviceRoot: string, authorization: string): Promise<Facts> {
  const graph = new ReferenceGraph(serviceRoot, { headers: { authorization } });
  const list = async (path: string): Promise<readonly Json[]> => (await graph.list(path)) ?? [];
  const { people, costCentres } = readData('people/people.json') as People;
  const { seatPrices } = readData('prices/prices.json') as { seatPrices: { skuId: string; cents: number }[] };
  const users = await list('/users?$select=id,displayName,mail,usageLocation');
  const groups = await list('/groups?$select=id,displayName&$expand=members($select=id)');
  const allotments = await list(`${licensing}/allotments`);
  const assignments = await list(`${licensing}/assignments?$expand=assignedTo,allotment`);
  const assignmentErrors = await list(`${licensing}/assignmentErrors?$expand=assignedTo`);
  const rights = new Map<string, readonly Json[]>();
  for (const { id } of people) rights.set(id, await list(`/users/${id}/cloudLicensing/usageRights`));
  const user = (id: unknown): Json => users.find((each) => each.id === id) ?? {};
  return {
    users,
    groups,
    allotments,
    assignments,
    assignmentErrors,
    rights,
    costCentres: costCentres.map(({ code, name }) => ({
      code,
      name,
      people: people.filter(({ costCentre }) => costCentre === code).map(({ id }) => user(id)),
    })),
    user,
    desk: (id) => people.find((person) => person.id === id)?.desk ?? null,
    costCentre: (id) => people.find((person) => person.id === id)?.costCentre ?? null,
    seatPrice(skuId) {
      const found = seatPrices.find((each) => each.skuId === skuId);
      return found === undefined ? null : { cents: found.cents };
    },
    availableUnits: (skuId) =>
      allotments
        .filter((each) => each.skuId === skuId)
        .reduce((sum, { allottedUnits, consumedUnits }) => sum + Number(allottedUnits) - Number(consumedUnits), 0),
  };
}
