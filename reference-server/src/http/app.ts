/** The Express apps: order of middleware, and nothing that listens. */
import express from 'express';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { EventHub } from '../events/event-hub.ts';
import type { JobService } from '../jobs/job-service.ts';
import { correlation } from './middleware/correlation.ts';
import { crossOrigin } from './middleware/cross-origin.ts';
import { errorHandler, notFound } from './middleware/error-handler.ts';
import { loopbackHost } from './middleware/loopback-host.ts';
import { sameSite, sameSiteCommands } from './middleware/same-site-commands.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { batchRoutes } from './routes/batch.ts';
import { eventRoutes } from './routes/events.ts';
import { jobListRoutes } from './routes/job-list.ts';
import { jobRoutes } from './routes/jobs.ts';
import { logRoutes } from './routes/logs.ts';
import { plainWebSocketRoutes, webSocketRoutes } from './routes/web-socket.ts';

export interface AppOptions {
  readonly jobs: JobService;
  readonly hub: EventHub;
  readonly artifacts: ArtifactStore;
  readonly logger: Logger;
  readonly allowedOrigins: readonly string[];
  readonly allowSimulation: boolean;
  /** Folder of the demo page. */
  readonly pageFolder: string;
  /** Folder of the elements' script-tag bundle, if it was built. */
  readonly elementsFolder: string | undefined;
}

export function createApp(options: AppOptions): Express {
  const { jobs, hub, artifacts, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.use(correlation, loopbackHost, securityHeaders, crossOrigin(options.allowedOrigins), sameSiteCommands);
  app.use(express.json({ limit: '64kb' }));
  app.use(jobListRoutes(jobs), batchRoutes(jobs), jobRoutes(jobs, options), logRoutes(jobs));
  app.use(eventRoutes(jobs, hub), plainWebSocketRoutes(), artifactRoutes(jobs, hub, artifacts));
  if (options.elementsFolder) app.use('/elements', express.static(options.elementsFolder));
  app.use(express.static(options.pageFolder));
  app.use(notFound, errorHandler(logger));
  return app;
}

/** What answers requests for an upgrade: the same rules, and the sockets alone. */
export function createUpgradeApp({ jobs, hub, logger, allowedOrigins }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(correlation, loopbackHost, crossOrigin(allowedOrigins), sameSite);
  app.use(webSocketRoutes(jobs, hub), notFound, errorHandler(logger));
  return app;
}
