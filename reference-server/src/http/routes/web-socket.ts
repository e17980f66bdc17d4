/** `GET /api/jobs/{id}/ws`: a job's events on a WebSocket. */
import type { Socket } from 'node:net';
import { Router } from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { EventHub } from '../../events/event-hub.ts';
import { WebSocketSink } from '../../events/web-socket-sink.ts';
import { readingTimeOf } from '../../jobs/caller.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import type { BareProblems } from '../bare-problems.ts';
import { callerOf } from '../middleware/caller.ts';
import { correlationIdOf } from '../middleware/correlation.ts';
import { onlyAllow } from '../only-allow.ts';
import { statusOf } from '../problem.ts';
import { startOf } from '../stream-start.ts';

const PATH = '/api/jobs/:jobId/ws';
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
  router.get(PATH, (_request, response) => {
    response.set({ Upgrade: 'websocket', Connection: 'Upgrade' });
    throw new ServiceError(
      'UpgradeRequired',
      'Open this path as a WebSocket, or read the stream at /api/jobs/{id}/events.',
    );
  });
  onlyAllow(router, PATH, 'GET');
  return router;
}

export interface WebSocketOptions {
  /** What stands before the socket; what they refuse is told by a close code. */
  readonly guards: readonly RequestHandler[];
  /** For who asks for a socket in a wrong way. */
  readonly refuse: BareProblems;
}

export function webSocketRoutes(jobs: JobService, hub: EventHub, { guards, refuse }: WebSocketOptions): Router {
  const router = Router();
  const sockets = new WebSocketServer(OPTIONS);
  sockets.on('headers', (headers, request) => {
    headers.push(`X-Correlation-ID: ${correlationIdOf((request as Request).res!)}`);
  });
  sockets.on('wsClientError', ({ message }, socket, request) => {
    const error = new ServiceError('InvalidInput', `This opens no WebSocket: ${message}.`);
    refuse(socket as Socket, error, correlationIdOf((request as Request).res!));
  });

  router.get(PATH, ...guards, async (request: Request<{ jobId: string }>, response: Response) => {
    const caller = callerOf(request);
    const { id } = await jobs.record(request.params.jobId, caller);
    const maxAgeMs = readingTimeOf(caller);
    await hub.withChannel(id, async (source) => {
      const start = await startOf(request, source);
      accept(request, response, (sink) =>
        start ? hub.serve({ sink, source, start, maxAgeMs }) : sink.end('complete'),
      );
    });
  });

  // Browsers show no status of a refused upgrade, so what a stream says by a status is said by a close code.
  router.use(PATH, (error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (!(error instanceof ServiceError)) return next(error);
    upgrade(request, response, (webSocket) =>
      webSocket.close(4000 + statusOf(error.code), error.message.slice(0, 120)),
    );
  });

  function accept(request: Request, response: Response, use: (sink: WebSocketSink) => void): void {
    upgrade(request, response, (webSocket) => use(new WebSocketSink(webSocket, request.socket)));
  }

  function upgrade(request: Request, response: Response, use: (webSocket: WebSocket) => void): void {
    const { socket } = request;
    response.detachSocket(socket);
    // The request's line in the log is written when its response closes, and this one never does by itself.
    socket.once('close', () => response.emit('close'));
    response.statusCode = 101;
    sockets.handleUpgrade(request, socket, Buffer.alloc(0), (webSocket) => {
      // A fault of the connection ends it, and `close` follows.
      webSocket.on('error', () => {});
      use(webSocket);
    });
  }

  return router;
}
