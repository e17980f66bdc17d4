/** A view token opens its own job's state, events and files, and its cancel if it says so; a ticket the files; nothing else. */
import type { RequestHandler } from 'express';
import type { View } from '../../jobs/caller.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { callerOf } from './caller.ts';

/** What is not listed here is closed, also what is added later. */
const STATE = /^\/api\/jobs\/(job-[^/]+)(?:\/events|\/ws)?$/;
const FILES = /^\/artifacts\/(job-[^/]+)\/[^/]+$/;
/** A page that shows a job by such a token needs tickets for its player; the route gives no more than that. */
const TOKENS = /^\/api\/jobs\/(job-[^/]+)\/tokens$/;
const CANCEL = /^\/api\/jobs\/(job-[^/]+)\/cancel$/;

const OPEN: Record<View['access'], { readonly GET: readonly RegExp[]; readonly POST: readonly RegExp[] }> = {
  files: { GET: [FILES], POST: [] },
  read: { GET: [STATE, FILES], POST: [TOKENS] },
  'read+cancel': { GET: [STATE, FILES], POST: [TOKENS, CANCEL] },
};

export const viewScope: RequestHandler = (request, _response, next) => {
  const { view } = callerOf(request);
  if (!view) return next();
  const { method, originalUrl } = request;
  const path = originalUrl.split('?', 1)[0]!;
  const { GET, POST } = OPEN[view.access];
  const open = method === 'GET' || method === 'HEAD' ? GET : method === 'POST' ? POST : [];
  const [jobId] = open.flatMap((pattern) => pattern.exec(path)?.[1] ?? []);
  if (jobId === view.jobId) return next();
  if (jobId !== undefined) throw new ServiceError('JobNotFound', 'There is no such job, or it has expired.', { jobId });
  throw new ServiceError('AccessDenied', 'This token is for looking at one job. Sign in to do anything else.');
};
