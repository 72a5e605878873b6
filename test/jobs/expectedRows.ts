import type { Json } from '../reference/ReferenceGraph.js';
import { rightsWithOrigin } from './rightsWithOrigin.js';
import { directoryObject, planName, productName, type RawAllotment, type RawTenant } from './RawTenant.js';

/** What a job is given, and what it has to answer. */
export interface JobCase {
  readonly variables?: Json;
  readonly operation?: string;
  /** Dotted path of the rows, where they are not those of the outermost list. */
  readonly rowsAt?: string;
  readonly rows: readonly unknown[];
}

type CaseOf = (tenant: RawTenant) => JobCase | Promise<JobCase>;

type Subscription = RawAllotment['subscriptions'][number];

const upper = (text: string): string => text.toUpperCase();
const day = (text: string): string => text.slice(0, 10);
const moment = (text: unknown): string => String(text).replace('+00:00', 'Z');
const flags = (text: string): readonly string[] => (text === 'none' ? [] : text.split(',').map(upper));

const sum = (allotments: readonly RawAllotment[], count: (allotment: RawAllotment) => number): number =>
  allotments.reduce((total, allotment) => total + count(allotment), 0);

function seatsOf(allotments: readonly RawAllotment[]) {
  const allottedUnits = sum(allotments, (each) => each.allottedUnits);
  const consumedUnits = sum(allotments, (each) => each.consumedUnits);
  return { allottedUnits, consumedUnits, availableUnits: allottedUnits - consumedUnits };
}

function pick<Key extends keyof Subscription>({ subscriptions }: RawAllotment, ...keys: readonly Key[]) {
  const shape = {
    subscriptionId: (each: Subscription) => each.subscriptionId,
    state: (each: Subscription) => upper(each.state).replace('LOCKEDOUT', 'LOCKED_OUT'),
    tags: (each: Subscription) => flags(each.tags),
    startDate: (each: Subscription) => day(each.startDate),
    nextLifecycleDate: (each: Subscription) => day(each.nextLifecycleDate),
  };
  return subscriptions.map((each) => Object.fromEntries(keys.map((key) => [key, shape[key](each)])));
}

const skuOf = (allotment: RawAllotment) => ({ displayName: productName(allotment) });

const namedProduct = (one: Pick<RawAllotment, 'skuId' | 'skuPartNumber'>) => ({
  skuPartNumber: one.skuPartNumber,
  sku: { displayName: productName(one) },
});

/** Rows of `skus`: one for each product, whatever the order of its allotments. */
function perSku(tenant: RawTenant, row: (skuId: string, allotments: readonly RawAllotment[]) => object): JobCase {
  return { rows: [...tenant.bySku].map(([skuId, allotments]) => ({ skuId, ...row(skuId, allotments) })) };
}

function servicesOf(allotments: readonly RawAllotment[]) {
  const services = new Map(allotments.flatMap(({ services: all }) => all.map((each) => [each.planId, each] as const)));
  return [...services.values()];
}

const namedServices = (services: RawAllotment['services']) =>
  services.map((each) => ({ planId: each.planId, planName: each.planName, displayName: planName(each) }));

/** Somebody with an assignment, and a purchase of another product with free seats of which nothing comes to them. */
async function swappable(tenant: RawTenant) {
  const [held] = tenant.assignments.filter(({ assignedTo }) => String(assignedTo['@odata.type']).endsWith('user'));
  if (held === undefined) throw new Error('The tenant has no direct assignment of a user.');
  const rights = (await tenant.rightsOf(`/users/${held.assignedTo.id}`)).map(({ skuId }) => skuId);
  const to = tenant.allotments.find((each) => each.consumedUnits < each.allottedUnits && !rights.includes(each.skuId));
  return { assignee: held.assignedTo.id, from: held.allotment.id, to: to?.id };
}

const onlyFirst = ([first]: readonly RawAllotment[]): RawAllotment => first as RawAllotment;

/** The answers to the jobs, each worked out from what Graph holds. */
export const expectedRows: Readonly<Record<string, CaseOf>> = {
  '01-product-names': (tenant) =>
    perSku(tenant, (_, allotments) => ({
      skuPartNumber: onlyFirst(allotments).skuPartNumber,
      displayName: productName(onlyFirst(allotments)),
      services: namedServices(servicesOf(allotments)),
    })),

  '02-origin-of-licences': async (tenant) => {
    const { user } = tenant;
    return { variables: { user: user.id }, rows: await rightsWithOrigin(tenant, user.id) };
  },

  '03-direct-and-inherited': async (tenant) => {
    const rows = await Promise.all(
      (await tenant.list('/users')).map(async ({ id }) => rightsWithOrigin(tenant, String(id))),
    );
    return { rowsAt: 'users.usageRights', rows: rows.flat() };
  },

  '04-seats': (tenant) =>
    perSku(tenant, (_, allotments) => ({
      displayName: productName(onlyFirst(allotments)),
      ...seatsOf(allotments),
      allotments: {
        nodes: allotments.map((each) => ({
          id: each.id,
          allottedUnits: each.allottedUnits,
          consumedUnits: each.consumedUnits,
          subscriptions: pick(each, 'subscriptionId', 'state', 'nextLifecycleDate'),
        })),
      },
    })),

  '05-who-uses-an-allotment': (tenant) => {
    const counts = new Map<string, number>();
    for (const { allotment } of tenant.assignments) counts.set(allotment.id, (counts.get(allotment.id) ?? 0) + 1);
    const [[allotment] = ['']] = [...counts].sort(([, a], [, b]) => b - a);
    const rows = tenant.assignments
      .filter((each) => each.allotment.id === allotment)
      .map(({ id, assignedTo }) => ({ id, assignedTo: directoryObject(assignedTo) }));
    return { variables: { allotment }, rows };
  },

  '06-renewals': (tenant) => ({
    rows: tenant.allotments.map((each) => ({
      id: each.id,
      ...namedProduct(each),
      allottedUnits: each.allottedUnits,
      consumedUnits: each.consumedUnits,
      subscriptions: pick(each, 'subscriptionId', 'state', 'startDate', 'nextLifecycleDate'),
    })),
  }),

  '07-who-waits': async (tenant) => {
    const waiting = await Promise.all(
      tenant.allotments.map(async (allotment) => {
        const path = `/admin/cloudLicensing/allotments/${allotment.id}/waitingMembers?$expand=assignedTo`;
        return (await tenant.list(path)).map(({ waitingSinceDateTime, assignedTo }) => ({
          waitingSinceDateTime: moment(waitingSinceDateTime),
          assignedTo: directoryObject(assignedTo as Json),
          allotment: { id: allotment.id, ...namedProduct(allotment) },
        }));
      }),
    );
    return { rowsAt: 'allotments.waitingMembers', rows: waiting.flat() };
  },

  '08-what-went-wrong': async (tenant) => {
    const errors = await tenant.list('/admin/cloudLicensing/assignmentErrors?$expand=assignedTo');
    const names = new Map(tenant.allotments.map((each) => [each.skuId, productName(each)]));
    const rows = errors.map(({ id, code, message, occurrenceDateTime, skuId, assignedTo }) => ({
      id,
      code,
      message,
      occurrenceDateTime: moment(occurrenceDateTime),
      skuId,
      sku: { displayName: names.get(String(skuId)) },
      assignedTo: directoryObject(assignedTo as Json),
    }));
    return { rows };
  },

  '09-reprocess': (tenant) => ({
    variables: { users: [tenant.user.id] },
    rowsAt: 'reprocessAssignments.results',
    rows: [{ userId: tenant.user.id, outcome: 'UPDATED', userErrors: [] }],
  }),

  '10-unused-seats': (tenant) =>
    perSku(tenant, (_, allotments) => ({ displayName: productName(onlyFirst(allotments)), ...seatsOf(allotments) })),

  '11-unassigned-seats': (tenant) => {
    const [[sku, allotments] = ['', []]] = tenant.bySku;
    const seats = { skuId: sku, displayName: productName(onlyFirst(allotments)), ...seatsOf(allotments) };
    return { variables: { sku }, rows: [{ sku: seats }] };
  },

  '12-disabled-accounts': async (tenant) => {
    const disabled = (await tenant.list('/users')).filter(({ accountEnabled }) => accountEnabled === false);
    const rows = await Promise.all(
      disabled.map(async ({ id, displayName, userPrincipalName }) => {
        const rights = await tenant.rightsOf(`/users/${String(id)}`);
        const nodes = rights.map((right) => ({ skuId: right.skuId, sku: { displayName: productName(right) } }));
        return { id, displayName, userPrincipalName, usageRights: { nodes } };
      }),
    );
    return { rows: rows.filter(({ usageRights }) => usageRights.nodes.length > 0) };
  },

  '13-swap-licences': async (tenant) => {
    const { assignee, from, to } = await swappable(tenant);
    const row = { assigneeId: assignee, outcome: 'SWAPPED', takesSeat: true, inheritedFrom: [], userErrors: [] };
    return { variables: { from, to, users: [assignee] }, rowsAt: 'swapLicenses.results', rows: [row] };
  },

  '14-services-of-a-user': async (tenant) => {
    const rows = (await tenant.rightsOf(`/users/${tenant.user.id}`)).map((right) => ({
      sku: { displayName: productName(right) },
      services: namedServices(right.services),
    }));
    return { variables: { user: tenant.user.id }, rows };
  },

  '15-groups-that-license': async (tenant) => {
    const rows = await Promise.all(
      tenant.assignments.map(async ({ id, assignedTo, allotment }) => {
        const assignee = directoryObject(assignedTo);
        const members = async (): Promise<object> => ({
          members: { totalCount: (await tenant.list(`/groups/${assignedTo.id}/members`)).length },
        });
        return {
          id,
          assignedTo: { ...assignee, ...(assignee.__typename === 'Group' ? await members() : {}) },
          allotment: { sku: skuOf(allotment) },
        };
      }),
    );
    return { rows };
  },

  '16-whole-lists': async (tenant) => {
    const users = await Promise.all(
      (await tenant.list('/users')).map(async ({ id, accountEnabled }) => ({
        isDisabled: accountEnabled === false,
        isLicensed: (await tenant.rightsOf(`/users/${String(id)}`)).length > 0,
      })),
    );
    const licensed = users.filter(({ isLicensed }) => isLicensed);
    const count = (items: readonly unknown[]) => ({ totalCount: items.length });
    const disabled = licensed.filter(({ isDisabled }) => isDisabled);
    return {
      rows: [{ licensed: count(licensed), disabled: count(disabled), devices: count(await tenant.list('/devices')) }],
    };
  },

  '17-nearly-exhausted': async (tenant) => {
    const rows = await Promise.all(
      tenant.allotments.map(async (each) => {
        const waiting = await tenant.list(`/admin/cloudLicensing/allotments/${each.id}/waitingMembers`);
        return {
          id: each.id,
          ...namedProduct(each),
          ...seatsOf([each]),
          waitingMembers: {
            nodes: waiting.map(({ waitingSinceDateTime }) => ({ waitingSinceDateTime: moment(waitingSinceDateTime) })),
          },
        };
      }),
    );
    return { rows };
  },

  '18-plans-off': (tenant) => ({
    rows: tenant.assignments.map(({ id, disabledServicePlanIds, assignedTo, allotment }) => ({
      id,
      disabledServices: allotment.services
        .filter(({ planId }) => disabledServicePlanIds.includes(planId))
        .map((each) => ({ planId: each.planId, displayName: planName(each) })),
      assignedTo: directoryObject(assignedTo),
      allotment: { id: allotment.id, ...namedProduct(allotment) },
    })),
  }),

  '19-trials-and-warnings': (tenant) => ({
    rows: tenant.allotments.map((each) => ({
      id: each.id,
      ...namedProduct(each),
      consumedUnits: each.consumedUnits,
      subscriptions: pick(each, 'subscriptionId', 'state', 'tags', 'nextLifecycleDate'),
    })),
  }),

  '20-may-use-a-plan': async (tenant) => {
    const rights = await tenant.rightsOf(`/users/${tenant.user.id}`);
    const plan = rights[0]?.services[0]?.planId;
    const rows = rights.filter(({ services }) => services.some(({ planId }) => planId === plan)).map(namedProduct);
    return { variables: { user: tenant.user.id, plan }, operation: 'UserMayUse', rows };
  },

  '21-where-to-assign-from': (tenant) => {
    const [sku, allotments] = [...tenant.bySku].find(([, each]) => each.length > 1) ?? ['', []];
    const rows = allotments.map((each) => ({
      id: each.id,
      assignableTo: flags(each.assignableTo),
      allottedUnits: each.allottedUnits,
      availableUnits: each.allottedUnits - each.consumedUnits,
      subscriptions: pick(each, 'state', 'nextLifecycleDate'),
    }));
    return { variables: { sku }, rows };
  },

  '22-products-inside-others': (tenant) =>
    perSku(tenant, (skuId, allotments) => {
      const own = servicesOf(allotments).map(({ planId }) => planId);
      const holders = [...tenant.bySku].filter(([other, theirs]) => {
        const plans = new Set(servicesOf(theirs).map(({ planId }) => planId));
        return other !== skuId && own.every((plan) => plans.has(plan));
      });
      return {
        displayName: productName(onlyFirst(allotments)),
        consumedUnits: seatsOf(allotments).consumedUnits,
        containedIn: holders.map(([other, theirs]) => ({
          skuId: other,
          displayName: productName(onlyFirst(theirs)),
          availableUnits: seatsOf(theirs).availableUnits,
        })),
      };
    }),

  '23-exclusive-plans': async (tenant) => {
    const rows = (await tenant.rightsOf(`/users/${tenant.user.id}`)).map((right) => ({
      skuPartNumber: right.skuPartNumber,
      services: namedServices(right.services),
    }));
    const variables = { user: tenant.user.id, allotment: onlyFirst(tenant.allotments).id };
    return { variables, rowsAt: 'user.usageRights', rows };
  },

  '24-devices': async (tenant) => {
    const rows = await Promise.all(
      (await tenant.list('/devices')).map(async ({ id, displayName }) => {
        const waiting = await tenant.list(`/devices/${String(id)}/cloudLicensing/waitingMembers?$expand=allotment`);
        return {
          id,
          displayName,
          usageRights: {
            nodes: (await tenant.rightsOf(`/devices/${String(id)}`)).map(namedProduct),
          },
          waitingMembers: {
            nodes: waiting.map(({ waitingSinceDateTime, allotment }) => ({
              waitingSinceDateTime: moment(waitingSinceDateTime),
              allotment: namedProduct(allotment as RawAllotment),
            })),
          },
        };
      }),
    );
    return { rows };
  },

  '27-licence-details': async (tenant) => {
    const rows = (await tenant.rightsOf(`/users/${tenant.user.id}`)).map((right) => ({
      skuId: right.skuId,
      skuPartNumber: right.skuPartNumber,
      services: right.services.map(({ planId, planName: code }) => ({ planId, planName: code })),
    }));
    return { variables: { user: tenant.user.id }, rows };
  },
};
