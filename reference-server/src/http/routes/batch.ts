/** `POST /api/jobs/cancel`: asks several jobs to stop, each decided by itself. */
import { Router } from 'express';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { checkInput } from '../../jobs/check-input.ts';
import type { Caller } from '../../jobs/caller.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';
import { onlyAllow } from '../only-allow.ts';
import { statusOf } from '../problem.ts';

const MAX_JOBS = 100;

/** Whatever is wrong in the list is wrong with the list. */
const jobIds = z
  .unknown()
  .meta({
    override: ({ jsonSchema }: { jsonSchema: object }) =>
      void Object.assign(jsonSchema, { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MAX_JOBS }),
  })
  .refine(isListOfJobs, `must be a list of 1 to ${MAX_JOBS} job ids`)
  .transform((ids) => ids as string[]);

export const batchRequestSchema = z.object({ jobIds });

export function batchRoutes(jobs: JobService, { cancels }: { readonly cancels: RequestHandler }): Router {
  const router = Router();
  router.post('/api/jobs/cancel', cancels, async (request, response) => {
    const results: object[] = [];
    const body = { jobIds: (request.body as { jobIds?: unknown } | undefined)?.jobIds };
    for (const jobId of checkInput(batchRequestSchema, body).jobIds)
      results.push(await cancel(jobs, jobId, callerOf(request)));
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

function isListOfJobs(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length >= 1 && value.length <= MAX_JOBS && value.every((id) => typeof id === 'string')
  );
}
