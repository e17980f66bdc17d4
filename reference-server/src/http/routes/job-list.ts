/** `GET /api/jobs`: the caller's jobs in pages, by status, or by id. */
import type { Request, RequestHandler } from 'express';
import { foldStatus } from '@aura-jobs/sdk/protocol';
import type { JobStatus } from '@aura-jobs/sdk/protocol';
import type { JobService } from '../../jobs/job-service.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import { invalid, jobIdsOf, limitOf, listOf, textOf } from '../query.ts';

const LIMIT = { preset: 50, max: 200 };

export function listJobs(jobs: JobService): RequestHandler {
  async function pageOf(request: Request) {
    const caller = callerOf(request);
    const statuses = statusesOf(request);
    if (request.query.ids === undefined)
      return jobs.list(caller, { limit: limitOf(request, LIMIT), cursor: textOf(request, 'cursor'), statuses });
    const named = await jobs.getAll(jobIdsOf(request, 'ids'), caller);
    return { jobs: named.filter(({ status }) => !statuses || statuses.has(status)), nextCursor: null };
  }

  return async (request, response) => {
    const page = await pageOf(request);
    response.json({
      jobs: page.jobs,
      count: page.jobs.length,
      nextCursor: page.nextCursor,
      correlationId: correlationIdOf(response),
    });
  };
}

/** Any spelling will do; `undefined`: jobs in whatever status. */
function statusesOf(request: Request): ReadonlySet<JobStatus> | undefined {
  if (request.query.status === undefined) return undefined;
  const words = listOf(request, 'status');
  const statuses = words.map((word) => {
    const status = foldStatus(word);
    if (status) return status;
    throw invalid('status', `${JSON.stringify(word)} is no status of a job`);
  });
  if (statuses.length > 0) return new Set(statuses);
  throw invalid('status', 'must be one or more statuses, separated by commas');
}
