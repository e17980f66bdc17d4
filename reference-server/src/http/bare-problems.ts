/** Problems for those who are given no response, since what they have sent is no request: they get the same object, and the end. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { ServiceError } from '../jobs/service-error.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import { problemFrom } from './problem.ts';

export type BareProblems = (socket: Socket, error: ServiceError, correlationId?: string) => void;

export function bareProblems({
  logger,
  metrics,
}: {
  readonly logger: Logger;
  readonly metrics: ServerMetrics;
}): BareProblems {
  return (socket, error, correlationId = randomUUID()) => {
    const problem = problemFrom(error, correlationId);
    const { status, code } = problem;
    const body = JSON.stringify(problem);
    metrics.problemAnswered(code);
    logger.info({ status, code, correlationId }, 'no request');
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Correlation-ID: ${correlationId}`,
      'X-Content-Type-Options: nosniff',
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  };
}

/** Answers what Node's parser refuses; it hands over the bare socket. */
export function answerBroken(server: Server, refuse: BareProblems): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Node looks there, too, before it writes anything: in the middle of an answer, a stream for example, it would be read as a part of it.
    const { _httpMessage: answering } = socket as { _httpMessage?: ServerResponse | null };
    if (!socket.writable || answering?.headersSent) return void socket.destroy();
    refuse(socket, toServiceError(error));
  });
}

function toServiceError({ code }: NodeJS.ErrnoException): ServiceError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new ServiceError('HeadersTooLarge', 'The address and headers of a request may have 16 kB. Send less.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new ServiceError('RequestTimeout', 'The request did not come to its end in time. Send it again.');
  return new ServiceError('InvalidInput', 'This is no request as HTTP/1.1 asks for.');
}
