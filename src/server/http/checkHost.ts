import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.js';

/** A name, an IPv4 or an IPv6 address, and perhaps a port. */
const hostAndPort = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Refuses requests whose Host is not the name of one with 400 (RFC 9112, section 3.2); probes of HTTP/1.0 may leave it out. */
export function checkHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ headers: { host }, raw: { httpVersion } }, reply, done) => {
    if (host === undefined && httpVersion !== '1.0') refuse(reply, 400, 'The Host header is missing.');
    else if (!host || hostAndPort.test(host)) done();
    else refuse(reply, 400, 'The Host header is not valid.');
  });
}
