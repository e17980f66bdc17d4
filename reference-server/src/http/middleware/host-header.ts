/** A request of HTTP/1.1 names the host it is for (RFC 9112, 3.2). Node would refuse it, but without a problem object. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

export const hostHeader: RequestHandler = ({ headers, httpVersion }, _response, next) => {
  if (headers.host !== undefined || httpVersion === '1.0') return next();
  throw new ServiceError('InvalidInput', 'The request names no host. Send the header Host.');
};
