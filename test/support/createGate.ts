/** Something that waits until it is let pass. */
export interface Gate {
  /** Resolves once the gate is open. */
  readonly opened: Promise<void>;
  readonly open: () => void;
}

/** A gate that is closed: whatever a test holds up waits for it. */
export function createGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
