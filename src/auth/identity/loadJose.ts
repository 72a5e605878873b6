/** The library that verifies tokens. */
export type Jose = typeof import('jose');

let loading: Promise<Jose> | undefined;

/** Loads it on first need: only mode `obo` verifies tokens, and the other modes start sooner without it. */
export function loadJose(): Promise<Jose> {
  return (loading ??= import('jose'));
}
