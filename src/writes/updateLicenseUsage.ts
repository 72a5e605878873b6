import { GraphQLError } from 'graphql';
import { GraphError } from '../graph/errors/GraphError.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { LicenseType } from '../generated/resolversTypes.js';
import { InputError } from '../odata/InputError.js';
import { printId } from '../odata/printId.js';
import { dateTime } from '../mapping/conversions.js';
import { sameId } from '../mapping/idKey.js';
import type { Change } from './Change.js';
import type { Sight } from './DoubtfulWrite.js';
import { reportPeriods } from '../mapping/graphPaths.js';
import { ifRead } from './ifRead.js';
import { tryLook, valueOf } from './tryLook.js';
import { performWrites, type Performed } from './performWrites.js';
import { planCall } from './planCall.js';
import { askOnceMore, refusedByGraph, stillUnknown, unsettled } from './refusals.js';
import { listAt, propertiesOf, valueAt } from './readAnswer.js';
import { plain, rejected, type UserError, type WriteResult, type Written } from './WriteResult.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

/** Counts for one kind of licence, as a caller gives them. */
export interface UsageDetail {
  readonly licenseType: LicenseType;
  readonly totalLicenseCount: number;
  readonly totalAssignedCount: number;
  readonly totalUsageCount: number;
}

/** A row as our own schema shows it. */
type UsageRow = Omit<UsageChange, 'id'>;

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

const advice = askOnceMore('sending the same values twice is harmless.');

function printDetail({ licenseType, ...counts }: UsageDetail): object {
  if (licenseType === 'UNKNOWN') {
    throw new InputError('licenseType: UNKNOWN stands for kinds that this schema does not know; it cannot be written.');
  }
  return { '@odata.type': 'microsoft.graph.licenseInfoDetail', licenseType: graphLicenseTypes[licenseType], ...counts };
}

/** The request of the documented example; the page gives no URI, so the path is a setting (Graph: update azureADLicenseUsage). */
function updateUsageRequest(licenseUsagePath: string, change: UsageChange): GraphOperation {
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

/** The row of the report; undefined where no report shows it. Rejects where that could not be read. */
async function lookAtUsage(look: Look, id: string): Promise<UsageRow | undefined> {
  const reports = await Promise.allSettled(
    reportPeriods.map(async (period) =>
      listAt(
        await look(
          `query ($period: String!) { licenseUsage(period: $period) { id snapshotDateTime
            licenseInfoDetails { licenseType totalLicenseCount totalAssignedCount totalUsageCount } } }`,
          { period },
        ),
        'licenseUsage',
      ),
    ),
  );
  const rows = reports.flatMap((report) => (report.status === 'fulfilled' ? report.value : []));
  const row = rows.find((each) => sameId(valueAt(each, 'id'), id));
  const failed = reports.find((report) => report.status === 'rejected');
  if (row === undefined && failed?.status === 'rejected') throw failed.reason;
  return row === undefined ? undefined : propertiesOf(row);
}

/** Whether the values that a change names are these. A change can be made of a row, to compare it with another. */
function isSame(row: unknown, { snapshotDateTime, licenseInfoDetails }: UsageChange): boolean {
  if (snapshotDateTime !== undefined && valueAt(row, 'snapshotDateTime') !== dateTime(snapshotDateTime)) return false;
  if (licenseInfoDetails === undefined) return true;
  const rows = listAt(row, 'licenseInfoDetails');
  return (
    rows.length === licenseInfoDetails.length &&
    licenseInfoDetails.every((detail) =>
      // A report lists the kinds in an order of its own.
      rows.some((row) => Object.entries(detail).every(([name, value]) => valueAt(row, name) === value)),
    )
  );
}

/** Whether the row is as wanted, still as it was, or as somebody else has made it; nothing where no report shows it. */
async function lookWhetherSet(
  environment: WriteEnvironment,
  change: UsageChange,
  before?: UsageRow,
): Promise<Sight<true>> {
  const now = await lookAtUsage(environment.lookBack(), change.id);
  if (now === undefined) return { kind: 'nothing' };
  if (isSame(now, change)) return { kind: 'in effect', evidence: true };
  return { kind: before !== undefined && isSame(now, { ...before, id: change.id }) ? 'unchanged' : 'changed' };
}

/** Graph does not know the path: the row is there, and still it is "not found", or no such resource or verb exists. */
async function isUnknownPath(environment: WriteEnvironment, id: string, error: GraphError): Promise<boolean> {
  const { status, message = '' } = error.graph;
  if (status === 405 || status === 501 || (status === 400 && /segment/i.test(message))) return true;
  return status === 404 && (await ifRead(lookAtUsage(environment.lookBack(), id))) !== undefined;
}

function unsupported(): GraphQLError {
  return new GraphQLError(
    'This Microsoft Graph has no path to change the usage report: Microsoft documents none. Set LICENSE_USAGE_PATH where there is one. Nothing was changed.',
    { extensions: { code: 'NOT_SUPPORTED', retryable: false } },
  );
}

function updated(environment: WriteEnvironment, change: UsageChange, body: unknown): WriteResult {
  const sent = propertiesOf(updateUsageRequest(environment.licenseUsagePath, change).body);
  return {
    ...plain('UPDATED'),
    said: { type: 'LicenseUsage', object: { ...sent, ...propertiesOf(body), id: change.id } },
  };
}

async function settle(
  environment: WriteEnvironment,
  change: UsageChange,
  performed: Performed<true> | undefined,
): Promise<WriteResult> {
  switch (performed?.kind) {
    case undefined:
    case 'found':
      return updated(environment, change, undefined);
    case 'answered':
      return updated(environment, change, performed.body);
    case 'refused':
      if (await isUnknownPath(environment, change.id, performed.error)) throw unsupported();
      return performed.error.code === 'NOT_FOUND'
        ? rejected('NOT_FOUND', `The report has no row ${change.id}.`, ['input', 'id'])
        : refusedByGraph(performed.error, true);
    case 'unknown':
      return unsettled(performed, advice);
  }
}

/** A Graph that has no report at all refuses the read: the change then says by itself that there is nothing to change. */
function withoutReport(error: unknown): undefined {
  if (error instanceof GraphError && error.code === 'BAD_USER_INPUT') return undefined;
  throw error;
}

async function write(environment: WriteEnvironment, change: UsageChange): Promise<WriteResult> {
  const before = await tryLook(() => lookAtUsage(environment.lookAfresh(), change.id).catch(withoutReport));
  if (before.kind === 'failed') return before.refusal;
  const readBack = async (): Promise<ReadonlyMap<number, Sight<true>>> =>
    new Map([[0, await lookWhetherSet(environment, change, valueOf(before))]]);
  const requests = [[updateUsageRequest(environment.licenseUsagePath, change)]];
  const [performed] = await performWrites<true>(environment, { requests, readBack, idempotent: true });
  return settle(environment, change, performed);
}

async function settleLater(environment: WriteEnvironment, change: UsageChange): Promise<WriteResult> {
  const sight = await ifRead(lookWhetherSet(environment, change));
  if (sight?.kind === 'in effect') return updated(environment, change, undefined);
  return stillUnknown(sight?.kind ?? 'unread', advice);
}

async function expect(environment: WriteEnvironment, change: UsageChange): Promise<Written> {
  const plannedCalls = planCall([updateUsageRequest(environment.licenseUsagePath, change)]);
  const row = await lookAtUsage(environment.lookAfresh(), change.id);
  if (row !== undefined) return { results: [plain('UPDATED')], plannedCalls };
  // The reports cover a few days; Graph may know rows that none of them shows.
  const message = `No report shows a row ${change.id}. Graph may have it all the same.`;
  const note: UserError = { code: 'NOT_FOUND', field: ['input', 'id'], message };
  return { results: [{ ...plain('UPDATED'), userErrors: [note] }], plannedCalls };
}

/** Corrects a row of the usage report. Writing raises NOT_SUPPORTED where Graph has no path for it. */
export function updateLicenseUsage(environment: WriteEnvironment, change: UsageChange): Change {
  return {
    write: async () => ({ results: [await write(environment, change)] }),
    expect: () => expect(environment, change),
    settle: async () => [await settleLater(environment, change)],
  };
}
