/** What the command line asks for. */
export interface Settings {
  /** Whether a query is measured. */
  readonly wants: (queryName: string) => boolean;
  /** Of one slice of time. */
  readonly seconds: number;
  /** Slices of each side. */
  readonly rounds: number;
  /** Of a call of Graph where waiting is measured, in milliseconds. */
  readonly latency: number;
  /** For the process of the gateway, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
}
