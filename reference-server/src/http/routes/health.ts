/** `/healthz`: the process answers. `/readyz`: it can do its work. For whoever keeps it running. */
import { Router } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';
import { onlyAllow } from '../only-allow.ts';

/** @param whyNotReady `undefined` when the server is ready */
export function healthRoutes(whyNotReady: () => Promise<string | undefined>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const reason = await whyNotReady();
    response.set('Cache-Control', 'no-store');
    if (reason !== undefined) throw new ServiceError('ServiceUnavailable', reason, { retryAfter: 5 });
    response.json({ status: 'ready' });
  });
  onlyAllow(router, '/healthz', 'GET');
  onlyAllow(router, '/readyz', 'GET');
  return router;
}
