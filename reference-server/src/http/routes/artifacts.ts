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
    const found = entry && (await artifacts.locate(entry, name));
    if (!found) throw new ServiceError('NotFound', `The job has no file ${JSON.stringify(name)}.`, { jobId });
    const { artifact, file } = found;
    const type = artifact.type.startsWith('text/') ? `${artifact.type}; charset=utf-8` : artifact.type;
    response.set({ 'Content-Type': type, 'Cache-Control': 'private, max-age=3600' });
    if (request.query.download !== undefined) response.attachment(name);
    await new Promise<void>((resolve, reject) => {
      response.sendFile(file, { dotfiles: 'allow', cacheControl: false }, (error) => {
        // A reader that goes away, as every video player does when it seeks, is no fault.
        if (error && (error as NodeJS.ErrnoException).code !== 'ECONNABORTED') reject(error);
        else resolve();
      });
    });
  });
  onlyAllow(router, '/artifacts/:jobId/:name', 'GET');
  return router;
}
