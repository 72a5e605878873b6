import type { Json } from '../reference/ReferenceGraph.js';
import { productName, type RawTenant } from './RawTenant.js';

/** Rights of a person, and to whom the assignments behind each were made. */
export async function rightsWithOrigin(tenant: RawTenant, userId: string): Promise<readonly object[]> {
  const path = `/users/${userId}`;
  return Promise.all(
    (await tenant.rightsOf(path)).map(async (right) => {
      const behind = await tenant.list(`${path}/cloudLicensing/usageRights/${right.id}/assignments?$expand=assignedTo`);
      const assignees = behind.map(({ assignedTo }) => assignedTo as Json);
      const groups = new Map(assignees.map(({ id, displayName }) => [id, { id, displayName }]));
      const isDirect = groups.delete(userId);
      return {
        sku: { displayName: productName(right) },
        origin: isDirect ? (groups.size > 0 ? 'BOTH' : 'DIRECT') : 'INHERITED',
        inheritedFrom: [...groups.values()],
      };
    }),
  );
}
