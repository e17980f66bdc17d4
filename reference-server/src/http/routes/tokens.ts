/** `POST /api/jobs/{id}/tokens`: a short-lived token that opens this job alone, for a page that must not hold a user's key. */
import { Router } from 'express';
import { z } from 'zod';
import type { ViewTokens } from '../../auth/view-tokens.ts';
import { checkInput } from '../../jobs/check-input.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import { onlyAllow } from '../only-allow.ts';

const SECONDS = 'must be a whole number of seconds from 1 to 3600';

export const tokenRequestSchema = z.object({
  access: z.enum(['read', 'read+cancel'], 'must be read or read+cancel').default('read'),
  expiresInSeconds: z.int(SECONDS).min(1, SECONDS).max(3600, SECONDS).default(300),
});

export function tokenRoutes(jobs: JobService, tokens: ViewTokens): Router {
  const router = Router();
  router.post('/api/jobs/:jobId/tokens', async (request, response) => {
    const { id, ownerId } = await jobs.record(request.params.jobId, callerOf(request));
    const { access, expiresInSeconds } = checkInput(tokenRequestSchema, request.body ?? {});
    const view = { jobId: id, mayCancel: access === 'read+cancel' };
    const { token, expiresAt } = await tokens.issue(ownerId, view, expiresInSeconds);
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({
        token,
        tokenType: 'Bearer',
        jobId: id,
        access,
        expiresAt: expiresAt.toISOString(),
        correlationId: correlationIdOf(response),
      });
  });
  onlyAllow(router, '/api/jobs/:jobId/tokens', 'POST');
  return router;
}
