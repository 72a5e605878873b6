import type { ScriptedAnswer, ScriptedReaction } from './identityTypes.js';

/** The call an answer may be scripted for. */
export interface ScriptableCall {
  readonly endpoint: ScriptedAnswer['endpoint'];
  readonly user?: string;
  readonly hasClaims?: boolean;
}

/** The queue of scripted answers; each is used for as many calls as it says, the oldest that fits first. */
export class ScriptedAnswers {
  #waiting: { readonly script: ScriptedAnswer; left: number }[] = [];

  add(script: ScriptedAnswer): void {
    this.#waiting.push({ script, left: script.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The reaction for this call, used up by one; undefined when the provider is to answer by itself. */
  take(call: ScriptableCall): ScriptedReaction | undefined {
    const entry = this.#waiting.find(({ script }) => fits(script, call));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.script.answer;
  }
}

function fits(script: ScriptedAnswer, call: ScriptableCall): boolean {
  return (
    script.endpoint === call.endpoint &&
    (script.user === undefined || script.user === call.user) &&
    (script.withClaims === undefined || script.withClaims === call.hasClaims)
  );
}
