/** Refuses requests that reached this machine under a foreign name (DNS rebinding). */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export const loopbackHost: RequestHandler = (request, _response, next) => {
  if (LOOPBACK.test(request.headers.host ?? '')) return next();
  throw new ServiceError('AccessDenied', 'This server answers only under localhost, 127.0.0.1 or [::1].');
};
