import { isGrantedById, permissionFor, type PermissionHint, type PermissionMode } from './permissionFor.js';

/** What a client is told about a call that Graph forbade, for whoever can change that. */
export interface PermissionAdvice {
  /** Whether it has to be granted for users (delegated) or for the application itself. */
  readonly type: PermissionMode;
  /** What to grant. */
  readonly grant: string;
  /** Narrower ones that may do. */
  readonly narrower: readonly string[];
  /** All of it in sentences. */
  readonly explanation: string;
}

/** What to grant so that a call is allowed; undefined where the table has no such call. */
export function advisePermission(method: string, path: string, type: PermissionMode): PermissionAdvice | undefined {
  const hint = permissionFor(method, path, type);
  if (hint === undefined) return undefined;
  const { grant, narrower } = hint;
  const isOwn = /^\/?(beta\/|v1\.0\/)?me(\/|\?|$)/i.test(path);
  return { type, grant, narrower, explanation: explain(hint, type, isOwn) };
}

function explain({ grant, narrower }: PermissionHint, type: PermissionMode, isOwn: boolean): string {
  const byId = narrower.filter(isGrantedById);
  const disputed = narrower.filter((name) => !isGrantedById(name));
  const sentences = [
    `Grant the ${type} permission ${grant}.`,
    disputed.length > 0 && `By one of Microsoft's two lists less is enough: ${disputed.join(', ')}.`,
    byId.length > 0 && `Narrower, granted by id since the portal does not list them: ${byId.join(', ')}.`,
    type === 'delegated' && !isOwn && 'The user also needs a directory role that allows it.',
  ];
  return sentences.filter(Boolean).join(' ');
}
