import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { AnnouncedDelay } from '../announceDelay.js';
import type { OwnGateway } from '../openGateway.js';

/** Asks a document; what it needs of the world around it. */
export interface Asking {
  readonly gateway: Pick<OwnGateway, 'execute'>;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
  /** Whether asking twice does no harm. */
  readonly isRepeatable: boolean;
  /** Ends early when it is given up. */
  readonly delay: AnnouncedDelay;
}

/** A document with the values of its variables. */
export interface Question {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Which of several operations. */
  readonly operationName?: string;
}

const maxTries = 3;
const firstDelayMs = 2_000;

function waitOf(errors: readonly GraphQLFormattedError[], tries: number): number {
  const seconds = errors
    .map(({ extensions }) => extensions?.retryAfterSeconds)
    .filter((each) => typeof each === 'number');
  return Math.max(firstDelayMs * 2 ** (tries - 1), ...seconds.map((each) => each * 1_000));
}

/** Whether the same question may be answered a little later. What took too long would take as long again. */
function isPassing({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.retryable === true && extensions.code !== 'UPSTREAM_TIMEOUT';
}

/** Asks a document, and again where an error says that this may help. The gateway has been patient with each call before. */
export async function askPatiently(
  { gateway, signal, isRepeatable, delay }: Asking,
  { source, ...others }: Question,
): Promise<FormattedExecutionResult> {
  for (let tries = 1; ; tries += 1) {
    const { result } = await gateway.execute({ query: source, ...others }, { signal });
    const passing = (result.errors ?? []).filter(isPassing);
    if (passing.length === 0 || !isRepeatable || tries === maxTries || signal.aborted) return result;
    await delay(waitOf(passing, tries), 'Graph is busy or away');
  }
}
