import type { Authenticator } from '../Authenticator.js';
import type { Caller } from '../Caller.js';

/** Modes `emulator` and `none`: nobody is asked who they are, and Graph is called without a token. */
export function createOpenAuthenticator(): Authenticator {
  const anybody: Caller = Object.freeze({ accessToken: () => undefined });
  let closed = false;
  return {
    authenticate: async () => anybody,
    ready: () => !closed,
    close: async () => {
      closed = true;
    },
  };
}
