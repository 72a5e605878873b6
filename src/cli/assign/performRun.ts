import { announceDelay } from '../announceDelay.js';
import type { CommandEnvironment } from '../Command.js';
import { AskingFailed, askFreeSeats, askGateway, type AnsweredAssignee, type GatewayAddress } from './askGateway.js';
import { assignInChunks } from './assignInChunks.js';
import { openGateway, type OpenGateway } from '../openGateway.js';
import { planChunks, type Chunk } from './planChunks.js';
import type { Summary } from './printSummary.js';
import { Progress } from './Progress.js';
import { ProgressScreen } from '../ProgressScreen.js';
import type { Assignees } from './readAssignees.js';
import type { AssignOptions } from './readAssignOptions.js';
import type { ResultFile } from './ResultFile.js';
import { SeatCount } from './SeatCount.js';
import type { Sending } from './Sending.js';
import { Tally } from './Tally.js';
import { listenForStop } from '../listenForStop.js';

/** A way to ask for chunks that has the file know what is on its way: who goes on after a crash has to send it as it was. */
function createKeyedAsk(address: GatewayAddress, task: AssignOptions, file: ResultFile): Sending['ask'] {
  const sent = new Set([file.unanswered?.key]);
  return async (chunk) => {
    const isFirst = !sent.has(chunk.key);
    sent.add(chunk.key);
    file.announce(chunk);
    try {
      return await askGateway(address, task, chunk.ids, chunk.key);
    } catch (error) {
      // Sent as it was, it would be refused again; a smaller chunk may not be.
      if (isFirst && error instanceof AskingFailed && error.isRefusal) file.announce(undefined);
      throw error;
    }
  };
}

/** A way to ask for chunks; the one of a dry run gives out the free seats over all of them. Who loses one needs none. */
function createAsk(address: GatewayAddress, options: AssignOptions, file: ResultFile): Sending['ask'] {
  if (!options.dryRun) return createKeyedAsk(address, options, file);
  if (options.isRemoval) return (chunk) => askGateway(address, options, chunk.ids, undefined);
  let seats: SeatCount | undefined;
  return async (chunk) => {
    seats ??= new SeatCount(await askFreeSeats(address, options.allotmentId));
    const answer = await askGateway(address, options, chunk.ids, undefined);
    return { ...answer, results: seats.correct(answer.results) };
  };
}

/** Sends what is left to do, keeps what comes of it in the file, and says how it went. Raises where no gateway opens. */
export async function performRun(
  options: AssignOptions,
  { ids, doubles, column }: Assignees,
  file: ResultFile,
  { variables, print, stderr, terminalWidth: width }: CommandEnvironment,
): Promise<Summary> {
  const { allotmentId, replacedAllotmentId, isRemoval, dryRun } = options;
  const say = options.json ? () => undefined : print;
  say(column === undefined ? 'ids from the first column: no header names one\n' : `ids from the column ${column}\n`);
  const chunks = planChunks(ids, options.chunkSize, file.history, file.unanswered);
  const left = chunks.reduce((sum, chunk) => sum + chunk.ids.length, 0);
  const tally = new Tally(left);
  const screen = new ProgressScreen({ print: say, width });
  const progress = new Progress(screen, left);
  const count = (results: readonly AnsweredAssignee[]): void => {
    if (results.length === 0) return;
    tally.add(results);
    progress.show(tally);
  };
  const sendAll = (gateway: OpenGateway): Promise<string | undefined> =>
    sendChunks(
      gateway,
      { ask: createAsk(gateway, options, file), keep: (results) => file.append(results), count },
      chunks,
      screen,
      stderr?.print,
    );
  const stopped = left === 0 ? undefined : await withGateway(options, variables, sendAll);
  screen.leaveLine();
  const { namesakes, totals, failed, codes, remarks, moreRemarks } = tally;
  return {
    allotmentId,
    replacedAllotmentId,
    isRemoval,
    dryRun,
    resultFile: file.path,
    column: column ?? null,
    assignees: ids.length - namesakes,
    doubles: doubles + namesakes,
    skipped: ids.length - left,
    totals,
    failed,
    left: tally.left,
    codes,
    remarks,
    moreRemarks,
    stopped,
  };
}

async function withGateway<Result>(
  { url }: AssignOptions,
  variables: CommandEnvironment['variables'],
  use: (gateway: OpenGateway) => Promise<Result>,
): Promise<Result> {
  const gateway = await openGateway(url, variables);
  try {
    return await use(gateway);
  } finally {
    await gateway.close();
  }
}

/** Sends chunks until the end or until the user wants to stop; gives why it stopped early. */
async function sendChunks(
  gateway: OpenGateway,
  sending: Pick<Sending, 'ask' | 'keep' | 'count'>,
  chunks: readonly Chunk[],
  screen: ProgressScreen,
  warn: (text: string) => void = () => undefined,
): Promise<string | undefined> {
  if (gateway.isDemonstration) screen.tell('GRAPH_AUTH=emulator: a demonstration tenant, which ends with this command');
  const stop = listenForStop(() => screen.tell('stopping after the mutation in flight'));
  const delay = announceDelay(stop.delay, (line) => {
    // Both may be the same terminal.
    screen.leaveLine();
    warn(`${line}\n`);
  });
  try {
    return await assignInChunks({ ...sending, wantsStop: stop.isMade, delay }, chunks);
  } finally {
    stop.forget();
  }
}
