import { createHash } from 'node:crypto';

/** The source expression of a Content-Security-Policy that lets exactly one inline script or style through (CSP 3). */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** A Content-Security-Policy that forbids everything but what the directives name. */
export function contentPolicy(directives: Readonly<Record<string, string>>): string {
  const closed = {
    'default-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries({ ...closed, ...directives })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
