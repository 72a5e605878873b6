import type { FastifyInstance } from 'fastify';
import { noMetrics, type Metrics } from '../../telemetry/Metrics.js';

/** Takes down every answer, by the path as the router knows it. Costs nothing where there are no metrics. */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics = noMetrics): void {
  if (metrics === noMetrics) return;
  fastify.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, done) => {
    metrics.httpRequest({ method, route: routeOptions.url, status: statusCode, seconds: elapsedTime / 1000 });
    done();
  });
}
