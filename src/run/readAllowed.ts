import type { BoundRead } from '../bind/BoundOperation.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { printOnce } from '../odata/printOnce.js';
import { undocumentedOptionsOf, withUndocumentedOptions } from '../odata/undocumentedOptions.js';
import { Carried } from './Carried.js';
import { graphStatusOf, isForbidden, isNotFound, isRefused } from './failures.js';
import { judgeOptions } from './learned/judgeOptions.js';
import type { LearnedOptions } from './learned/LearnedOptions.js';
import { isObject, objectOf } from './objectOf.js';
import type { Run } from './Run.js';

/** A body, and the query that it answers. */
export interface AllowedAnswer {
  readonly body: unknown;
  readonly query: ODataQuery;
  readonly carried: Carried;
}

/** What a page holds where nobody says how long it may be (Graph: paging); larger ones are the first to be refused. */
const usualPageSize = 100;

function hasOptions({ select, filter, expand }: Expand): boolean {
  return select !== undefined || filter !== undefined || expand !== undefined;
}

/** A query with fewer and fewer options: without a large page size, options inside expansions, the expansions, any page size. */
function lesserQueries(query: ODataQuery): readonly ODataQuery[] {
  const { expand = [], top } = query;
  const isLarge = top !== undefined && top > usualPageSize;
  const sized = isLarge ? { ...query, top: undefined } : query;
  const unsized = { ...query, top: undefined };
  const bare = expand.map(({ navigation }): Expand => ({ navigation }));
  const lesser = [
    ...(isLarge ? [unsized] : []),
    ...(expand.some(hasOptions) ? [{ ...sized, expand: bare }] : []),
    ...(expand.length > 0 ? [{ ...sized, expand: undefined }] : []),
    ...(top === undefined ? [] : [unsized]),
    ...(top === undefined || expand.length === 0 ? [] : [{ ...unsized, expand: undefined }]),
  ];
  return [...new Map(lesser.map((each) => [printOnce(each), each])).values()];
}

/** A read as it is asked for. */
interface Asked {
  readonly run: Run;
  /** Without the query. */
  readonly path: string;
  readonly query: ODataQuery;
  /** Whether it is an advanced query, which has to say so. */
  readonly eventual: boolean;
  /** Whether nothing but what is expanded is wanted. */
  readonly forExpansion: boolean;
  /** Finds the rows in a body. */
  readonly rowsOf: (body: unknown) => readonly JsonObject[];
}

async function send({ run, path, eventual }: Asked, query: ODataQuery): Promise<AllowedAnswer> {
  return { body: await run.reader.read(path + printOnce(query), eventual), query, carried: Carried.by(query) };
}

function rowOfObject(body: unknown): readonly JsonObject[] {
  return [objectOf(body)];
}

function rowsOfPage(body: unknown): readonly JsonObject[] {
  const value = isObject(body) ? body.value : undefined;
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
}

/**
 * Whether a read may have failed for one of its expansions alone: Graph answers 403 to all of it where the caller may not see
 * what one leads to, and its 404 says that the object is not there, or one that it refers to (Graph: Request_ResourceNotFound).
 */
function mayConcernExpansion(error: unknown, { expand = [] }: ODataQuery): boolean {
  return expand.length > 0 && (isForbidden(error) || isNotFound(error));
}

/**
 * The same read without what the caller may not see of it, or what is not there. Each relation then fails, or not, by its own
 * call. That is one caller's permission, or one object's relation, so nothing is learned of it.
 */
function separateQueries(query: ODataQuery, documented: ODataQuery, forExpansion: boolean): readonly ODataQuery[] {
  const isLess = documented !== query && (documented.expand ?? []).length > 0;
  return [...(isLess ? [documented] : []), ...(forExpansion ? [] : [{ ...documented, expand: undefined }])];
}

/** Reads with the first of the queries that does; throws the first refusal where none will do, and what concerns the object itself. */
async function readLesser(asked: Asked, queries: readonly ODataQuery[], refusal: unknown): Promise<AllowedAnswer> {
  for (const query of queries) {
    try {
      return await send(asked, query);
    } catch (error) {
      if (!isRefused(error) && !mayConcernExpansion(error, query)) throw error;
    }
  }
  throw refusal;
}

const chosenByQuery = new WeakMap<ODataQuery, Map<string, ODataQuery>>();

/** The query with these options alone; the same object each time, so that it is printed once. */
function choose(query: ODataQuery, options: readonly string[]): ODataQuery {
  const known = chosenByQuery.get(query) ?? new Map<string, ODataQuery>();
  chosenByQuery.set(query, known);
  const key = options.join('\n');
  const found = known.get(key) ?? withUndocumentedOptions(query, new Set(options));
  known.set(key, found);
  return found;
}

/** Notes what an answer says of the options on trial, and of those that were remembered and are passed over now. */
function learn(
  learned: LearnedOptions,
  query: ODataQuery,
  options: readonly string[],
  tried: readonly string[],
  rows: readonly JsonObject[],
): void {
  const evidence = judgeOptions(query, rows);
  for (const option of options) {
    const seen = evidence.get(option);
    if (tried.includes(option)) {
      if (seen === undefined) learned.release([option]);
      else learned.record(option, seen);
    } else if (seen === 'refused') learned.record(option, 'refused');
  }
}

/** Whether an answer brings something of what was to be expanded. */
function bringsAny({ expand = [] }: ODataQuery, rows: readonly JsonObject[]): boolean {
  return rows.some((row) => expand.some(({ navigation }) => row[navigation] !== undefined && row[navigation] !== null));
}

const glance = 3;

/** Whether the options may be what failed: whoever is throttled fails without them as well. */
function isAboutOptions(error: unknown): boolean {
  return isRefused(error) || graphStatusOf(error) === 500;
}

/** Reads with those undocumented options that the service takes, and perhaps tries some; the documented way where it does not. */
async function readLearned(asked: Asked, all: readonly string[]): Promise<AllowedAnswer> {
  const { learned } = asked.run;
  const heard = learned.hearOf(all);
  if (heard !== undefined) await heard;
  const taken = all.filter((option) => learned.verdictOf(option) === 'taken');
  const tried = learned.claim(all);
  const options = all.filter((option) => taken.includes(option) || tried.includes(option));
  const query = options.length === all.length ? asked.query : choose(asked.query, options);
  try {
    const answer = await send(asked, query);
    const rows = asked.rowsOf(answer.body);
    // Of what is remembered a glance tells whether the service has changed its mind.
    learn(learned, query, options, tried, tried.length > 0 ? rows : rows.slice(0, glance));
    if (!asked.forExpansion || options.length === 0 || bringsAny(query, rows)) return answer;
  } catch (error) {
    const documented = choose(asked.query, []);
    if (mayConcernExpansion(error, query)) {
      learned.release(tried);
      return readLesser(asked, separateQueries(query, documented, asked.forExpansion), error);
    }
    if (!isAboutOptions(error)) {
      learned.release(tried);
      throw error;
    }
    // Without any option this is what was asked for just now, which is not sent again.
    const answer = await readLesser(asked, [documented, ...lesserQueries(documented)], error).catch(
      (failure: unknown) => {
        learned.release(tried);
        throw failure;
      },
    );
    if (tried.length > 0) learned.recordRefusal(tried, all);
    else learned.forget(taken);
    return answer;
  }
  // Graph has passed over the expansion with the options inside it, and nothing but that expansion leads there.
  for (const option of options) learned.record(option, 'refused');
  return send(asked, choose(asked.query, []));
}

async function readAllowed(asked: Asked): Promise<AllowedAnswer> {
  const { query, forExpansion } = asked;
  const options = undocumentedOptionsOf(query);
  if (options.length > 0) return readLearned(asked, options);
  try {
    return await send(asked, query);
  } catch (error) {
    if (mayConcernExpansion(error, query)) return readLesser(asked, separateQueries(query, query, forExpansion), error);
    if (!isRefused(error)) throw error;
    return readLesser(asked, lesserQueries(query), error);
  }
}

/**
 * Reads an object with as many options as Graph takes: where one is refused, with fewer and fewer. Throws the first refusal
 * where none will do, and any other failure as it comes.
 *
 * @param address of the object that the read starts from
 * @param forExpansion whether the object is read for nothing but what is expanded in it
 */
export function readAllowedObject(
  run: Run,
  address: string,
  { resource, query }: BoundRead,
  forExpansion = false,
): Promise<AllowedAnswer> {
  return readAllowed({ run, path: address + resource, query, eventual: false, forExpansion, rowsOf: rowOfObject });
}

/** The same for a page of a list. */
export function readAllowedPage(
  run: Run,
  address: string,
  { resource, query }: BoundRead,
  eventual: boolean,
): Promise<AllowedAnswer> {
  return readAllowed({ run, path: address + resource, query, eventual, forExpansion: false, rowsOf: rowsOfPage });
}
