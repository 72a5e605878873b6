import type { GraphQLFormattedError } from 'graphql';

/** What an error says beside its message, as far as it says it. */
interface ErrorFacts {
  readonly code?: unknown;
  readonly permission?: { readonly explanation?: unknown };
  readonly retryAfterSeconds?: unknown;
  readonly graph?: { readonly message?: unknown; readonly requestId?: unknown };
}

function isSaid(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** An error in one line: what went wrong and where, what Graph said of it, what to grant, and what support asks for. */
export function wordError({ message, path, extensions }: GraphQLFormattedError): string {
  const { code, permission, retryAfterSeconds, graph }: ErrorFacts = extensions ?? {};
  const said = graph?.message;
  const where = path === undefined ? message : `${message.replace(/\.$/, '')} (${path.join('.')})`;
  const sentences = [
    isSaid(code) ? `${code}: ${where}` : where,
    // Often the message has Graph's words already.
    ...(isSaid(said) && !message.includes(String(said)) ? [`Graph says: ${said}`] : []),
    ...(isSaid(permission?.explanation) ? [String(permission.explanation)] : []),
    ...(isSaid(retryAfterSeconds) ? [`Ask again after ${retryAfterSeconds} s`] : []),
    ...(isSaid(graph?.requestId) ? [`Request id: ${graph.requestId}`] : []),
  ];
  return sentences.map(sentence).join(' ').replaceAll(/\s+/g, ' ');
}
