/** A view token opens its own job's state, events and files, and its cancel if it says so; nothing else. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from './caller.ts';

/** What is not listed here is closed, also what is added later. */
const READ = [/^\/api\/jobs\/(job-[^/]+)(?:\/events|\/ws)?$/, /^\/artifacts\/(job-[^/]+)\/[^/]+$/];
const CANCEL = /^\/api\/jobs\/(job-[^/]+)\/cancel$/;

export const viewScope: RequestHandler = (request, _response, next) => {
  const { view } = callerOf(request);
  if (!view) return next();
  const { method, originalUrl } = request;
  const path = originalUrl.split('?', 1)[0]!;
  const readOnly = method === 'GET' || method === 'HEAD';
  const allowed = readOnly ? READ : view.mayCancel && method === 'POST' ? [CANCEL] : [];
  const [jobId] = allowed.flatMap((pattern) => pattern.exec(path)?.[1] ?? []);
  if (jobId === view.jobId) return next();
  if (jobId !== undefined) throw new ServiceError('JobNotFound', 'There is no such job, or it has expired.', { jobId });
  throw new ServiceError('AccessDenied', 'This token is for looking at one job. Sign in to do anything else.');
};
