/** One id per request: the caller's if it is a sensible one, else a new one; echoed in the answer. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const SENSIBLE = /^[\w.:-]{1,128}$/;

export const correlation: RequestHandler = (request, response, next) => {
  const given = request.get('x-correlation-id');
  response.locals.correlationId = given && SENSIBLE.test(given) ? given : randomUUID();
  response.set('X-Correlation-ID', correlationIdOf(response));
  next();
};

/** The id of the request that this response answers. */
export function correlationIdOf(response: Response): string {
  return response.locals.correlationId as string;
}
