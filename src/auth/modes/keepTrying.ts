import type { AuthNotice } from '../AuthDependencies.js';
import { AuthError } from '../AuthError.js';
import { IdentityFailure } from '../identity/IdentityFailure.js';

/** Why there is no readiness, in words that may be logged: those of these two errors hold no secret. */
function describe(error: unknown): AuthNotice {
  const message = 'not ready: the identity service has not given what the gateway needs';
  if (error instanceof IdentityFailure) return { message, reason: error.message };
  if (!(error instanceof AuthError)) return { message };
  const { identityError } = error.details;
  const facts = { code: error.code, reason: error.message };
  return { message, ...facts, ...(identityError === undefined ? {} : { identityError }) };
}

/**
 * Readiness that depends on something answering once. `isReady` never waits: while the answer is still missing it starts
 * another attempt in the background, so each probe gives the identity service one more chance.
 *
 * @param notify told why an attempt failed, once for each reason: probes come every few seconds
 */
export function keepTrying(attempt: () => Promise<unknown>, notify?: (notice: AuthNotice) => void): () => boolean {
  let isReady = false;
  let running: Promise<void> | undefined;
  const told = new Set<string>();
  const tell = (error: unknown): void => {
    const notice = describe(error);
    const reason = JSON.stringify(notice);
    if (!told.has(reason)) notify?.(notice);
    told.add(reason);
  };
  const start = (): void => {
    running ??= attempt()
      .then(() => {
        isReady = true;
      }, tell)
      .finally(() => {
        running = undefined;
      });
  };
  start();
  return () => {
    if (!isReady) start();
    return isReady;
  };
}
