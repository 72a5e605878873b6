import { dateTimeOf, guidOf } from './deterministic.js';
import { skuFacts, type SkuFact } from './skuFacts.js';
import type { Principal } from './Tenant.js';
import type { TenantStore } from './TenantStore.js';

/** What an error says; `[plan]` and `[needed]` stand for service plans of the product. */
interface ErrorKind {
  readonly code: string;
  readonly message: string;
}

/** The code of the documentation's example, and those of `licenseAssignmentState`, which tells of the same (Graph: resource types). */
const errorKinds: readonly [ErrorKind, ...ErrorKind[]] = [
  {
    code: 'MissingDependency',
    message:
      'Service plan [plan] cannot be assigned without service plan [needed], which this user does not currently have.',
  },
  { code: 'CountViolation', message: 'There are no more licenses available for this product.' },
  {
    code: 'MutuallyExclusiveViolation',
    message: 'Service plan [plan] cannot be assigned together with service plan [needed], which this user has.',
  },
  { code: 'DependencyViolation', message: 'Service plan [plan] is needed by another service plan of this user.' },
  {
    code: 'ProhibitedInUsageLocationViolation',
    message: 'Service plan [plan] is not available in the usage location of this user.',
  },
  { code: 'UniquenessViolation', message: 'The proxy address of this user is in use already.' },
  { code: 'Other', message: 'The license could not be applied.' },
];

/** Adds some assignment errors, and at least one of each kind. */
export function addErrors(store: TenantStore, seed: number, roll: (limit: number) => number): void {
  const { tenant } = store;
  const users = [...tenant.users.values()];
  const rolled = Math.max(3, Math.floor(users.length / 40));
  for (let index = 0; index < Math.max(rolled, errorKinds.length); index += 1) {
    // What comes after the errors is made by the same dice, however many kinds there are.
    const pick = (limit: number): number => (index < rolled ? roll(limit) : (index * 7) % limit);
    const assignee = users[pick(users.length)] as Principal;
    const sku = skuFacts[pick(skuFacts.length)] as SkuFact;
    const [plan, needed] = [sku.plans[0]?.[0] ?? '', sku.plans.at(-1)?.[0] ?? ''];
    const { code, message } = errorKinds[index % errorKinds.length] ?? errorKinds[0];
    const id = guidOf('error', seed, index);
    tenant.errors.set(id, {
      id,
      assigneeId: assignee.id,
      code,
      message: message.replace('[plan]', plan).replace('[needed]', needed),
      occurrenceDateTime: dateTimeOf(pick(500_000), pick(9_999_999)),
      skuId: sku.skuId,
    });
  }
}
