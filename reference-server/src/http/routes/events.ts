/** `GET /api/jobs/{id}/events` and `GET /api/events`: the events of one job or of several, as a stream or in pages. */
import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { EventHub } from '../../events/event-hub.ts';
import { errorFrame } from '../../events/frame.ts';
import type { Frame } from '../../events/frame.ts';
import type { FrameSource } from '../../events/frame-source.ts';
import { JobGroup } from '../../events/job-group.ts';
import { SseSink, STREAM_HEADERS } from '../../events/sse-sink.ts';
import { readingTimeOf } from '../../jobs/caller.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { answerPage, waitOf } from '../long-poll.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import { onlyAllow } from '../only-allow.ts';
import { jobIdsOf } from '../query.ts';
import { startOf } from '../stream-start.ts';

export function eventRoutes(
  jobs: JobService,
  hub: EventHub,
  { streams }: { readonly streams: RequestHandler },
): Router {
  const router = Router();

  router.get('/api/jobs/:jobId/events', streams, async (request: Request<{ jobId: string }>, response: Response) => {
    const { id } = await jobs.record(request.params.jobId, callerOf(request));
    await hub.withChannel(id, (channel) => answer(request, response, channel));
  });

  router.get('/api/events', streams, async (request, response) => {
    const jobIds = jobIdsOf(request, 'jobs');
    const known = new Set((await jobs.records(jobIds, callerOf(request))).map(({ id }) => id));
    if (known.size === 0) throw new ServiceError('JobNotFound', 'None of these jobs exists, or they have expired.');
    const correlationId = correlationIdOf(response);
    const message = 'There is no such job, or it has expired.';
    const unknown = jobIds.filter((jobId) => !known.has(jobId));
    const words = unknown.map((jobId) => errorFrame({ jobId, message, code: 'JobNotFound', correlationId }));
    await hub.withChannels([...known], (channels) =>
      answer(request, response, new JobGroup(channels, correlationId), words),
    );
  });

  async function answer(request: Request, response: Response, source: FrameSource, words: readonly Frame[] = []) {
    const waitMs = waitOf(request);
    const maxAgeMs = readingTimeOf(callerOf(request));
    const start = await startOf(request, source);
    // The reader may have left meanwhile.
    if (response.destroyed) return;
    // 204 is the one answer that makes every reader stop for good (C-13, AC-11).
    if (!start) response.status(204).end();
    else if (request.method === 'HEAD' && waitMs === undefined) response.writeHead(200, STREAM_HEADERS).end();
    else if (waitMs === undefined) {
      forgetRoute(request);
      hub.serve({ sink: new SseSink(response), source, start, maxAgeMs, words });
    } else await answerPage(response, hub, { waitMs: request.method === 'HEAD' ? 0 : waitMs, source, start, words });
  }

  onlyAllow(router, '/api/jobs/:jobId/events', 'GET');
  onlyAllow(router, '/api/events', 'GET');
  return router;
}

/** Express keeps on the request how it got here, with everything that it tried: too much for as long as a stream is open. */
function forgetRoute(request: Partial<Request>): void {
  // Not deleted: an object that loses properties grows.
  Object.assign(request, { next: undefined, route: undefined });
}
