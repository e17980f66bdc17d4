/** A page of an origin that may not read this API may not send it commands or open its sockets either. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

/** Browsers name the page's origin wherever it matters; `cors` has answered for those that are allowed. */
export const sameSite: RequestHandler = (request, response, next) => {
  const { origin } = request.headers;
  if (origin === undefined || response.get('access-control-allow-origin') === origin) return next();
  throw new ServiceError(
    'AccessDenied',
    `Pages of ${origin} may not call this server. Add the origin to AURA_ALLOWED_ORIGINS.`,
  );
};

/** What only reads is left to the browser, which shows a foreign page nothing of the answer. */
export const sameSiteCommands: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next();
  return sameSite(request, response, next);
};
