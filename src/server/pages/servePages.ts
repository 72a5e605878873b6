import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createGunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { GatewayConfig, GraphAuth } from '../../config/GatewayConfig.js';
import { readExamples } from './readExamples.js';
import { renderEntryPage } from './renderEntryPage.js';
import { renderExplainPage } from './renderExplainPage.js';
import { renderGraphiqlPage } from './renderGraphiqlPage.js';
import { renderSandboxPage } from './renderSandboxPage.js';
import type { Page } from './Page.js';

interface PackedPage {
  readonly packed: Buffer;
  readonly policy: string;
}

async function pack({ html, policy }: Page): Promise<PackedPage> {
  return { packed: await promisify(gzip)(html), policy };
}

function send(request: FastifyRequest, reply: FastifyReply, { packed, policy }: PackedPage): FastifyReply {
  void reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-cache')
    .header('vary', 'Accept-Encoding');
  if (/\bgzip\b/.test(String(request.headers['accept-encoding']))) {
    return reply.header('content-encoding', 'gzip').send(packed);
  }
  const gunzip = createGunzip();
  gunzip.end(packed);
  return reply.send(gunzip);
}

/** Serves a page that is rendered and compressed when it is first asked for, and then kept. */
function servePage(fastify: FastifyInstance, path: string, render: () => Promise<Page>): void {
  let page: Promise<PackedPage> | undefined;
  fastify.get(path, async (request, reply) => {
    page ??= render().then(pack);
    return send(request, reply, await page);
  });
}

/** Modes in which callers bring tokens of their own. */
const tokenModes: readonly GraphAuth[] = ['passthrough', 'obo'];

/** The entry page, the two ways to try queries that it offers, and, where plans and costs are told, the page that draws them. */
export function servePages(fastify: FastifyInstance, { server, auth }: Pick<GatewayConfig, 'server' | 'auth'>): void {
  const { explain } = server;
  const takesToken = tokenModes.includes(auth.mode);
  servePage(fastify, '/', async () => renderEntryPage(readExamples(), explain));
  servePage(fastify, '/sandbox', async () => renderSandboxPage(readExamples(), takesToken));
  servePage(fastify, '/graphiql', () => renderGraphiqlPage(readExamples(), takesToken));
  if (!explain) return;
  servePage(fastify, '/explain', async () => renderExplainPage(readExamples(), takesToken));
}
