/** AC-26: when a job has ended, whatever in the server still tries to change it is refused and logged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { LocalArtifactStore } from '../../reference-server/src/artifacts/local-artifact-store.ts';
import { Artifacts } from '../../reference-server/src/artifacts/artifacts.ts';
import { openEmbeddedEngine } from '../../reference-server/src/engines/embedded/embedded-engine.ts';
import type { Engine } from '../../reference-server/src/engines/engine.ts';
import { LOCAL } from '../../reference-server/src/jobs/caller.ts';
import { JobCanceller } from '../../reference-server/src/jobs/job-canceller.ts';
import { endOfJob } from '../../reference-server/src/jobs/job-endings.ts';
import { JobPauser } from '../../reference-server/src/jobs/job-pauser.ts';
import { parseJobRequest } from '../../reference-server/src/jobs/job-request.ts';
import { Workspaces } from '../../reference-server/src/jobs/workspaces.ts';
import { MeteredEventLog } from '../../reference-server/src/metrics/metered-event-log.ts';
import { ServerMetrics } from '../../reference-server/src/metrics/server-metrics.ts';
import { createPipeline } from '../../reference-server/src/pipeline/pipeline.ts';
import { createSimulatedStages } from '../../reference-server/src/pipeline/simulated/simulated-stages.ts';
import type { StageContext } from '../../reference-server/src/pipeline/stage.ts';
import { partsOn } from './engines/harness.ts';
import { typesOf } from './engines/opened.ts';

const END = /^job-(completed|failed|cancelled)$/;

type Late = (context: StageContext) => Promise<unknown>;

let [folder, engine, metrics] = ['', {} as Engine, {} as ServerMetrics];
let logged: Record<string, unknown>[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-late-'));
  const raw = openEmbeddedEngine({ dataDir: folder, concurrency: 1, onError: () => {} });
  metrics = new ServerMetrics();
  logged = [];
  const logger = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) });
  // As `create-server.ts` puts them together.
  engine = { ...raw, log: new MeteredEventLog(raw.log, metrics, logger) };
});

afterEach(async () => {
  await engine.queue.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** A job whose script stage does this; it was ended, in one of three ways, when the stage began. */
function jobThat(late: Late, ending: keyof typeof endOfJob) {
  const parts = partsOn(engine, folder, {
    pipelineFor: ({ id, simulation }) =>
      createPipeline(
        createSimulatedStages(simulation!).map((stage) => ({
          ...stage,
          async run(_input: unknown, context: StageContext) {
            await endBehindItsBack(id);
            return late(context);
          },
        })) as never,
      ),
  });
  async function endBehindItsBack(id: string): Promise<void> {
    if (await parts.log.isSealed(id)) return;
    const [record, now] = [(await parts.store.get(id))!, await parts.hub.snapshot(id)];
    const error = { code: 'UnknownError', message: '', remediation: '' };
    const events: Record<keyof typeof endOfJob, () => JobEventDraft[]> = {
      completed: () => endOfJob.completed(record, [], 1),
      failed: () => endOfJob.failed(record, now, error),
      canceled: () => endOfJob.canceled(record, now),
    };
    await parts.log.append(id, events[ending]());
  }
  return parts;
}

const start = async ({ jobs }: Pick<ReturnType<typeof partsOn>, 'jobs'>): Promise<string> => {
  const request = parseJobRequest({ preset: 'simulated', inputs: { events: 5, eventsPerSecond: 0 } });
  return (await jobs.create(request, LOCAL, { correlationId: 'trace-1', idempotencyKey: undefined })).jobId;
};

async function expectRefused(jobId: string, types: unknown): Promise<void> {
  expect(logged).toEqual([
    expect.objectContaining({
      level: 40,
      jobId,
      correlationId: 'trace-1',
      types,
      msg: expect.stringContaining('refused'),
    }),
  ]);
  expect(await metrics.text()).toMatch(/^aura_updates_refused_total 1$/m);
}

const LATE: [string, Late, string[]][] = [
  ['progress', (context) => context.report({ item: 1, of: 2, message: 'Still here' }), ['step-progress']],
  ['a success', async () => ({}), ['step-status']],
  [
    'a failure',
    async () => {
      throw new Error('too late');
    },
    ['job-status', 'job-failed'],
  ],
];

describe.each(['completed', 'failed', 'canceled'] as const)('a job that is %s', (ending) => {
  test.each(LATE)('takes no %s of a run that did not hear of it', async (_what, late, types) => {
    const parts = jobThat(late, ending);
    const jobId = await start(parts);
    await parts.runner.run(jobId, new AbortController().signal);

    const log = await typesOf(engine.log, jobId);
    expect(log.filter((type) => END.test(type))).toEqual([log.at(-1)]);
    await expectRefused(jobId, types);
  });
});

test.each([
  ['cancel', undefined, ['job-status', 'job-cancelled']],
  ['pause', { code: 'NotPausable' }, ['job-status']],
] as const)('a %s that has seen the job run comes too late', async (_what, refusal, types) => {
  const parts = partsOn(engine, folder);
  const jobId = await start(parts);
  const [record, before] = [(await engine.store.get(jobId))!, await parts.hub.snapshot(jobId)];
  const running = { ...before, status: 'Running' as const };
  await engine.log.append(jobId, endOfJob.completed(record, [], 1));
  const log = await engine.log.read(jobId, { limit: 100 });
  const artifacts = new Artifacts(new LocalArtifactStore(join(folder, 'artifacts')), engine.ledger);
  const workspaces = new Workspaces(join(folder, 'workspaces'));

  if (refusal) await expect(new JobPauser(engine).pause(record, running)).rejects.toMatchObject(refusal);
  else await new JobCanceller({ ...engine, artifacts, workspaces }).cancel(record, running);

  expect(await engine.log.read(jobId, { limit: 100 })).toEqual(log);
  await expectRefused(jobId, types);
});
