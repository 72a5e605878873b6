import { parse as parsePath, join } from 'node:path';
import { isLoopback } from '../../network/isLoopback.js';
import { isGuid } from '../../mapping/lowerGuid.js';
import { sameId } from '../../mapping/idKey.js';
import { parseOptions } from '../parseOptions.js';
import type { AssignTask } from './AssignTask.js';
import { asWrongUse, wrongUse } from '../CommandFailure.js';

/** What `assign` was told to do. */
export interface AssignOptions extends AssignTask {
  readonly from: string;
  /** What the header of the file calls the column with the ids; undefined: one of the usual names. */
  readonly column: string | undefined;
  readonly resultPath: string;
  /** Of the GraphQL endpoint; undefined: a gateway of this process. */
  readonly url: URL | undefined;
  readonly chunkSize: number;
  readonly json: boolean;
}

const options = {
  allotment: { type: 'string' },
  replacing: { type: 'string' },
  remove: { type: 'boolean' },
  from: { type: 'string' },
  column: { type: 'string' },
  result: { type: 'string' },
  url: { type: 'string' },
  chunk: { type: 'string' },
  'disabled-plans': { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** What one mutation takes. */
const maxChunk = 1_000;

function readChunkSize(text = '100'): number {
  const size = Number(text);
  if (/^\d+$/.test(text) && size >= 1 && size <= maxChunk) return size;
  throw wrongUse(`--chunk: expected a whole number from 1 to ${maxChunk}, got ${JSON.stringify(text)}`);
}

function readPlans(text = ''): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  const plans = ids.filter((id) => id !== '');
  const wrong = plans.find((id) => !isGuid(id));
  if (wrong === undefined) return plans;
  throw wrongUse(`--disabled-plans: ${JSON.stringify(wrong)} is not the id of a service plan`);
}

/** A token must not cross a network in plain text, and a password in an argument is seen by the whole machine. */
function readUrl(text: string | undefined, hasToken: boolean): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw wrongUse('--url: expected an http or https address');
  if (url.username !== '' || url.password !== '') throw wrongUse('--url: give no user or password; set GATEWAY_TOKEN');
  if (hasToken && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw wrongUse('--url: has to begin with https://, because GATEWAY_TOKEN is sent there');
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return url;
}

/** `users.csv` → `users.result.csv`; in a dry run `users.result.dry-run.csv`, also where a name was given. */
function resultPathOf(from: string, result: string | undefined, dryRun: boolean): string {
  const source = parsePath(from);
  const wanted = result ?? join(source.dir, `${source.name}.result.csv`);
  if (!dryRun) return wanted;
  const { dir, name, ext } = parsePath(wanted);
  return join(dir, `${name}.dry-run${ext}`);
}

/**
 * Reads the options of `assign`. Raises a CommandFailure with exit code 2.
 *
 * @param hasToken whether a token will be sent to the gateway
 */
export function readAssignOptions(args: readonly string[], hasToken: boolean): AssignOptions {
  const values = asWrongUse(() => parseOptions(args, options, 0).values);
  const { allotment, from } = values;
  if (allotment === undefined || allotment === '') throw wrongUse('say which --allotment to assign');
  if (from === undefined || from === '') throw wrongUse('say with --from which file names the assignees');
  const dryRun = values['dry-run'] ?? false;
  const { replacing } = values;
  if (values.remove && replacing !== undefined) throw wrongUse('--remove and --replacing: give one of them');
  if (values.remove && values['disabled-plans'] !== undefined) {
    throw wrongUse('--disabled-plans: nothing is assigned with --remove');
  }
  if (replacing === '') throw wrongUse('say which allotment it is --replacing');
  if (replacing !== undefined && sameId(replacing, allotment)) throw wrongUse('--replacing: is the --allotment itself');
  return {
    allotmentId: allotment,
    ...(replacing === undefined ? {} : { replacedAllotmentId: replacing }),
    ...(values.remove ? { isRemoval: true } : {}),
    disabledServicePlanIds: readPlans(values['disabled-plans']),
    dryRun,
    from,
    column: values.column,
    resultPath: resultPathOf(from, values.result, dryRun),
    url: readUrl(values.url, hasToken),
    chunkSize: readChunkSize(values.chunk),
    json: values.json ?? false,
  };
}
