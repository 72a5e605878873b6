import { LRUCache } from 'lru-cache';

/** The same is told again after this, for whoever looks only at the last hour of a log. */
const quietMs = 10 * 60_000;
const mostKinds = 100;

/**
 * The words of an error that OpenTelemetry gives as JSON, with the calls that led to it and whatever the collector answered;
 * undefined where the text is no such JSON.
 */
function readMessage(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' ? `spans cannot be sent: ${message}` : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Passes on what OpenTelemetry has to say as plain lines, and what differs by numbers alone once in ten minutes: a collector
 * that is gone is an error of each batch, every few seconds and for as long as it is gone.
 */
export function tellSeldom(tell: (text: string) => void): (text: string) => void {
  const told = new LRUCache<string, true>({ max: mostKinds, ttl: quietMs });
  return (text) => {
    const line = (readMessage(text) ?? text).split('\n', 1)[0] ?? '';
    const kind = line.replaceAll(/\d+/g, '0');
    if (told.has(kind)) return;
    told.set(kind, true);
    tell(line);
  };
}
