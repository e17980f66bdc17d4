/** Turns whatever a route throws into a problem object. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { ServerMetrics } from '../../metrics/server-metrics.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { storageFault } from '../../jobs/storage-fault.ts';
import { problemFrom } from '../problem.ts';
import { tooLarge } from './body-limit.ts';
import { correlationIdOf } from './correlation.ts';

/** For paths that no route serves. */
export const notFound: RequestHandler = (request) => {
  throw new ServiceError('NotFound', `There is nothing at ${request.method} ${request.originalUrl.split('?', 1)[0]}.`);
};

/** The last handler of the app. */
export function errorHandler(logger: Logger, metrics: ServerMetrics): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const correlationId = correlationIdOf(response);
    const fault = storageFault(error);
    const known = fault ?? toServiceError(error);
    if (!known || fault)
      logger.error({ err: error, correlationId, method: request.method, path: request.path }, 'request failed');
    // Too late for a status: the reader sees a broken answer and comes back.
    if (response.headersSent) return void response.destroy();
    // What was said of a file that could not be sent is not true of the problem.
    response.set('Cache-Control', 'no-store').removeHeader('Content-Disposition');
    const problem = problemFrom(known ?? UNEXPECTED, correlationId);
    metrics.problemAnswered(problem.code);
    if (known?.extras.retryAfter !== undefined) response.set('Retry-After', String(known.extras.retryAfter));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

const UNEXPECTED = {
  code: 'InternalError',
  message: 'Something went wrong on the server. Quote the correlation id to the operator.',
  extras: {},
} as const;

/** Errors of Express itself (body too large, bad JSON, bad escape in a path) carry a 4xx `status`. */
function toServiceError(error: unknown): ServiceError | undefined {
  if (error instanceof ServiceError) return error;
  const { status, type } = error as { status?: number; type?: string };
  if (status === undefined || status < 400 || status >= 500) return undefined;
  if (status === 413) return tooLarge();
  if (status === 415) return new ServiceError('UnsupportedMediaType', 'Send JSON in UTF-8.');
  if (status === 416) return new ServiceError('RangeNotSatisfiable', 'The file ends before the range begins.');
  if (status === 404) return new ServiceError('NotFound', 'There is no such file.');
  return new ServiceError(
    'InvalidInput',
    type === 'entity.parse.failed' ? 'The request body is not a JSON object.' : 'The request is not valid.',
  );
}
