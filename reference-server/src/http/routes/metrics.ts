/** `GET /metrics`: the server's figures, for its operator. */
import { Router } from 'express';
import type { ServerMetrics } from '../../metrics/server-metrics.ts';
import { operatorsOnly } from '../middleware/operators-only.ts';
import { onlyAllow } from '../only-allow.ts';

export function metricsRoutes(metrics: ServerMetrics): Router {
  const router = Router();
  router.get('/metrics', operatorsOnly, async (_request, response) => {
    response.set({ 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).send(await metrics.text());
  });
  onlyAllow(router, '/metrics', 'GET');
  return router;
}
