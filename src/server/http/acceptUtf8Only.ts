import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.js';

/** Longer ones say nothing more; taking them apart has been a way to stop a server. */
const longestType = 256;
const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i;

/** Refuses bodies in any charset but UTF-8 with 415: other decoders have been ways to stop a server (CVE-2026-23897). */
export function acceptUtf8Only(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const type = request.headers['content-type'] ?? '';
    if (type.length > longestType) return void refuse(reply, 415, 'The Content-Type header is too long.');
    const name = charset.exec(type)?.[1];
    if (name === undefined || /^utf-?8$/i.test(name)) done();
    else refuse(reply, 415, 'Bodies have to be in UTF-8.');
  });
}
