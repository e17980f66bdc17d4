/** What the engine suite needs to know of an engine. */
import { pino } from 'pino';
import { LocalArtifactStore } from '../../../reference-server/src/artifacts/local-artifact-store.ts';
import { Artifacts } from '../../../reference-server/src/artifacts/artifacts.ts';
import type { Engine } from '../../../reference-server/src/engines/engine.ts';
import { EventHub } from '../../../reference-server/src/events/event-hub.ts';
import { countPaused } from '../../../reference-server/src/jobs/job-pauser.ts';
import { JobRunner } from '../../../reference-server/src/jobs/job-runner.ts';
import type { JobRunnerOptions } from '../../../reference-server/src/jobs/job-runner.ts';
import { JobService } from '../../../reference-server/src/jobs/job-service.ts';
import { Workspaces } from '../../../reference-server/src/jobs/workspaces.ts';
import { Quota } from '../../../reference-server/src/limits/quota.ts';
import { createPipeline } from '../../../reference-server/src/pipeline/pipeline.ts';
import { createSimulatedStages } from '../../../reference-server/src/pipeline/simulated/simulated-stages.ts';

export interface Storage {
  /** A process on this storage; the one before it must have ended. */
  open(): Promise<Engine>;
  /** Takes no more writes. @returns a function that ends it */
  refuseWrites(): Promise<() => Promise<void>>;
  /** Behaves as if what was logged last had been an hour later. */
  moveClock(): Promise<void>;
  close(): Promise<void>;
}

export interface Kind {
  readonly name: string;
  /** A storage with nothing in it. */
  create(): Promise<Storage>;
}

/** The parts that stand directly on an engine, as a process has them. */
export function partsOn(
  engine: Engine,
  folder: string,
  {
    queuedJobs = 0,
    pipelineFor = ({ simulation }) => createPipeline(createSimulatedStages(simulation!)),
  }: { readonly queuedJobs?: number; readonly pipelineFor?: JobRunnerOptions['pipelineFor'] } = {},
) {
  const { log, store, queue, slots, outbox } = engine;
  const hub = new EventHub(log, { keepAliveMs: 10_000, maxAgeMs: 60_000 });
  const artifacts = new Artifacts(new LocalArtifactStore(`${folder}/artifacts`), engine.ledger);
  const workspaces = new Workspaces(`${folder}/workspaces`);
  const runner = new JobRunner({
    store,
    log,
    hub,
    artifacts,
    workspaces,
    stallAfterMs: 60_000,
    stageTimeoutMs: 60_000,
    logger: pino({ level: 'silent' }),
    pipelineFor,
    expectedSeconds: () => ({ Script: 1, TTS: 1, Visuals: 1, Composition: 1, Rendering: 1 }),
  });
  const quota = new Quota({
    queue,
    slots,
    countPaused: (ownerId) => countPaused({ store, hub }, ownerId),
    artifacts,
    limits: { queuedJobs, diskBytes: 0 },
    keepArtifactsMs: 1000,
  });
  const jobs = new JobService({ store, log, queue, hub, artifacts, workspaces, outbox, quota });
  return { log, store, queue, hub, runner, jobs };
}
