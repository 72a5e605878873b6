import { leastPermissionFor, type PermissionMode } from './leastPermissionFor.js';

/** What a client is told about a call that Graph forbade, for whoever can change that. */
export interface PermissionAdvice {
  /** Whether it has to be granted for users (delegated) or for the application itself. */
  readonly type: PermissionMode;
  /** The least permission that would have allowed the call. */
  readonly least: string;
  /** The least that can be granted today; differs from `least` where the catalogue does not offer that one yet. */
  readonly grantable: string;
  readonly explanation: string;
}

/** What to grant so that a call is allowed; undefined where the table knows no such call. */
export function advisePermission(method: string, path: string, type: PermissionMode): PermissionAdvice | undefined {
  const hint = leastPermissionFor(method, path, type);
  if (hint === undefined) return undefined;
  const { least, grantable } = hint;
  return { type, least, grantable, explanation: explain(least, grantable, type) };
}

function explain(least: string, grantable: string, type: PermissionMode): string {
  const kind = `${type} permission`;
  const needed =
    least === grantable
      ? `The least ${kind} for this call is ${least}.`
      : `The least ${kind} for this call is ${least}; where the catalogue of permissions does not offer it yet, ${grantable} is the least that can be granted.`;
  return type === 'delegated' ? `${needed} The user also needs a directory role that allows it.` : needed;
}
