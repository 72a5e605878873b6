import { GraphQLError } from 'graphql';
import type { GraphError } from '../graph/errors/GraphError.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { LicenseType } from '../generated/resolversTypes.js';
import { printId } from '../odata/printId.js';
import { dateTime } from '../mapping/conversions.js';
import { sameId } from './ids.js';
import { performWrites } from './performWrites.js';
import { refusedByGraph, unsettled } from './refusals.js';
import { listAt, valueAt } from './readAnswer.js';
import { plain, rejected, type WriteResult } from './WriteResult.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

/** Counts for one kind of licence, as a caller gives them. */
export interface UsageDetail {
  readonly licenseType: LicenseType;
  readonly totalLicenseCount: number;
  readonly totalAssignedCount: number;
  readonly totalUsageCount: number;
}

/** What to change in a row of the usage report. */
export interface UsageChange {
  readonly id: string;
  readonly snapshotDateTime?: string | undefined;
  readonly licenseInfoDetails?: readonly UsageDetail[] | undefined;
}

const graphLicenseTypes: Readonly<Record<Exclude<LicenseType, 'UNKNOWN'>, string>> = {
  NONE: 'none',
  FREE: 'free',
  BASIC: 'basic',
  PREMIUM_P1: 'premiumP1',
  PREMIUM_P2: 'premiumP2',
};

const periods = ['D7', 'D30'];
const advice = 'Sending the same values once more is harmless.';

function printDetail({ licenseType, ...counts }: UsageDetail): object {
  if (licenseType === 'UNKNOWN') {
    throw new GraphQLError(
      'licenseType: UNKNOWN stands for kinds that this schema does not know; it cannot be written.',
      {
        extensions: { code: 'BAD_USER_INPUT', retryable: false },
      },
    );
  }
  return { '@odata.type': 'microsoft.graph.licenseInfoDetail', licenseType: graphLicenseTypes[licenseType], ...counts };
}

/** The request of the documented example; the page gives no URI, so the path is a setting (Graph: update azureADLicenseUsage). */
export function updateUsageRequest(licenseUsagePath: string, change: UsageChange): GraphOperation {
  const { id, snapshotDateTime, licenseInfoDetails } = change;
  return {
    method: 'PATCH',
    path: licenseUsagePath.replace('{id}', () => printId(id)),
    body: {
      '@odata.type': '#microsoft.graph.azureADLicenseUsage',
      ...(snapshotDateTime === undefined ? {} : { snapshotDateTime }),
      ...(licenseInfoDetails === undefined ? {} : { licenseInfoDetails: licenseInfoDetails.map(printDetail) }),
    },
    repeatable: false,
  };
}

/** The row of the report; undefined where it has none of that id. */
export async function lookAtUsage(look: Look, id: string): Promise<unknown> {
  const reports = await Promise.all(
    periods.map((period) =>
      look(
        `query ($period: String!) { licenseUsage(period: $period) { id snapshotDateTime
          licenseInfoDetails { licenseType totalLicenseCount totalAssignedCount totalUsageCount } } }`,
        { period },
      ),
    ),
  );
  return reports.flatMap((report) => listAt(report, 'licenseUsage')).find((row) => sameId(valueAt(row, 'id'), id));
}

function isAsWanted(row: unknown, { snapshotDateTime, licenseInfoDetails }: UsageChange): boolean {
  if (snapshotDateTime !== undefined && valueAt(row, 'snapshotDateTime') !== dateTime(snapshotDateTime)) return false;
  if (licenseInfoDetails === undefined) return true;
  const rows = listAt(row, 'licenseInfoDetails');
  return (
    rows.length === licenseInfoDetails.length &&
    licenseInfoDetails.every((detail, index) =>
      Object.entries(detail).every(([name, value]) => valueAt(rows[index], name) === value),
    )
  );
}

/** Graph does not know the path: the row is there, and still it is "not found", or no such resource or verb exists. */
async function isUnknownPath(environment: WriteEnvironment, id: string, error: GraphError): Promise<boolean> {
  const { status, message = '' } = error.graph;
  if (status === 405 || status === 501 || (status === 400 && /segment/i.test(message))) return true;
  return status === 404 && (await lookAtUsage(environment.lookBack(), id).catch(() => undefined)) !== undefined;
}

function unsupported(): GraphQLError {
  return new GraphQLError(
    'This Microsoft Graph has no path to change the usage report: Microsoft documents none. Set LICENSE_USAGE_PATH where there is one. Nothing was changed.',
    { extensions: { code: 'NOT_SUPPORTED', retryable: false } },
  );
}

/** Corrects a row of the usage report. Raises NOT_SUPPORTED where Graph has no path for it. */
export async function updateLicenseUsage(environment: WriteEnvironment, change: UsageChange): Promise<WriteResult> {
  const request = updateUsageRequest(environment.licenseUsagePath, change);
  const readBack = async (): Promise<ReadonlyMap<number, true | undefined>> => {
    const row = await lookAtUsage(environment.lookBack(), change.id);
    return new Map([[0, row !== undefined && isAsWanted(row, change) ? true : undefined]]);
  };
  const [performed] = await performWrites(environment, { requests: [[request]], readBack, idempotent: true });
  switch (performed?.kind) {
    case undefined:
    case 'answered':
    case 'found':
      return plain('UPDATED');
    case 'refused':
      if (await isUnknownPath(environment, change.id, performed.error)) throw unsupported();
      return performed.error.code === 'NOT_FOUND'
        ? rejected('NOT_FOUND', `The report has no row ${change.id}.`, ['input', 'id'])
        : refusedByGraph(performed.error, true);
    case 'unknown':
      return unsettled(performed, advice);
  }
}
