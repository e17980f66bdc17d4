/** Shorter looks at jobs: `/progress`, `/failure-details`, `/recent-artifacts`. */
import { Router } from 'express';
import type { JobStatus } from '@aura-jobs/sdk/protocol';
import type { Artifacts } from '../../artifacts/artifacts.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import { onlyAllow } from '../only-allow.ts';
import { limitOf } from '../query.ts';

/** What earlier backends call each status here. */
const PROGRESS_STATUS: Readonly<Partial<Record<JobStatus, string>>> = {
  Running: 'running',
  Succeeded: 'completed',
  Failed: 'failed',
};

export function jobViewRoutes(jobs: JobService, artifacts: Artifacts): Router {
  const router = Router();

  router.get('/api/jobs/recent-artifacts', async (request, response) => {
    const caller = callerOf(request);
    const limit = limitOf(request, { preset: 5, max: 50 });
    const entries = await artifacts.recent(caller.isAdmin ? undefined : caller.id, limit);
    const recent = entries.map(({ jobId, correlationId, madeAt, artifacts: files }) => ({
      jobId,
      correlationId,
      stage: 'Rendering',
      finishedAt: new Date(madeAt).toISOString(),
      artifacts: files,
    }));
    response.json({ artifacts: recent, count: recent.length, correlationId: correlationIdOf(response) });
  });

  router.get('/api/jobs/:jobId/progress', async (request, response) => {
    const job = await jobs.get(request.params.jobId, callerOf(request));
    const { jobId, percent, stage, startedAt, completedAt, correlationId } = job;
    const status = PROGRESS_STATUS[job.status] ?? 'idle';
    response.json({ jobId, status, progress: percent, currentStage: stage, startedAt, completedAt, correlationId });
  });

  router.get('/api/jobs/:jobId/failure-details', async (request, response) => {
    const job = await jobs.get(request.params.jobId, callerOf(request));
    const [error] = job.errors;
    if (job.status !== 'Failed' || !error) {
      throw new ServiceError('NotFailed', `The job has not failed; it is ${job.status}.`, {
        jobId: job.jobId,
        currentStatus: job.status,
      });
    }
    response.json({
      jobId: job.jobId,
      stage: job.stage,
      message: error.message,
      errorCode: error.code,
      stderrSnippet: error.details ?? null,
      installLogSnippet: null,
      logPath: `/api/jobs/${job.jobId}/logs`,
      suggestedActions: job.errors.map(({ remediation }) => remediation),
      failedAt: job.completedAt,
      correlationId: job.correlationId,
    });
  });

  onlyAllow(router, '/api/jobs/recent-artifacts', 'GET');
  onlyAllow(router, '/api/jobs/:jobId/progress', 'GET');
  onlyAllow(router, '/api/jobs/:jobId/failure-details', 'GET');
  return router;
}
