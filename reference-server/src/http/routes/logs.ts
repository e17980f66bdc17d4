/** `GET /api/jobs/{id}/logs`: a job's log as text (C-20). */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import type { JobService } from '../../jobs/job-service.ts';
import { callerOf } from '../middleware/caller.ts';
import { onlyAllow } from '../only-allow.ts';

export function logRoutes(jobs: JobService): Router {
  const router = Router();
  router.get('/api/jobs/:jobId/logs', async (request, response) => {
    const lines = await jobs.logLines(request.params.jobId, callerOf(request));
    response.type('text/plain');
    if (request.method === 'HEAD') return void response.end();
    await pipeline(Readable.from(lines), response).catch((error: NodeJS.ErrnoException) => {
      // A reader that goes away is no fault.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  });
  onlyAllow(router, '/api/jobs/:jobId/logs', 'GET');
  return router;
}
