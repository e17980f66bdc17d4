/** The Express apps: order of middleware, and nothing that listens. */
import express from 'express';
import type { Express, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/artifacts.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { ViewTokens } from '../auth/view-tokens.ts';
import type { EventHub } from '../events/event-hub.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { NotifyRules } from '../notifications/notify-targets.ts';
import type { BareProblems } from './bare-problems.ts';
import { identify } from './middleware/caller.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import { bodyLimit } from './middleware/body-limit.ts';
import { correlation } from './middleware/correlation.ts';
import { crossOrigin } from './middleware/cross-origin.ts';
import { errorHandler, notFound } from './middleware/error-handler.ts';
import { hostHeader } from './middleware/host-header.ts';
import { loopbackHost } from './middleware/loopback-host.ts';
import type { Counter } from './middleware/rate-limit.ts';
import { notStored } from './middleware/not-stored.ts';
import { requestLog } from './middleware/request-log.ts';
import { sameSite, sameSiteCommands } from './middleware/same-site-commands.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { viewScope } from './middleware/view-scope.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { batchRoutes } from './routes/batch.ts';
import { documentRoutes } from './routes/documents.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { jobViewRoutes } from './routes/job-views.ts';
import { jobRoutes } from './routes/jobs.ts';
import { logRoutes } from './routes/logs.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { plainWebSocketRoutes, webSocketRoutes } from './routes/web-socket.ts';

export interface AppOptions {
  readonly jobs: JobService;
  readonly hub: EventHub;
  readonly artifacts: Artifacts;
  readonly logger: Logger;
  readonly metrics: ServerMetrics;
  /** `undefined` when the server is ready to work. */
  readonly whyNotReady: () => Promise<string | undefined>;
  /** `undefined`: everybody who reaches this server may do everything, so it must be on loopback. */
  readonly signIn: Authenticator | undefined;
  readonly viewTokens: ViewTokens;
  readonly allowedOrigins: readonly string[];
  readonly allowSimulation: boolean;
  readonly allowPause: boolean;
  readonly maxBodyBytes: number;
  readonly maxTopicLength: number;
  /** Who may be told of the end of a job, and what a page needs for it. */
  readonly notifyRules: NotifyRules;
  readonly vapidPublicKey: string | undefined;
  /** Stands before what begins jobs. */
  readonly begins: RequestHandler;
  /** What counts new jobs, cancels, pauses, and open streams of all kinds. */
  readonly creations: Counter;
  readonly cancels: RequestHandler;
  readonly pauses: RequestHandler;
  readonly streams: RequestHandler;
  /** Folder of the demo page. */
  readonly pageFolder: string;
  /** Folder of the elements' script-tag bundle, if it was built. */
  readonly elementsFolder: string | undefined;
}

/** What needs a caller; pages and their scripts are for everybody. */
const OWNED = ['/api', '/artifacts', '/metrics'];

export function createApp(options: AppOptions): Express {
  const { jobs, artifacts, hub, logger, metrics, signIn, viewTokens } = options;
  const app = plainApp(options);
  app.use(healthRoutes(options.whyNotReady), documentRoutes());
  app.use(sameSiteCommands);
  app.use(OWNED, identify(signIn), viewScope);
  app.use('/api', notStored);
  app.use(bodyLimit(options.maxBodyBytes), express.json({ limit: options.maxBodyBytes }));
  app.use(batchRoutes(jobs, options), jobViewRoutes(jobs, artifacts), jobRoutes(jobs, options), logRoutes(jobs));
  app.use(tokenRoutes(jobs, artifacts, viewTokens), notificationRoutes(options), metricsRoutes(metrics));
  app.use(eventRoutes(jobs, hub, options), plainWebSocketRoutes(), artifactRoutes(jobs, artifacts));
  // No file of a page is looked for there, whatever the path turns into.
  app.use(OWNED, notFound);
  if (options.elementsFolder) app.use('/elements', express.static(options.elementsFolder));
  app.use(express.static(options.pageFolder));
  app.use(notFound, errorHandler(logger, metrics));
  return app;
}

/** What a process that only works answers: how it is doing. */
export function createWorkerApp(options: AppOptions): Express {
  const { logger, metrics, signIn } = options;
  const app = plainApp(options);
  app.use(healthRoutes(options.whyNotReady));
  app.use('/metrics', identify(signIn), viewScope);
  app.use(metricsRoutes(metrics), notFound, errorHandler(logger, metrics));
  return app;
}

/** What answers requests for an upgrade: the same rules, and the sockets alone. */
export function createUpgradeApp(options: AppOptions, refuse: BareProblems): Express {
  const { jobs, hub, logger, metrics, signIn, streams } = options;
  const app = plainApp(options);
  app.use(sameSite);
  const guards = [identify(signIn), viewScope, streams];
  app.use(webSocketRoutes(jobs, hub, { guards, refuse }), notFound, errorHandler(logger, metrics));
  return app;
}

function plainApp({ signIn, allowedOrigins, logger }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(correlation, requestLog(logger), securityHeaders, hostHeader);
  // A name that leads here is no danger where each request has to show a token of its own.
  if (!signIn) app.use(loopbackHost);
  app.use(crossOrigin(allowedOrigins));
  return app;
}
