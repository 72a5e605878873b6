import type { SharedStore } from './SharedStore.js';

/** A fact with the time until which it holds, in milliseconds since 1970. */
export interface SharedFact {
  readonly until: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** A text that is not a JSON object holds nothing, so that it does not stand in the way of what is saved next. */
function parseFacts(text: string): Readonly<Record<string, unknown>> {
  try {
    const facts: unknown = JSON.parse(text);
    return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? { ...facts } : {};
  } catch {
    return {};
  }
}

/**
 * Facts by name that all replicas keep under one key of the store. Two that save at one moment may lose one of the facts,
 * which is then learned again.
 */
export class SharedFacts {
  constructor(
    private readonly store: SharedStore,
    private readonly key: string,
  ) {}

  /** What is kept, as JSON; nothing where the store could not be asked. */
  async load(): Promise<Readonly<Record<string, unknown>>> {
    const text = await this.store.get(this.key);
    return text === undefined ? {} : parseFacts(text);
  }

  /** Keeps a fact beside the others. */
  async save(name: string, fact: SharedFact): Promise<void> {
    await this.store.set(this.key, JSON.stringify({ ...(await this.load()), [name]: fact }), dayMs);
  }
}
