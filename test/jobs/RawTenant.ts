import { commonServicePlanNames } from '../../src/names/commonServicePlanNames.js';
import { commonSkuNames } from '../../src/names/commonSkuNames.js';
import { ReferenceGraph, type Json } from '../reference/ReferenceGraph.js';

const licensing = '/admin/cloudLicensing';

/** An allotment as Graph sends it. */
export interface RawAllotment {
  readonly id: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly allottedUnits: number;
  readonly consumedUnits: number;
  readonly assignableTo: string;
  readonly services: readonly { readonly planId: string; readonly planName: string }[];
  readonly subscriptions: readonly {
    readonly subscriptionId: string;
    readonly state: string;
    readonly tags: string;
    readonly startDate: string;
    readonly nextLifecycleDate: string;
  }[];
}

/** An assignment with both ends. */
export interface RawAssignment {
  readonly id: string;
  readonly disabledServicePlanIds: readonly string[];
  readonly assignedTo: Json & { readonly id: string };
  readonly allotment: RawAllotment;
}

/** Usage rights of a user or device. */
export interface RawRight {
  readonly id: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly services: RawAllotment['services'];
}

/** What the emulated tenant holds, read by plain GETs and without the gateway. */
export class RawTenant {
  private constructor(
    private readonly graph: ReferenceGraph,
    readonly allotments: readonly RawAllotment[],
    readonly assignments: readonly RawAssignment[],
    /** A user who has a licence directly and one through a group. */
    readonly user: Json & { readonly id: string; readonly displayName: string },
  ) {}

  static async read(serviceRoot: string): Promise<RawTenant> {
    const graph = new ReferenceGraph(serviceRoot);
    const allotments = (await graph.objects(`${licensing}/allotments`)) as unknown as RawAllotment[];
    const assignments = (await graph.objects(
      `${licensing}/assignments?$expand=assignedTo,allotment`,
    )) as unknown as RawAssignment[];
    const groups = new Set(assignments.map(({ assignedTo }) => assignedTo.id));
    for (const user of (await graph.objects('/users')) ?? []) {
      const memberOf = (await graph.objects(`/users/${String(user.id)}/memberOf`)) ?? [];
      const isBoth = groups.has(String(user.id)) && memberOf.some(({ id }) => groups.has(String(id)));
      if (isBoth) return new RawTenant(graph, allotments, assignments, user as RawTenant['user']);
    }
    throw new Error('The tenant has nobody with a direct and an inherited licence.');
  }

  async list(path: string): Promise<readonly Json[]> {
    return (await this.graph.objects(path)) ?? [];
  }

  async get(path: string): Promise<Json> {
    return (await this.graph.get(path)) ?? {};
  }

  async rightsOf(owner: string): Promise<readonly RawRight[]> {
    return (await this.list(`${owner}/cloudLicensing/usageRights`)) as unknown as RawRight[];
  }

  /** Allotments by SKU, in the order in which SKUs come up. */
  get bySku(): ReadonlyMap<string, readonly RawAllotment[]> {
    const skus = new Map<string, RawAllotment[]>();
    for (const allotment of this.allotments) {
      skus.set(allotment.skuId, [...(skus.get(allotment.skuId) ?? []), allotment]);
    }
    return skus;
  }
}

/** The name of a product that people know. */
export function productName({
  skuId,
  skuPartNumber,
}: {
  readonly skuId: string;
  readonly skuPartNumber: string;
}): string {
  return commonSkuNames[skuId] ?? skuPartNumber;
}

/** The name of a service plan that people know. */
export function planName({ planId, planName: code }: RawAllotment['services'][number]): string {
  return commonServicePlanNames[planId] ?? code;
}

/** An object of the directory with the type that the schema gives it. */
export function directoryObject({ '@odata.type': type, id, displayName }: Json): Json {
  const name = String(type).replace('#microsoft.graph.', '');
  return { __typename: name.charAt(0).toUpperCase() + name.slice(1), id, displayName };
}
