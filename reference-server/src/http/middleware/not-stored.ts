/** What a job's owner is told is kept by nobody: no cache in between, and no browser that is used by another one later. */
import type { RequestHandler } from 'express';

export const notStored: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
