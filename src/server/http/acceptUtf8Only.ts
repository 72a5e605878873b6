import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.js';

const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i;

/** Refuses bodies in any charset but UTF-8 with 415: other decoders have been ways to stop a server (CVE-2026-23897). */
export function acceptUtf8Only(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const name = charset.exec(request.headers['content-type'] ?? '')?.[1];
    if (name === undefined || /^utf-?8$/i.test(name)) done();
    else refuse(reply, 415, 'Bodies have to be in UTF-8.');
  });
}
