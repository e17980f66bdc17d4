/** What is about all users is for those who may see them all. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from './caller.ts';

export const operatorsOnly: RequestHandler = (request, _response, next) => {
  if (callerOf(request).isAdmin) return next();
  throw new ServiceError('AccessDenied', 'This is for operators: sign in with the scope admin.');
};
