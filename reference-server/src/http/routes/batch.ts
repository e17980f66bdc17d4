/** `POST /api/jobs/cancel`: asks several jobs to stop, each decided by itself. */
import { Router } from 'express';
import type { Caller, JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';
import { onlyAllow } from '../only-allow.ts';
import { statusOf } from '../problem.ts';
import { invalid } from '../query.ts';

const MAX_JOBS = 100;

export function batchRoutes(jobs: JobService): Router {
  const router = Router();
  router.post('/api/jobs/cancel', async (request, response) => {
    const results: object[] = [];
    for (const jobId of jobIdsIn(request.body)) results.push(await cancel(jobs, jobId, callerOf(request)));
    response.json({ results });
  });
  onlyAllow(router, '/api/jobs/cancel', 'POST');
  return router;
}

/** What `POST /api/jobs/{id}/cancel` would have answered. */
async function cancel(jobs: JobService, jobId: string, caller: Caller): Promise<object> {
  try {
    const { status } = await jobs.cancel(jobId, caller);
    return { jobId, status: 202, currentStatus: status, message: 'The job is being cancelled.' };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { code, message, extras } = error;
    return { jobId, status: statusOf(code), currentStatus: extras.currentStatus, code, message };
  }
}

function jobIdsIn(body: unknown): readonly string[] {
  const { jobIds } = (body ?? {}) as { jobIds?: unknown };
  const isList = Array.isArray(jobIds) && jobIds.every((id): id is string => typeof id === 'string');
  if (isList && jobIds.length >= 1 && jobIds.length <= MAX_JOBS) return jobIds;
  throw invalid('jobIds', `must be a list of 1 to ${MAX_JOBS} job ids`);
}
