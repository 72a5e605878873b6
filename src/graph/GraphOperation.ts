/** One operation of Graph as plain data. */
export interface GraphOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the service root, begins with `/`, already escaped. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether it may be sent again when its outcome is not known: reads, among them `POST …/getByIds`. */
  readonly repeatable: boolean;
  /** Whether it leaves on a connection of its own: it was sent before, to an instance that was not available. */
  readonly fresh?: boolean;
}
