/** A request of HTTP/1.1 names the one host it is for (RFC 9112, 3.2). Node would take two, and refuse none without a problem object. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

export const hostHeader: RequestHandler = ({ headersDistinct: { host = [] }, httpVersion }, _response, next) => {
  if (host.length > 1)
    throw new ServiceError('InvalidInput', 'The request names two hosts. Send the header Host once.');
  if (host.length === 1 || httpVersion === '1.0') return next();
  throw new ServiceError('InvalidInput', 'The request names no host. Send the header Host.');
};
