/** `GET /api/jobs/{id}/ws`: a job's events on a WebSocket. */
import { Router } from 'express';
import type { Request, Response } from 'express';
import { WebSocketServer } from 'ws';
import type { EventHub } from '../../events/event-hub.ts';
import { WebSocketSink } from '../../events/web-socket-sink.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from '../middleware/caller.ts';
import { onlyAllow } from '../only-allow.ts';
import { startOf } from '../stream-start.ts';

const PROTOCOL = 'aura.v1';

const OPTIONS = {
  noServer: true,
  clientTracking: false,
  // Readers have nothing to say.
  maxPayload: 1024,
  // How long a reader may take to answer a close, in ms. Not in the types of `ws` yet.
  closeTimeout: 1000,
  // Browsers insist on one of those that they offer; others may carry a token.
  handleProtocols: (offered: ReadonlySet<string>) => offered.has(PROTOCOL) && PROTOCOL,
};

/** For who asks without an upgrade. */
export function plainWebSocketRoutes(): Router {
  const router = Router();
  router.get('/api/jobs/:jobId/ws', (_request, response) => {
    response.set({ Upgrade: 'websocket', Connection: 'Upgrade' });
    throw new ServiceError(
      'UpgradeRequired',
      'Open this path as a WebSocket, or read the stream at /api/jobs/{id}/events.',
    );
  });
  onlyAllow(router, '/api/jobs/:jobId/ws', 'GET');
  return router;
}

export function webSocketRoutes(jobs: JobService, hub: EventHub): Router {
  const router = Router();
  const sockets = new WebSocketServer(OPTIONS);

  router.get('/api/jobs/:jobId/ws', async (request, response) => {
    const [record] = await jobs.records([request.params.jobId], callerOf(request));
    // Browsers show no status of a refused upgrade, so what a stream says by 404 is said by a close code.
    if (!record) return accept(request, response, (sink) => sink.end('gone'));
    await hub.withChannel(record.id, async (source) => {
      const start = await startOf(request, source);
      accept(request, response, (sink) => (start ? hub.serve({ sink, source, start }) : sink.end('complete')));
    });
  });

  function accept(request: Request, response: Response, use: (sink: WebSocketSink) => void): void {
    const { socket } = request;
    response.detachSocket(socket);
    sockets.handleUpgrade(request, socket, Buffer.alloc(0), (webSocket) => {
      // A fault of the connection ends it, and `close` follows.
      webSocket.on('error', () => {});
      use(new WebSocketSink(webSocket, socket));
    });
  }

  return router;
}
