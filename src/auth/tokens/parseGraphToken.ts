import type { GraphToken } from './GraphToken.js';

/** A token as it was written to the shared store, or undefined when the text is anything else. */
export function parseGraphToken(text: string): GraphToken | undefined {
  const fields = parseObject(text);
  const { value, obtainedAt, expiresAt } = fields;
  if (typeof value !== 'string' || value === '') return undefined;
  if (typeof obtainedAt !== 'number' || typeof expiresAt !== 'number') return undefined;
  return { value, obtainedAt, expiresAt };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
