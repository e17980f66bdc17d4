/** `GET /artifacts/{jobId}/{name}`: the files a job made, with ranges so that a video can be sought. */
import { basename } from 'node:path';
import { Router } from 'express';
import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import type { EventHub } from '../../events/event-hub.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';

export function artifactRoutes(jobs: JobService, hub: EventHub, store: ArtifactStore): Router {
  const router = Router();
  router.get('/artifacts/:jobId/:name', async (request, response) => {
    const { jobId, name } = request.params;
    const { id } = await jobs.record(jobId, callerOf(request));
    // Only what the job itself has named is served, so a name cannot lead anywhere else (AC-64).
    const artifact = (await hub.snapshot(id)).artifacts.find((known) => known.name === name);
    const file = artifact && basename(name) === name ? await store.locate(id, name) : undefined;
    if (!artifact || !file)
      throw new ServiceError('NotFound', `The job has no file ${JSON.stringify(name)}.`, { jobId: id });
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
  return router;
}
