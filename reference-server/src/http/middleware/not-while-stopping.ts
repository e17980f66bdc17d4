/** A server that stops begins nothing new: what it would still take on waits for another process, or for its next start. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

/** When another process has taken over, or this one is back, in seconds. */
const RETRY_AFTER_SECONDS = 2;

export function notWhileStopping(isStopping: () => boolean): RequestHandler {
  return (_request, _response, next) => {
    if (!isStopping()) return next();
    const message = 'The server stops, so nothing was begun. Send the request again in a moment.';
    throw new ServiceError('ServiceUnavailable', message, { retryAfter: RETRY_AFTER_SECONDS });
  };
}
