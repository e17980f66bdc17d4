/** `GET /api/jobs/{id}/events`: a job's events as a stream. */
import { Router } from 'express';
import type { Request } from 'express';
import { compareEventIds, isEventId } from '@aura-jobs/sdk/protocol';
import type { EventHub } from '../../events/event-hub.ts';
import { STREAM_HEADERS } from '../../events/event-stream-session.ts';
import type { SessionStart } from '../../events/event-stream-session.ts';
import type { JobChannel } from '../../events/job-channel.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { callerOf } from '../middleware/caller.ts';

export function eventRoutes(jobs: JobService, hub: EventHub): Router {
  const router = Router();
  router.get('/api/jobs/:jobId/events', async (request, response) => {
    const { id } = await jobs.record(request.params.jobId, callerOf(request));
    await hub.withChannel(id, async (channel) => {
      const start = await startOf(request, channel);
      // 204 is the one answer that makes every reader stop for good (C-13, AC-11).
      if (!start) response.status(204).end();
      else if (request.method === 'HEAD') response.writeHead(200, STREAM_HEADERS).end();
      else hub.serve(response, channel, start);
    });
  });
  return router;
}

/** Where the reader goes on, or `undefined` when it has seen everything. */
async function startOf(request: Request, channel: JobChannel): Promise<SessionStart | undefined> {
  const cursors = [request.get('last-event-id'), request.query.lastEventId].filter(
    (id) => id !== undefined && id !== '',
  );
  // A browser's own reconnect sends a fresh header with the stale query of the first request: the newer one counts (C-09).
  const cursor = cursors.filter(isEventId).sort(compareEventIds).at(-1);
  if (cursor !== undefined && (await channel.knows(cursor))) {
    return channel.ended && cursor === channel.lastId ? undefined : { from: 'log', after: cursor };
  }
  if (cursors.length === 0 && request.query.replay === 'all') return { from: 'log', after: undefined };
  return { from: 'state', resync: cursors.length > 0 };
}
