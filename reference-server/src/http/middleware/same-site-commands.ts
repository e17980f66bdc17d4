/** A page of an origin that may not read this API may not send it commands either. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

/** Browsers name the page's origin on every command; `cors` has answered for those that are allowed. */
export const sameSiteCommands: RequestHandler = (request, response, next) => {
  const { origin } = request.headers;
  const safe = request.method === 'GET' || request.method === 'HEAD';
  if (safe || origin === undefined || response.get('access-control-allow-origin') === origin) return next();
  throw new ServiceError(
    'AccessDenied',
    `Pages of ${origin} may not call this server. Add the origin to AURA_ALLOWED_ORIGINS.`,
  );
};
