/** Composition root: puts the parts together. The only file that knows which engine runs. */
import { createServer as createHttpServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { LocalArtifactStore } from './artifacts/artifact-store.ts';
import { Artifacts } from './artifacts/artifacts.ts';
import { signInWith } from './auth/sign-in.ts';
import { signingKey } from './auth/signing-key.ts';
import { ViewTokens } from './auth/view-tokens.ts';
import type { Config } from './config.ts';
import { openDatabase } from './engines/embedded/database.ts';
import { InProcessQueue } from './engines/embedded/in-process-queue.ts';
import { SqliteArtifactLedger } from './engines/embedded/sqlite-artifact-ledger.ts';
import { SqliteEventLog } from './engines/embedded/sqlite-event-log.ts';
import { SqliteJobStore } from './engines/embedded/sqlite-job-store.ts';
import { SqliteOutbox } from './engines/embedded/sqlite-outbox.ts';
import { EndingEventLog } from './events/ending-event-log.ts';
import { EventHub } from './events/event-hub.ts';
import { createApp, createUpgradeApp } from './http/app.ts';
import type { AppOptions } from './http/app.ts';
import { rateLimit } from './http/middleware/rate-limit.ts';
import { streamSlots } from './http/middleware/stream-slots.ts';
import { oneByOne } from './http/one-by-one.ts';
import { answerUpgrades, asksForWebSocket } from './http/upgrades.ts';
import { countPaused } from './jobs/job-pauser.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { JobService } from './jobs/job-service.ts';
import type { JobRecord } from './jobs/job-store.ts';
import { Workspaces } from './jobs/workspaces.ts';
import { MeteredEventLog } from './metrics/metered-event-log.ts';
import { ServerMetrics } from './metrics/server-metrics.ts';
import { createChannels, notifyRulesOf } from './notifications/channels.ts';
import { Notifier } from './notifications/notifier.ts';
import { whyNotReady } from './readiness.ts';
import { Retention } from './retention/retention.ts';
import { estimateStageSeconds } from './pipeline/stage-estimate.ts';
import { createVideoStages } from './pipeline/video-stages.ts';
import { Quota } from './limits/quota.ts';
import { createLogger } from './logger.ts';
import { createPipeline } from './pipeline/pipeline.ts';
import type { Pipeline } from './pipeline/pipeline.ts';
import { createScriptProviders } from './pipeline/script/script-providers.ts';
import { createSimulatedStages } from './pipeline/simulated/simulated-stages.ts';

/** A server that is ready to listen. */
export interface AuraServer {
  /** Binds the port and begins to work on jobs. @returns the base URL */
  listen(): Promise<string>;
  /**
   * Stops in order: no new requests, streams end cleanly, running jobs are put down and go on at the next start.
   * Safe to call twice.
   */
  close(): Promise<void>;
}

/** Time that requests under way have to end at a shutdown, in ms; a paused download never would. */
const SHUTDOWN_GRACE_MS = 2000;

/**
 * A complete server on the embedded engine.
 *
 * @example
 * const server = createServer(readConfig(process.env));
 * console.log(`listening on ${await server.listen()}`);
 */
export function createServer(config: Config, logger: Logger = createLogger(config.logLevel)): AuraServer {
  const database = openDatabase(join(config.dataDir, 'aura.sqlite'));
  const metrics = new ServerMetrics();
  const metered = new MeteredEventLog(new SqliteEventLog(database), metrics);
  const log = new EndingEventLog(metered, (jobId) => notifier.jobEnded(jobId));
  const store = new SqliteJobStore(database);
  const queue = new InProcessQueue(database, {
    concurrency: config.concurrency,
    onError: (err, jobId) => logger.error({ err, jobId }, 'a job could not be run'),
  });
  const hub = new EventHub(log, {
    keepAliveMs: config.keepAliveMs,
    maxAgeMs: config.streamMaxMs,
    onFanOut: (seconds) => metrics.fannedOut(seconds),
  });
  const outbox = new SqliteOutbox(database);
  metrics.watch({
    openStreams: () => hub.openStreams,
    queue: () => queue.depth(),
    notifications: () => outbox.depth(),
  });
  const workspaces = new Workspaces(join(config.dataDir, 'workspaces'));
  const files = new LocalArtifactStore(join(config.dataDir, 'artifacts'));
  const artifacts = new Artifacts(files, new SqliteArtifactLedger(database));
  const script = createScriptProviders(config.scriptProviders, config.llm);
  const video = createPipeline(createVideoStages({ script, ffmpegPath: config.ffmpegPath }));
  const pipelineFor = ({ simulation }: JobRecord): Pipeline =>
    simulation ? createPipeline(createSimulatedStages(simulation)) : video;
  const runner = new JobRunner({
    store,
    log,
    hub,
    artifacts,
    workspaces,
    logger,
    stallAfterMs: config.stallAfterMs,
    stageTimeoutMs: config.stageTimeoutMs,
    pipelineFor,
    expectedSeconds: (record) => expectedSeconds(record, config.scriptProviders[0] === 'llm'),
  });
  const { limits, keepArtifactsMs } = config;
  const quota = new Quota({
    queue,
    countPaused: (ownerId) => countPaused({ store, hub }, ownerId),
    artifacts,
    limits,
    keepArtifactsMs,
  });
  const jobs = new JobService({ store, log, queue, hub, artifacts, workspaces, outbox, quota });
  const channels = createChannels(config.notifications);
  const notifier = new Notifier({ outbox, store, log, hub, channels, metrics, logger, ...config.notifications });
  const retention = new Retention({
    store,
    log,
    hub,
    artifacts,
    workspaces,
    outbox,
    logger,
    keepHistoryMs: config.keepHistoryMs,
    keepArtifactsMs,
  });
  const viewTokens = new ViewTokens(signingKey(join(config.dataDir, 'view-tokens.key')));
  let [listening, closing] = [false, undefined as Promise<void> | undefined];
  const options: AppOptions = {
    jobs,
    hub,
    artifacts,
    logger,
    metrics,
    whyNotReady: async () => {
      if (!listening || closing) return closing ? 'The server stops.' : 'The server is starting.';
      return whyNotReady({ log, dataDir: config.dataDir, logger });
    },
    signIn: config.auth && signInWith(config.auth, viewTokens),
    viewTokens,
    allowedOrigins: config.allowedOrigins,
    allowSimulation: config.allowSimulation,
    allowPause: config.allowPause,
    maxBodyBytes: config.maxBodyBytes,
    maxTopicLength: config.maxTopicLength,
    notifyRules: notifyRulesOf(config.notifications),
    vapidPublicKey: config.notifications.vapid?.publicKey,
    creations: rateLimit(limits.creationsPerMinute, 'new jobs'),
    cancels: rateLimit(limits.cancelsPerMinute, 'cancels'),
    // Counted apart: who has paused too often may still cancel.
    pauses: rateLimit(limits.cancelsPerMinute, 'pauses and resumes'),
    streams: streamSlots(limits.streams),
    pageFolder: fileURLToPath(new URL('../public', import.meta.url)),
    elementsFolder: findElements(),
  };
  const http = createHttpServer({ shouldUpgradeCallback: asksForWebSocket }, oneByOne(createApp(options)));
  answerUpgrades(http, createUpgradeApp(options));
  async function close(): Promise<void> {
    hub.close();
    const grace = setTimeout(() => http.closeAllConnections(), SHUTDOWN_GRACE_MS);
    await Promise.all([stopListening(http), queue.close(), retention.close()]);
    await notifier.close();
    clearTimeout(grace);
    database.close();
  }

  return {
    async listen() {
      await startListening(http, config);
      await jobs.recover();
      queue.process(runner.run);
      await notifier.start();
      retention.start();
      listening = true;
      const { port } = http.address() as AddressInfo;
      return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    },
    close: () => (closing ??= close()),
  };
}

function expectedSeconds({ spec, simulation }: JobRecord, byModel: boolean) {
  if (!simulation) return estimateStageSeconds(spec, byModel);
  const total = simulation.eventsPerSecond ? simulation.events / simulation.eventsPerSecond : 0;
  return {
    Script: total * 0.15,
    TTS: total * 0.2,
    Visuals: total * 0.3,
    Composition: total * 0.2,
    Rendering: total * 0.15,
  };
}

/** The bundle is a convenience of the demo page: a backend alone runs without the elements package. */
function findElements(): string | undefined {
  try {
    return dirname(fileURLToPath(import.meta.resolve('@aura-jobs/elements/cdn')));
  } catch {
    return undefined;
  }
}

function startListening(http: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port, host, backlog: 4096 }, () => {
      http.removeListener('error', reject);
      resolve();
    });
  });
}

function stopListening(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
}
