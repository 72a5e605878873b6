import type { ScriptedReaction } from './identityTypes.js';

/** An HTTP answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

/** An OAuth error in the form of the Microsoft identity platform (RFC 6749 section 5.2 and `error_codes`, `suberror`, `claims`). */
export function describeOAuthError(reaction: Extract<ScriptedReaction, { kind: 'oauth' }>): Reply {
  const { error, number, subError, claims } = reaction;
  return toJson(error === 'invalid_client' ? 401 : 400, {
    error,
    error_description: `AADSTS${number ?? 0}: refused by the emulator.`,
    error_codes: number === undefined ? [] : [number],
    correlation_id: '00000000-0000-4000-8000-000000000000',
    ...(subError === undefined ? {} : { suberror: subError }),
    ...(claims === undefined ? {} : { claims }),
  });
}

/** A JSON answer. */
export function toJson(status: number, body: unknown): Reply {
  return { status, body: JSON.stringify(body) };
}
