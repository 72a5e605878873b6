/** Where replicas share what they have learned of the service; see `LearnedOptions`. */
export interface LearnedStore {
  /** What was saved, by name, as JSON; a replica of another version may have saved it in another shape. */
  load(): Promise<Readonly<Record<string, unknown>>>;
  /** Keeps a fact with the time until which it holds, in milliseconds since 1970. */
  save(name: string, known: { readonly until: number }): Promise<void>;
}
