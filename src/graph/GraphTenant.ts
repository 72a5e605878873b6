import { LRUCache } from 'lru-cache';
import { CircuitBreaker, type CircuitBreakerOptions } from '../resilience/CircuitBreaker.js';
import { TenantQuota, type QuotaParts } from './quota/TenantQuota.js';
import type { Flow } from './queue/Flow.js';
import { RetryBudget } from './retry/RetryBudget.js';

/** What is remembered of Graph as it behaves towards one tenant: one tenant's trouble does not touch the others. */
export interface GraphTenant {
  readonly quota: TenantQuota;
  /** For reads. */
  readonly circuit: CircuitBreaker;
  readonly retries: RetryBudget;
}

/** When reads are left off, and for how long. */
export type CircuitLimits = Pick<CircuitBreakerOptions, 'failures' | 'calls' | 'openMilliseconds'>;

/** Half of the last calls; and long enough to recover, short enough to be back soon after. */
const defaultCircuit: CircuitLimits = { failures: 10, calls: 20, openMilliseconds: 5_000 };

/** More tenants than these are not remembered at a time. */
const mostTenants = 1_000;

/** All tenants that were asked for lately. */
export class GraphTenants {
  private readonly tenants = new LRUCache<string, GraphTenant>({
    max: mostTenants,
    dispose: ({ circuit }) => circuit.dispose(),
  });

  /** @param application whose quotas they are, for the names in the shared store */
  constructor(
    private readonly application: string,
    private readonly parts: QuotaParts,
    private readonly onCircuit?: CircuitBreakerOptions['onChange'],
    private readonly circuit: CircuitLimits = defaultCircuit,
  ) {}

  of(tenant: string): GraphTenant {
    const known = this.tenants.get(tenant);
    if (known !== undefined) return known;
    const made: GraphTenant = {
      quota: new TenantQuota(`${this.application}\n${tenant}`, this.parts),
      circuit: new CircuitBreaker({
        ...this.circuit,
        now: this.parts.clock.now,
        onChange: this.onCircuit,
      }),
      retries: new RetryBudget(),
    };
    this.tenants.set(tenant, made);
    return made;
  }

  /** The tenant of a query; those without a flow are of one that nobody has named. */
  ofFlow(flow: Flow | undefined): GraphTenant {
    return this.of(flow?.tenant ?? '');
  }
}
