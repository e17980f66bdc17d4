/** Composition root: puts the parts together. The only file that knows which engine runs. */
import { createServer as createHttpServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { Artifacts } from './artifacts/artifacts.ts';
import { openArtifactStore } from './artifacts/open-artifact-store.ts';
import { signInWith } from './auth/sign-in.ts';
import { ViewTokens } from './auth/view-tokens.ts';
import type { Config } from './config.ts';
import { openEmbeddedEngine } from './engines/embedded/embedded-engine.ts';
import type { Engine, EngineOptions } from './engines/engine.ts';
import { EndingEventLog } from './events/ending-event-log.ts';
import { EventHub } from './events/event-hub.ts';
import { answerBroken, bareProblems } from './http/bare-problems.ts';
import { createApp, createUpgradeApp, createWorkerApp } from './http/app.ts';
import type { AppOptions } from './http/app.ts';
import { notWhileStopping } from './http/middleware/not-while-stopping.ts';
import { counter, rateLimit } from './http/middleware/rate-limit.ts';
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
import { makeFolder } from './make-folder.ts';
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
/** How often connections without a request are closed meanwhile, in ms. */
const IDLE_MS = 50;
/** How often is looked for what another process has left half begun when it died, in ms. */
const RECOVERY_MS = 5000;

/**
 * A complete server, or with `AURA_REDIS_URL` one of several.
 *
 * @throws {Error} the engine cannot be opened: another server uses the data folder, or Redis does not answer
 * @example
 * const server = await createServer(readConfig(process.env));
 * console.log(`listening on ${await server.listen()}`);
 */
export async function createServer(
  config: Config,
  logger: Logger = createLogger(config.logLevel),
): Promise<AuraServer> {
  const files = await openArtifactStore(config.artifacts);
  const engine = await openEngine(config, logger);
  const { store, queue, slots, rate, outbox } = engine;
  const metrics = new ServerMetrics();
  const metered = new MeteredEventLog(engine.log, metrics, logger);
  const works = config.role !== 'api';
  // Ends that an API process logs are found and told by the workers.
  const log = works ? new EndingEventLog(metered, (jobId) => notifier.jobEnded(jobId)) : metered;
  const hub = new EventHub(log, {
    keepAliveMs: config.keepAliveMs,
    maxAgeMs: config.streamMaxMs,
    onFanOut: (seconds) => metrics.fannedOut(seconds),
  });
  metrics.watch({
    openStreams: () => hub.openStreams,
    queue: () => queue.depth(),
    notifications: () => outbox.depth(),
  });
  const workspaces = new Workspaces(join(config.dataDir, 'workspaces'));
  const artifacts = new Artifacts(files, engine.ledger);
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
    slots,
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
  const viewTokens = new ViewTokens(await engine.signingKey());
  let [listening, closing] = [false, undefined as Promise<void> | undefined];
  let recovery: NodeJS.Timeout | undefined;
  const options: AppOptions = {
    jobs,
    hub,
    artifacts,
    logger,
    metrics,
    whyNotReady: async () => {
      if (!listening || closing) return closing ? 'The server stops.' : 'The server is starting.';
      return whyNotReady({ log, artifacts, dataDir: config.dataDir, logger });
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
    begins: notWhileStopping(() => closing !== undefined),
    creations: counter(rate, limits.creationsPerMinute, 'new jobs'),
    cancels: rateLimit(rate, limits.cancelsPerMinute, 'cancels'),
    // Counted apart: who has paused too often may still cancel.
    pauses: rateLimit(rate, limits.cancelsPerMinute, 'pauses and resumes'),
    streams: streamSlots(slots, limits.streams),
    pageFolder: fileURLToPath(new URL('../public', import.meta.url)),
    elementsFolder: findElements(),
  };
  const app = config.role === 'worker' ? createWorkerApp(options) : createApp(options);
  const listener = oneByOne(app);
  const http = createHttpServer(
    {
      shouldUpgradeCallback: asksForWebSocket,
      requireHostHeader: false,
      requestTimeout: config.requestTimeoutMs,
      headersTimeout: config.requestTimeoutMs,
      connectionsCheckingInterval: config.requestTimeoutMs / 10,
    },
    listener,
  );
  // What is expected but not known may be passed over (RFC 9110, 10.1.1).
  http.on('checkExpectation', listener);
  const refuse = bareProblems({ logger, metrics });
  answerBroken(http, refuse);
  answerUpgrades(http, config.role === 'worker' ? app : createUpgradeApp(options, refuse));
  const recover = (): void => {
    const recovered = works ? jobs.recover().then(() => notifier.recover()) : jobs.recover();
    recovered.catch((err: unknown) => logger.warn({ err }, 'what others left could not be looked for'));
  };

  async function close(): Promise<void> {
    hub.close();
    const grace = setTimeout(() => http.closeAllConnections(), SHUTDOWN_GRACE_MS);
    // Those that are answered now would be kept for the next request.
    const idle = setInterval(() => http.closeIdleConnections(), IDLE_MS);
    await Promise.all([stopListening(http), queue.close(), retention.close()]);
    await notifier.close();
    clearTimeout(grace);
    clearInterval(idle);
    clearInterval(recovery);
    await engine.close();
  }

  return {
    async listen() {
      await startListening(http, config);
      await jobs.recover();
      if (config.redisUrl !== undefined) recovery = setInterval(recover, RECOVERY_MS).unref();
      if (works) {
        queue.process(runner.run);
        await notifier.start();
        retention.start();
      }
      listening = true;
      const { port } = http.address() as AddressInfo;
      return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    },
    close: () => (closing ??= close()),
  };
}

/** What is not used is not loaded either. */
async function openEngine(
  { dataDir, redisUrl, redisReplicas, concurrency, takeOverAfterMs }: Config,
  logger: Logger,
): Promise<Engine> {
  const options: EngineOptions = {
    concurrency,
    onError: (err, jobId) => logger.error({ err, jobId }, 'a job could not be run'),
  };
  makeFolder(dataDir);
  if (redisUrl === undefined) return openEmbeddedEngine({ ...options, dataDir });
  const { openRedisEngine } = await import('./engines/redis/redis-engine.ts');
  return openRedisEngine({
    ...options,
    url: redisUrl,
    replicas: redisReplicas,
    takeOverAfterMs,
    onTrouble: (err) => logger.warn({ err }, 'Redis is not at hand; it is tried again'),
  });
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
