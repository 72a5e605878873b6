import { GraphError } from '../graph/errors/GraphError.js';
import type { GraphOutcome } from '../graph/GraphAnswer.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/**
 * Sends writes once the quota has room for them; outcomes by position. Where there is no time for that they are THROTTLED,
 * and were not sent. Rejects only where no token can be obtained and nothing of the change has left yet.
 *
 * @param isFirst whether nothing of the change has left yet
 */
export async function sendPaced(
  environment: WriteEnvironment,
  operations: readonly GraphOperation[],
  isFirst: boolean,
): Promise<readonly GraphOutcome[]> {
  const { quota, clock, deadline } = environment;
  const { waitMs, isReserved } = await quota.reserve(operations.length, deadline);
  if (!isReserved) return operations.map(() => heldBack(waitMs));
  if (waitMs > 0) await clock.delay(waitMs);
  try {
    return await environment.send(operations);
  } catch (error) {
    // If a token cannot be obtained later on, what is still open is refused.
    if (isFirst) throw error;
    return operations.map(
      () => new GraphError('UPSTREAM_UNAVAILABLE', 'No token could be obtained.', { cause: error }),
    );
  }
}

function heldBack(wait: number): GraphError {
  const retryAfterSeconds = Math.ceil(wait / 1000);
  const message = 'As many changes as Microsoft Graph takes in 150 seconds have been sent.';
  return new GraphError('THROTTLED', message, { retryAfterSeconds });
}
