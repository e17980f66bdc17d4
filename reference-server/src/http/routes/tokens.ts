/**
 * `POST /api/jobs/{id}/tokens`: a short-lived token that opens this job alone, for a page that must not hold a user's key,
 * or its files alone, for a URL (C-25, AC-49).
 */
import { Router } from 'express';
import { z } from 'zod';
import type { Artifacts } from '../../artifacts/artifacts.ts';
import type { ViewTokens } from '../../auth/view-tokens.ts';
import { checkInput } from '../../jobs/check-input.ts';
import { ACCESS, owns, readingTimeOf } from '../../jobs/caller.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import { onlyAllow } from '../only-allow.ts';

const SECONDS = 'must be a whole number of seconds from 1 to 3600';

export const tokenRequestSchema = z.object({
  access: z.enum(ACCESS, 'must be read, read+cancel or files').default('read'),
  expiresInSeconds: z.int(SECONDS).min(1, SECONDS).max(3600, SECONDS).default(300),
});

export function tokenRoutes(jobs: JobService, artifacts: Artifacts, tokens: ViewTokens): Router {
  const router = Router();
  router.post('/api/jobs/:jobId/tokens', async (request, response) => {
    const { jobId } = request.params;
    const caller = callerOf(request);
    const { access, expiresInSeconds: wanted } = checkInput(tokenRequestSchema, request.body ?? {});
    if (caller.view && access !== 'files')
      throw new ServiceError('AccessDenied', 'This token gives tickets for the files of its job, and no other tokens.');
    // Files are kept for longer than what else is known of a job.
    const files = access === 'files' ? await artifacts.of(jobId) : undefined;
    const { ownerId } = files && owns(caller, files) ? files : await jobs.record(jobId, caller);
    const expiresInSeconds = Math.min(wanted, Math.ceil((readingTimeOf(caller) ?? Infinity) / 1000));
    const { token, expiresAt } = await tokens.issue(ownerId, { jobId, access }, expiresInSeconds);
    response.status(201).json({
      token,
      tokenType: 'Bearer',
      jobId,
      access,
      expiresInSeconds,
      expiresAt: expiresAt.toISOString(),
      correlationId: correlationIdOf(response),
    });
  });
  onlyAllow(router, '/api/jobs/:jobId/tokens', 'POST');
  return router;
}
