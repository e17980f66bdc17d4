/** The embedded engine and all that stands on it, in this process, with a given number of steps to live: then it is dead on the spot. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { LocalArtifactStore } from '../../../reference-server/src/artifacts/local-artifact-store.ts';
import { Artifacts } from '../../../reference-server/src/artifacts/artifacts.ts';
import { InProcessQueue } from '../../../reference-server/src/engines/embedded/in-process-queue.ts';
import { SqliteArtifactLedger } from '../../../reference-server/src/engines/embedded/sqlite-artifact-ledger.ts';
import { SqliteEventLog } from '../../../reference-server/src/engines/embedded/sqlite-event-log.ts';
import { SqliteJobStore } from '../../../reference-server/src/engines/embedded/sqlite-job-store.ts';
import { EventHub } from '../../../reference-server/src/events/event-hub.ts';
import { JobRunner } from '../../../reference-server/src/jobs/job-runner.ts';
import { JobService } from '../../../reference-server/src/jobs/job-service.ts';
import { Workspaces } from '../../../reference-server/src/jobs/workspaces.ts';
import { createPipeline } from '../../../reference-server/src/pipeline/pipeline.ts';
import type { AnyStage } from '../../../reference-server/src/pipeline/stage-output.ts';
import { createSimulatedStages } from '../../../reference-server/src/pipeline/simulated/simulated-stages.ts';
import { eventually } from '../../support/eventually.ts';

/** What it does that outlives it. The disk is asked for nothing after the last step. */
const LASTING = new Set<string | symbol>(['run', 'remove', 'publish', 'copy']);

export type MortalSystem = ReturnType<typeof startMortalSystem>;

/** @param steps commits and changes of folders until it dies; `Infinity` to live on */
export function startMortalSystem(folder: string, database: DatabaseSync, steps: number) {
  let taken = 0;
  let dead = false;
  /** Handlers at work, and how many of the dead one's acts are waited for in vain. */
  let [working, stuck] = [0, 0];
  let die = (): void => {};
  const death = new Promise<'dead'>((resolve) => (die = () => resolve('dead')));

  /** The same object, whose lasting acts are counted, and fail or never return when the time has come. */
  const mortal = <T extends object>(thing: T): T =>
    new Proxy(thing, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const act = (): unknown => (value as (...given: unknown[]) => unknown).apply(target, args);
          if (name === 'prepare') return mortal(act() as object);
          // Of a transaction only the last step matters: before it nothing is kept.
          const matters =
            name === 'exec' ? args[0] === 'COMMIT' : LASTING.has(name) && !(name === 'run' && database.isTransaction);
          if (taken < steps || args[0] === 'ROLLBACK') {
            if (matters) taken++;
            return act();
          }
          if (dead && name === 'all') return [];
          if (!matters) return act();
          dead = true;
          die();
          // SQLite is synchronous, so the dead one hears of it there; what waits for a folder waits for ever.
          if (name === 'run' || name === 'exec') throw new Error('This process is dead.');
          stuck++;
          return new Promise(() => {});
        };
      },
    });

  const db = mortal(database);
  const log = new SqliteEventLog(db);
  const store = new SqliteJobStore(db);
  const queue = new InProcessQueue(db, { concurrency: 1, onError: () => {} });
  const hub = new EventHub(log, { keepAliveMs: 10_000, maxAgeMs: 60_000 });
  const files = new LocalArtifactStore(join(folder, 'artifacts'));
  const artifacts = mortal(new Artifacts(files, new SqliteArtifactLedger(db)));
  const workspaces = mortal(new Workspaces(join(folder, 'workspaces')));
  const runner = new JobRunner({
    store,
    log,
    hub,
    artifacts,
    workspaces,
    stallAfterMs: 60_000,
    stageTimeoutMs: 60_000,
    logger: pino({ level: 'silent' }),
    pipelineFor: ({ simulation }) => createPipeline(createSimulatedStages(simulation!).map(withFile)),
    expectedSeconds: () => ({ Script: 1, TTS: 1, Visuals: 1, Composition: 1, Rendering: 1 }),
  });
  const jobs = new JobService({ store, log, queue, hub, artifacts, workspaces });
  return {
    log,
    store,
    queue,
    hub,
    jobs,
    work: () =>
      queue.process(async (jobId, signal) => {
        working++;
        await runner.run(jobId, signal).finally(() => working--);
      }),
    death,
    /** Resolves when nothing of it touches its folders any more. */
    quiet: () => eventually(() => working === 0 || stuck > 0),
    get steps() {
      return taken;
    },
  };
}

/** The last stage leaves a file, as a video would be. */
function withFile(stage: AnyStage): AnyStage {
  if (stage.name !== 'Rendering') return stage;
  return {
    ...stage,
    run: async (input: never, context) => {
      const output = await stage.run(input, context);
      await writeFile(join(context.folder, 'output.mp4'), 'a video');
      return { ...output, artifacts: [{ name: 'output.mp4', file: 'Rendering/output.mp4', type: 'video/mp4' }] };
    },
  };
}
