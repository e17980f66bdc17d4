/** `/api/jobs`: create, read, delete, cancel, pause, retry; and `/api/quick/demo`, a job that needs nothing. */
import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { checkInput } from '../../jobs/check-input.ts';
import { parseJobRequest } from '../../jobs/job-request.ts';
import type { CreateDetails, JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import type { NotifyRules } from '../../notifications/notify-targets.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import type { Counter } from '../middleware/rate-limit.ts';
import { onlyAllow } from '../only-allow.ts';
import { listJobs } from './job-list.ts';

export const demoRequestSchema = z.object({ topic: z.string('must be a text').nullish() });

export interface JobRouteOptions {
  readonly allowSimulation: boolean;
  readonly allowPause: boolean;
  readonly maxTopicLength: number;
  readonly notifyRules: NotifyRules;
  readonly begins: RequestHandler;
  readonly creations: Counter;
  readonly cancels: RequestHandler;
  readonly pauses: RequestHandler;
}

export function jobRoutes(
  jobs: JobService,
  { allowSimulation, allowPause, begins, creations, cancels, pauses, ...rules }: JobRouteOptions,
): Router {
  const router = Router();
  const detailsOf = (request: Request, response: Response): CreateDetails => ({
    correlationId: correlationIdOf(response),
    idempotencyKey: readKey(request),
    admit: () => creations(request, response),
  });

  router.get('/api/jobs', listJobs(jobs));

  router.post('/api/jobs', begins, async (request, response) => {
    if (request.body === undefined) {
      throw new ServiceError(
        'InvalidInput',
        'The request has no JSON body. Send one, with Content-Type: application/json.',
      );
    }
    const parsed = parseJobRequest(request.body, rules);
    if (parsed.simulation && !allowSimulation) {
      throw new ServiceError(
        'InvalidInput',
        'preset: simulated jobs are off. Start the server with AURA_ALLOW_SIMULATION=1.',
        {
          field: 'preset',
        },
      );
    }
    const job = await jobs.create(parsed, callerOf(request), detailsOf(request, response));
    const { status, stage, correlationId } = job;
    accepted(response, job.jobId, { status, stage, correlationId });
  });

  router.post('/api/quick/demo', begins, async (request, response) => {
    const { topic } = checkInput(demoRequestSchema, request.body ?? {});
    const brief = topic ? { topic } : {};
    const parsed = parseJobRequest({ preset: 'sample-hello-youtube', brief }, rules);
    const { jobId, correlationId } = await jobs.create(parsed, callerOf(request), detailsOf(request, response));
    const message = 'A short sample video is being made. Follow its events.';
    response.location(`/api/jobs/${jobId}`).json({ jobId, status: 'queued', message, correlationId });
  });

  router.get('/api/jobs/:jobId', async (request, response) => {
    response.json(await jobs.get(request.params.jobId, callerOf(request)));
  });

  router.delete('/api/jobs/:jobId', async (request, response) => {
    await jobs.remove(request.params.jobId, callerOf(request));
    response.status(204).end();
  });

  router.post('/api/jobs/:jobId/cancel', cancels, async (request: Request<{ jobId: string }>, response: Response) => {
    const { jobId } = request.params;
    const { status, providerStatuses } = await jobs.cancel(jobId, callerOf(request));
    response.status(202).json({
      jobId,
      message: 'The job is being cancelled.',
      currentStatus: status,
      cleanupScheduled: true,
      providerStatuses,
      warnings: providerStatuses.flatMap(({ warning }) => warning ?? []),
      correlationId: correlationIdOf(response),
    });
  });

  router.post('/api/jobs/:jobId/retry', begins, async (request: Request<{ jobId: string }>, response: Response) => {
    const job = await jobs.retry(request.params.jobId, callerOf(request), detailsOf(request, response));
    const message = 'A new job repeats the failed one. Stages that were finished are not done again.';
    const { retryOf, attempt, correlationId } = job;
    accepted(response, job.jobId, { retryOf, attempt, message, strategy: 'resume', correlationId });
  });

  const messages = {
    pause: 'The job is being paused. Finished stages are kept; the one at work begins anew when the job goes on.',
    resume: 'The job goes on as soon as there is a worker for it.',
  };
  for (const action of ['pause', 'resume'] as const) {
    const route = `/api/jobs/:jobId/${action}`;
    router.post(route, pauses, async (request: Request<{ jobId: string }>, response: Response) => {
      if (!allowPause)
        throw new ServiceError('NotFound', 'Jobs cannot be paused here. Start the server with AURA_ALLOW_PAUSE=1.');
      const { jobId } = request.params;
      await jobs[action](jobId, callerOf(request));
      const correlationId = correlationIdOf(response);
      response.json({ success: true, jobId, message: messages[action], correlationId });
    });
    onlyAllow(router, route, 'POST');
  }

  if (allowSimulation) {
    router.post('/api/jobs/:jobId/release', async (request, response) => {
      const { jobId } = request.params;
      await jobs.release(jobId, callerOf(request));
      response.status(202).json({ jobId, correlationId: correlationIdOf(response) });
    });
    onlyAllow(router, '/api/jobs/:jobId/release', 'POST');
  }

  onlyAllow(router, '/api/quick/demo', 'POST');
  onlyAllow(router, '/api/jobs', 'GET, POST');
  onlyAllow(router, '/api/jobs/:jobId', 'GET, DELETE');
  onlyAllow(router, '/api/jobs/:jobId/cancel', 'POST');
  onlyAllow(router, '/api/jobs/:jobId/retry', 'POST');
  return router;
}

function accepted(response: Response, jobId: string, body: object): void {
  response
    .status(202)
    .location(`/api/jobs/${jobId}`)
    .json({ jobId, ...body });
}

function readKey(request: Request): string | undefined {
  const idempotencyKey = request.get('idempotency-key');
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)) {
    throw new ServiceError('InvalidInput', 'Idempotency-Key: must be 1 to 200 visible ASCII characters.', {
      field: 'Idempotency-Key',
    });
  }
  return idempotencyKey;
}
