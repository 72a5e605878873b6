import { afterEach } from '@jest/globals';

interface Closable {
  close(): unknown;
}

const opened: Closable[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** Closes these when the test at hand is over, the last one first. */
export function closeAfterEach(...closables: readonly Closable[]): void {
  opened.push(...closables);
}
