import { createHash } from 'node:crypto';
import { OperationTypeNode } from 'graphql';
import { announceDelay } from '../announceDelay.js';
import { wrongUse } from '../CommandFailure.js';
import { listenForStop } from '../listenForStop.js';
import type { CommandEnvironment } from '../Command.js';
import type { GatewayConfig } from '../../config/GatewayConfig.js';
import { normalAddress } from '../../graph/normalAddress.js';
import { openOwnGateway, readToken } from '../openGateway.js';
import { describeChanges } from './describeChanges.js';
import { dottedName, type FieldShape } from './describeAnswer.js';
import { listsGoingOn } from './AnsweredConnection.js';
import { isPrefix } from './AnswerPath.js';
import { askPatiently, type Asking } from './askPatiently.js';
import { countDocument } from './countDocument.js';
import { findMissing } from './findMissing.js';
import { findUnwritten } from './findUnwritten.js';
import { pageDocument, withoutAdded } from './PagedDocument.js';
import type { QueryOptions } from './readQueryOptions.js';
import { findRowList, isNothing, listNames } from './RowList.js';
import { createPrinter, hasColumns } from './RowPrinter.js';
import type { RowSource } from './RowReader.js';
import { createStreamSink, openFileSink, type Ending, type RowSink } from './RowSink.js';
import { Talk } from './Talk.js';
import type { ValidQuery } from './ValidQuery.js';
import { tellGoingOn, writeRows, type RowTarget, type Written } from './writeRows.js';

/** Whether a list without pages lies on the way that keys lead. */
function leadsThroughList(shape: FieldShape, [key, ...others]: readonly string[]): boolean {
  const field = shape.fields.find((each) => each.key === key);
  if (field === undefined) return false;
  return (field.isList && !field.isWrapper) || leadsThroughList(field, others);
}

/** Finds the rows of a query, and what has to be asked for them. Raises a CommandFailure where there are none. */
function findRows(query: ValidQuery, { rows, parents }: QueryOptions): RowSource {
  const { shape } = query;
  const found = findRowList(shape, rows);
  if (found === undefined) {
    throw wrongUse(
      `--rows: no list is called ${JSON.stringify(rows)}; there are ${listNames(shape).join(', ') || 'none'}`,
    );
  }
  const rowList = parents ? found : { ...found, above: [] };
  const document = pageDocument(query, rowList.keys[0]);
  const outermost = document.lists.find(({ keys }) => isPrefix(keys, rowList.keys));
  const followed = outermost === undefined || leadsThroughList(shape, outermost.keys) ? undefined : outermost;
  const count = followed === undefined ? undefined : countDocument(query, followed);
  return { document, rowList, followed, count, nameOf: ({ keys }) => dottedName(shape, keys) };
}

/** Whose rows they are: of which Graph and tenant, and read as whom. */
function originOf({ auth, graph }: GatewayConfig, variables: CommandEnvironment['variables']): readonly unknown[] {
  // Only its token tells one caller of this mode from another, and cursors end with it.
  const token = auth.mode === 'passthrough' ? readToken(variables) : undefined;
  return [auth.mode, normalAddress(graph.baseUrl), auth.tenantId, token];
}

/** Stands for everything that makes the rows and their form. */
function fingerprint(
  { source, given, operation }: ValidQuery,
  { all, rows, parents, format, byteOrderMark }: QueryOptions,
  origin: readonly unknown[],
): string {
  const parts = [source, given, operation.name?.value, all, rows, parents, format, byteOrderMark, origin];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function openSink(
  query: ValidQuery,
  options: QueryOptions,
  { print, drained, variables }: CommandEnvironment,
  config: GatewayConfig,
): RowSink {
  if (options.out !== undefined) {
    return openFileSink(options.out, fingerprint(query, options, originOf(config, variables)));
  }
  return createStreamSink(async (text) => {
    print(text);
    await drained?.();
  });
}

function targetOf(
  { rowList }: RowSource,
  { format, byteOrderMark, all, out }: QueryOptions,
  { terminalWidth }: CommandEnvironment,
): Omit<RowTarget, 'sink'> {
  const isTerminal = terminalWidth !== undefined;
  const printer = createPrinter(format, [...rowList.above, ...rowList.columns], { byteOrderMark, isTerminal });
  return { printer, all, isWatched: isTerminal && out === undefined };
}

/** Says what the rows leave out of the answer, where nobody has said which rows are wanted. */
function tellUnwritten({ shape }: ValidQuery, { rowList }: RowSource, { format }: QueryOptions, talk: Talk): void {
  const { names, lists } = findUnwritten(shape, rowList);
  if (names.length === 0) return;
  const withParents = findRowList(shape, rowList.name) ?? rowList;
  const isAbove = hasColumns(format) && findUnwritten(shape, withParents).names.length < names.length;
  const others = [...(isAbove ? ['--parents, '] : []), ...lists.map((name) => `--rows ${name}, `)].join('');
  talk.tell(
    `rows are those of ${rowList.name}; not written: ${names.join(', ')} (${others}or all of it as --format json)`,
  );
}

/** The answer as it is. */
async function writeAnswer(asking: Asking, query: ValidQuery, sink: RowSink, talk: Talk): Promise<Written> {
  const document = pageDocument(query, undefined);
  const { data, errors = [] } = await askPatiently(asking, document);
  talk.tellErrors(errors);
  talk.tellMissing(findMissing(data, [], errors));
  await sink.write(`${JSON.stringify({ data: data ?? null }, withoutAdded, 2)}\n`);
  const goingOn = listsGoingOn(data, document.lists);
  tellGoingOn(
    talk,
    goingOn.map(({ keys }) => dottedName(query.shape, keys)),
  );
  const isWhole = !talk.hasErrors;
  return { data, isWhole, ending: isWhole || !isNothing(data) ? 'complete' : 'nothing' };
}

/** Writes with the sink, and ends it whatever happens. */
async function writeInto(sink: RowSink, write: () => Promise<Written>): Promise<Written> {
  let ending: Ending = 'unfinished';
  try {
    const written = await write();
    ({ ending } = written);
    return written;
  } finally {
    sink.end(ending);
  }
}

/**
 * Runs a query and writes what comes of it; gives the exit code. Raises a CommandFailure with exit code 2 before anything
 * is sent.
 */
export async function runQuery(
  query: ValidQuery,
  options: QueryOptions,
  environment: CommandEnvironment,
): Promise<number> {
  const isQuery = query.operation.operation === OperationTypeNode.QUERY;
  if (options.all && !isQuery) throw wrongUse('--all: only a query has pages');
  const wantsRows = options.all || options.rows !== undefined || options.format !== 'json';
  const source = wantsRows ? findRows(query, options) : undefined;
  const talk = new Talk(environment);
  const gateway = await openOwnGateway(environment.variables);
  if (gateway.isDemonstration) talk.tell('GRAPH_AUTH=emulator: a demonstration tenant, which ends with this command');
  const abort = new AbortController();
  const stop = listenForStop(() => abort.abort());
  const delay = announceDelay(stop.delay, (line) => talk.tell(line));
  const asking = { gateway, signal: abort.signal, isRepeatable: isQuery, delay };
  try {
    const sink = openSink(query, options, environment, gateway.config);
    const { data, isWhole, ending } = await writeInto(sink, () =>
      source === undefined
        ? writeAnswer(asking, query, sink, talk)
        : writeRows(asking, source, { sink, ...targetOf(source, options, environment) }, talk),
    );
    talk.end();
    if (!isQuery) describeChanges(query, data).forEach((line) => talk.tell(line));
    if (source !== undefined && options.rows === undefined && ending !== 'nothing')
      tellUnwritten(query, source, options, talk);
    if (ending === 'nothing' && options.out !== undefined) talk.tell(`nothing was read: ${options.out} is as it was`);
    return stop.isMade() ? 1 : isWhole && !talk.hasErrors ? 0 : 3;
  } finally {
    stop.forget();
    await gateway.close();
  }
}
