/** Where replicas share what they have learned of the service; see `LearnedOptions`. */
export interface LearnedStore {
  /** Facts by name, each plain JSON with the time until which it holds. */
  load(): Promise<Readonly<Record<string, { readonly until: number }>>>;
  save(name: string, known: { readonly until: number }): Promise<void>;
}
