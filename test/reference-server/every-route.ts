/** Every route that belongs to somebody, for tables of who may do what. */
import type { RequestHandler } from 'express';
import { createApp } from '../../reference-server/src/http/app.ts';
import type { AppOptions } from '../../reference-server/src/http/app.ts';

export interface OwnedRoute {
  readonly method: string;
  /** As the app has it. */
  readonly route: string;
  /** With `:jobId` to be replaced. */
  readonly path: string;
  readonly body?: (jobId: string) => unknown;
  /** It is about one job: who may not see that is told 404. */
  readonly ofOneJob: boolean;
}

const about = (method: string, route: string, path = route, body?: OwnedRoute['body']): OwnedRoute => ({
  method,
  route,
  path,
  ofOneJob: true,
  ...(body && { body }),
});
const general = (method: string, route: string, path = route, body?: OwnedRoute['body']): OwnedRoute => ({
  ...about(method, route, path, body),
  ofOneJob: false,
});

export const ROUTES: readonly OwnedRoute[] = [
  general('GET', '/api/jobs'),
  general('GET', '/api/jobs', '/api/jobs?ids=:jobId'),
  general('POST', '/api/jobs', '/api/jobs', () => ({ preset: 'simulated', inputs: { events: 1 } })),
  general('POST', '/api/quick/demo'),
  general('GET', '/metrics'),
  general('GET', '/api/notifications'),
  general('POST', '/api/jobs/cancel', '/api/jobs/cancel', (jobId) => ({ jobIds: [jobId] })),
  about('GET', '/api/jobs/:jobId'),
  general('GET', '/api/jobs/recent-artifacts'),
  about('GET', '/api/jobs/:jobId/progress'),
  about('GET', '/api/jobs/:jobId/failure-details'),
  about('DELETE', '/api/jobs/:jobId'),
  about('POST', '/api/jobs/:jobId/cancel'),
  about('POST', '/api/jobs/:jobId/pause'),
  about('POST', '/api/jobs/:jobId/resume'),
  about('POST', '/api/jobs/:jobId/retry'),
  about('POST', '/api/jobs/:jobId/release'),
  about('POST', '/api/jobs/:jobId/tokens'),
  about('GET', '/api/jobs/:jobId/logs'),
  about('GET', '/api/jobs/:jobId/events'),
  about('GET', '/api/jobs/:jobId/events', '/api/jobs/:jobId/events?replay=all'),
  about('GET', '/api/jobs/:jobId/events', '/api/jobs/:jobId/events?wait=1'),
  about('GET', '/api/events', '/api/events?jobs=:jobId'),
  about('GET', '/api/events', '/api/events?jobs=:jobId&wait=1'),
  about('GET', '/artifacts/:jobId/:name', '/artifacts/:jobId/simulated.txt'),
];

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** `GET /api/jobs` and so on: what the app serves, without what only says which methods a path has. */
export function servedRoutes(): string[] {
  const pass: RequestHandler = (_request, _response, next) => next();
  const options = {
    logger: {},
    allowedOrigins: [],
    allowSimulation: true,
    allowPause: true,
    notifyRules: {},
    pageFolder: '.',
    begins: pass,
    cancels: pass,
    pauses: pass,
    streams: pass,
  };
  const app = createApp(options as unknown as AppOptions) as unknown as { router: { stack: readonly Layer[] } };
  return app.router.stack.flatMap(routesIn);
}

function routesIn({ route, handle }: Layer): string[] {
  if (!route) return (handle.stack ?? []).flatMap(routesIn);
  return Object.keys(route.methods).flatMap((method) =>
    method === '_all' ? [] : `${method.toUpperCase()} ${route.path}`,
  );
}
