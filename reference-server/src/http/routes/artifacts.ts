/** `GET /artifacts/{jobId}/{name}`: the files a job made, with ranges so that a video can be sought. */
import { Router } from 'express';
import type { Artifacts } from '../../artifacts/artifacts.ts';
import { owns } from '../../jobs/caller.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';
import { onlyAllow } from '../only-allow.ts';

export function artifactRoutes(jobs: JobService, artifacts: Artifacts): Router {
  const router = Router();
  router.get('/artifacts/:jobId/:name', async (request, response) => {
    const { jobId, name } = request.params;
    const caller = callerOf(request);
    const entry = await artifacts.of(jobId);
    // Files are kept for longer than what else is known of a job.
    if (!entry || !owns(caller, entry)) await jobs.record(jobId, caller);
    // Only what the ledger names is looked for, so a name cannot lead anywhere else (AC-64).
    const artifact = entry?.artifacts.find((known) => known.name === name);
    if (entry && artifact) {
      const type = artifact.type.startsWith('text/') ? `${artifact.type}; charset=utf-8` : artifact.type;
      response.set({ 'Content-Type': type, 'Cache-Control': 'private, max-age=3600' });
      if (request.query.download !== undefined) response.attachment(name);
      if (await artifacts.send(entry, artifact, response)) return;
    }
    throw new ServiceError('NotFound', `The job has no file ${JSON.stringify(name)}.`, { jobId });
  });
  onlyAllow(router, '/artifacts/:jobId/:name', 'GET');
  return router;
}
