/** One line for each request that was answered. The path alone, without its query, and no headers: secrets may be there. */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Caller } from '../../jobs/caller.ts';
import { correlationIdOf } from './correlation.ts';

export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    const startedAt = performance.now();
    response.once('close', () => {
      const caller = response.locals.caller as Caller | undefined;
      logger.info(
        {
          method,
          path,
          status: response.statusCode,
          ms: Math.round(performance.now() - startedAt),
          ownerId: caller?.id,
          correlationId: correlationIdOf(response),
        },
        'request',
      );
    });
    next();
  };
}
