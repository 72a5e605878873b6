/** Somebody who has licences, as the gateway answers. */
export interface Holder {
  readonly displayName: string;
  readonly givenName: string;
  readonly usageRights: {
    readonly nodes: readonly {
      readonly origin: string;
      readonly sku: { readonly displayName: string };
      readonly inheritedFrom: readonly { readonly displayName: string }[];
    }[];
  };
}

/** A product with who waits for it, as the gateway answers. */
export interface Product {
  readonly displayName: string;
  readonly consumedUnits: number;
  readonly allottedUnits: number;
  readonly availableUnits: number;
  readonly allotments: {
    readonly nodes: readonly { readonly waitingMembers: { readonly nodes: readonly object[] } }[];
  };
}

/** A purchase with its subscriptions, as the gateway answers. */
export interface Purchase {
  readonly sku: { readonly displayName: string };
  readonly consumedUnits: number;
  readonly allottedUnits: number;
  readonly subscriptions: readonly {
    readonly nextLifecycleDate: string;
    readonly state: string;
    readonly tags: readonly string[];
  }[];
}

/** Date, product, state, whether it is a trial, and seats of each subscription, as the page says them. */
export function renewalsOf({ sku, consumedUnits, allottedUnits, subscriptions }: Purchase) {
  return subscriptions.map(({ nextLifecycleDate, state, tags }) => [
    nextLifecycleDate,
    sku.displayName,
    state,
    tags.includes('TRIAL'),
    `${consumedUnits} of ${allottedUnits}`,
  ]);
}

/** How many wait, as the page says it: it asks for 50 of each list, and says where there are more. */
function waitsOf({ allotments }: Product): string {
  const lengths = allotments.nodes.map(({ waitingMembers }) => waitingMembers.nodes.length);
  const known = lengths.reduce((sum, length) => sum + Math.min(length, 50), 0);
  return known === 0 ? '–' : `${known}${lengths.some((length) => length > 50) ? '+' : ''}`;
}

/** Name, seats used, bought and free, and how many wait, as the page says them. */
export function seatsOf(product: Product): readonly string[] {
  const { displayName, consumedUnits, allottedUnits, availableUnits } = product;
  return [displayName, ...[consumedUnits, allottedUnits, availableUnits].map(String), waitsOf(product)];
}

async function ask<Data>(url: string, query: string): Promise<Data> {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: Data }).data;
}

export async function askForProducts(url: string): Promise<readonly Product[]> {
  const query = `{ skus { displayName consumedUnits allottedUnits availableUnits
    allotments { nodes { waitingMembers(first: 51) { nodes { id } } } } } }`;
  return (await ask<{ skus: readonly Product[] }>(url, query)).skus;
}

export async function askForPurchases(url: string): Promise<readonly Purchase[]> {
  const query = `{ allotments(first: 99) { nodes { sku { displayName } consumedUnits allottedUnits
    subscriptions { nextLifecycleDate state tags } } } }`;
  return (await ask<{ allotments: { nodes: readonly Purchase[] } }>(url, query)).allotments.nodes;
}

/** How many wait for each purchase. */
export async function askForLengthsOfWaitingLists(url: string): Promise<readonly number[]> {
  const query = '{ allotments(first: 99) { nodes { waitingMembers(first: 99) { nodes { id } } } } }';
  const { allotments } = await ask<{ allotments: Product['allotments'] }>(url, query);
  return allotments.nodes.map(({ waitingMembers }) => waitingMembers.nodes.length);
}

export async function askForSomebodyWithAnInheritedLicence(url: string): Promise<Holder> {
  const query = `{ users(first: 40, filter: { hasLicense: { eq: true } }) { nodes { displayName givenName
    usageRights(first: 5) { nodes { origin sku { displayName } inheritedFrom { displayName } } } } } }`;
  const { users } = await ask<{ users: { nodes: readonly Holder[] } }>(url, query);
  const holder = users.nodes.find(({ usageRights }) => usageRights.nodes.some(({ origin }) => origin === 'INHERITED'));
  if (holder === undefined) throw new Error('Nobody has an inherited licence.');
  return holder;
}
