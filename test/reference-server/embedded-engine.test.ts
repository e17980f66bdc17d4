/** The embedded engine and what stands directly on it, in one process, so that each step can be stopped between. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import { LocalArtifactStore } from '../../reference-server/src/artifacts/artifact-store.ts';
import { Artifacts } from '../../reference-server/src/artifacts/artifacts.ts';
import { inTransaction, openDatabase } from '../../reference-server/src/engines/embedded/database.ts';
import { InProcessQueue } from '../../reference-server/src/engines/embedded/in-process-queue.ts';
import { SqliteArtifactLedger } from '../../reference-server/src/engines/embedded/sqlite-artifact-ledger.ts';
import { SqliteEventLog } from '../../reference-server/src/engines/embedded/sqlite-event-log.ts';
import { SqliteJobStore } from '../../reference-server/src/engines/embedded/sqlite-job-store.ts';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import { parseJobRequest } from '../../reference-server/src/jobs/job-request.ts';
import { JobRunner } from '../../reference-server/src/jobs/job-runner.ts';
import type { JobRunnerOptions } from '../../reference-server/src/jobs/job-runner.ts';
import { JobService } from '../../reference-server/src/jobs/job-service.ts';
import { Workspaces } from '../../reference-server/src/jobs/workspaces.ts';
import { createPipeline } from '../../reference-server/src/pipeline/pipeline.ts';
import { providerFault } from '../../reference-server/src/pipeline/provider-fault.ts';
import { createSimulatedStages } from '../../reference-server/src/pipeline/simulated/simulated-stages.ts';
import type { StageContext, StageProvider } from '../../reference-server/src/pipeline/stage.ts';
import { withProviders } from '../../reference-server/src/pipeline/with-providers.ts';
import { eventually } from '../support/eventually.ts';

const CALLER = { id: 'local' };

let folder: string;
let database: DatabaseSync;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-engine-'));
  database = openDatabase(join(folder, 'aura.sqlite'));
});

afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

/** All parts on the open database, as a fresh process would build them. */
function build(
  pipelineFor: JobRunnerOptions['pipelineFor'] = ({ simulation }) => createPipeline(createSimulatedStages(simulation!)),
) {
  const log = new SqliteEventLog(database);
  const store = new SqliteJobStore(database);
  const queue = new InProcessQueue(database, { concurrency: 1, onError: () => {} });
  const hub = new EventHub(log, { keepAliveMs: 10_000, maxAgeMs: 60_000 });
  const files = new LocalArtifactStore(join(folder, 'artifacts'));
  const artifacts = new Artifacts(files, new SqliteArtifactLedger(database));
  const workspaces = new Workspaces(join(folder, 'workspaces'));
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
  return { log, store, queue, hub, runner, jobs: new JobService({ store, log, queue, hub, artifacts, workspaces }) };
}

const request = (inputs: object) => parseJobRequest({ preset: 'simulated', inputs });
const details = (idempotencyKey?: string) => ({ correlationId: 'c', idempotencyKey });
const warning = (message: string): JobEventDraft => ({
  type: 'warning',
  data: { message, step: 'Script', correlationId: 'c' },
});
const typesOf = async (log: SqliteEventLog, jobId: string) =>
  (await log.read(jobId, { limit: 1000 })).map(({ type }) => type);

describe('the event log', () => {
  test('AC-26 takes nothing after the terminal event, also in another process', async () => {
    const { log } = build();
    await log.append('a', [
      {
        type: 'job-cancelled',
        data: { status: 'Cancelled', jobId: 'a', stage: 'Script', message: '', correlationId: 'c' },
      },
    ]);

    await expect(log.append('a', [warning('late')])).rejects.toMatchObject({ name: 'LogSealedError' });
    await expect(build().log.append('a', [warning('later')])).rejects.toMatchObject({ name: 'LogSealedError' });
    expect(await typesOf(log, 'a')).toEqual(['job-cancelled']);
  });

  test('AC-24 of two ends at once the first one stands', async () => {
    const { log } = build();
    const end = (type: 'job-cancelled' | 'job-completed') =>
      log.append('a', [{ type, data: {} } as unknown as JobEventDraft]);

    const results = await Promise.allSettled([end('job-cancelled'), end('job-completed'), end('job-cancelled')]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await typesOf(log, 'a')).toEqual(['job-cancelled']);
  });

  test('AC-03 ids rise over all jobs and go on after a restart, even if the clock goes back', async () => {
    const { log } = build();
    const first = [
      ...(await log.append('a', [warning('1')])),
      ...(await log.append('b', [warning('2'), warning('3')])),
    ];
    inTransaction(database, () => database.exec('UPDATE clock SET ms = ms + 3600000'));
    const second = await build().log.append('a', [warning('4')]);

    const ids = [...first, ...second].map(({ id }) => id.split('-').map(Number) as [number, number]);
    for (let i = 1; i < ids.length; i++) {
      expect(ids[i]![0]).toBeGreaterThanOrEqual(ids[i - 1]![0]);
      expect(ids[i]![1]).toBeGreaterThan(ids[i - 1]![1]);
    }
  });

  test('a batch that cannot be written is refused as a whole, and the next one is written', async () => {
    const { log } = build();
    database.exec(
      `CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.json LIKE '%too much%' BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );

    const results = await Promise.allSettled([
      log.append('a', [warning('fine')]),
      log.append('b', [warning('too much')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);

    database.exec('DROP TRIGGER full');
    await log.append('a', [warning('again')]);
    expect(await typesOf(log, 'a')).toEqual(['warning']);
    expect(await typesOf(log, 'b')).toEqual([]);
  });
});

describe('cancel', () => {
  test('that was acknowledged before a crash holds after it', async () => {
    const before = build();
    const { jobId } = await before.jobs.create(request({ events: 100 }), CALLER, details());
    // The process dies when the wish is stored, before anything else was done about it.
    await before.store.requestCancel(jobId);

    const after = build();
    await after.runner.run(jobId, new AbortController().signal);

    expect(await typesOf(after.log, jobId)).toEqual(['job-status', 'job-status', 'job-cancelled']);
    expect(await after.jobs.get(jobId, CALLER)).toMatchObject({ status: 'Canceled', percent: 0 });
  });

  test('of a waiting job cannot leave it waiting for ever', async () => {
    const { jobs, log, queue, store } = build();
    const { jobId } = await jobs.create(request({ events: 1 }), CALLER, details());
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    await expect(jobs.cancel(jobId, CALLER)).rejects.toThrow('disk full');
    database.exec('DROP TRIGGER full');

    expect(await queue.position(jobId)).toBe(0);
    expect(await store.isCancelRequested(jobId)).toBe(true);
    await jobs.cancel(jobId, CALLER);
    expect(await typesOf(log, jobId)).toEqual(['job-status', 'job-status', 'job-cancelled']);
    expect(await queue.position(jobId)).toBeNull();
  });
});

describe('a start that was interrupted', () => {
  test('is finished by the next process', async () => {
    const { store, jobs } = build();
    const { spec, simulation } = request({ events: 1 });
    await store.create(
      { id: 'job-1', ownerId: 'local', correlationId: 'c', createdAt: 1, spec, simulation, retryOf: null, attempt: 1 },
      undefined,
    );
    await jobs.create(request({ hold: true }), CALLER, details());

    const { log, queue, jobs: recovered } = build();
    await recovered.recover();

    expect(await typesOf(log, 'job-1')).toEqual(['job-status']);
    expect(await queue.position('job-1')).toBe(0);
    const held = (await recovered.list(CALLER, { limit: 10 })).jobs.find(({ jobId }) => jobId !== 'job-1')!;
    expect(await queue.position(held.jobId)).toBeNull();
  });

  test('two requests with one key at once make one job with one beginning', async () => {
    const { jobs, log } = build();
    const made = await Promise.all([1, 2, 3].map(() => jobs.create(request({ events: 1 }), CALLER, details('key'))));

    expect(new Set(made.map(({ jobId }) => jobId)).size).toBe(1);
    expect(await typesOf(log, made[0]!.jobId)).toEqual(['job-status']);
  });
});

test(
  'a job whose row in the queue cannot be deleted is handed out again, and ends nobody',
  { timeout: 30_000 },
  async () => {
    const { jobs, queue } = build();
    await jobs.create(request({ events: 1 }), CALLER, details());
    database.exec(`CREATE TRIGGER full BEFORE DELETE ON queue BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    let handed = 0;
    queue.process(async () => {
      if (++handed > 1) database.exec('DROP TRIGGER full');
    });

    await eventually(async () => (await queue.depth()).running + (await queue.depth()).waiting === 0);
    expect(handed).toBe(2);
  },
);

test('a second process on the same file is refused with a reason', () => {
  expect(() => openDatabase(join(folder, 'aura.sqlite'), { busyTimeoutMs: 10 })).toThrow(/Another server is using/);
});

describe('the answer to a cancel names who works at the moment', () => {
  type Work = (context: StageContext) => Promise<never>;
  const gives = (name: string, work: Work, canStop = true): StageProvider & { work: Work } => ({ name, work, canStop });
  const untilAborted: Work = ({ signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const failing = gives('First', () =>
    Promise.reject(providerFault('ProviderKeyInvalid', 'It does not take the key.')),
  );

  test.each([
    ['the first', [gives('First', untilAborted)], 'First', true],
    ['the one who took over', [failing, gives('Second', untilAborted)], 'Second', true],
    ['one who cannot stop', [failing, gives('Third', untilAborted, false)], 'Third', false],
  ] as const)('%s', async (_who, [first, ...others], providerName, canStop) => {
    const stage = withProviders([first, ...others], ({ work }) => ({
      name: 'Script' as const,
      run: (_input: never, context) => work(context),
    }));
    const { jobs, queue, runner, log } = build(() => createPipeline([stage]));
    const { jobId } = await jobs.create(request({ events: 10, eventsPerSecond: 10 }), CALLER, details());
    queue.process(runner.run);
    const wanted = others.length > 0 ? 'warning' : 'step-status';
    await eventually(async () => (await typesOf(log, jobId)).includes(wanted));

    const { providerStatuses } = await jobs.cancel(jobId, CALLER);
    expect(providerStatuses).toEqual([
      {
        providerName,
        providerType: 'Script',
        supportsCancellation: canStop,
        status: canStop ? 'CancellationRequested' : 'NotSupported',
        warning: canStop ? null : expect.stringContaining('cannot be stopped'),
      },
    ]);
    await queue.close();
  });

  test('nobody, once the job rests', async () => {
    const stage = withProviders([gives('First', untilAborted)], ({ work }) => ({
      name: 'Script' as const,
      run: (_input: never, context) => work(context),
    }));
    const { jobs, queue, runner, hub } = build(() => createPipeline([stage]));
    const { jobId } = await jobs.create(request({ events: 10, eventsPerSecond: 10 }), CALLER, details());
    queue.process(runner.run);
    await eventually(async () => (await hub.snapshot(jobId)).status === 'Running');
    await jobs.pause(jobId, CALLER);
    await eventually(async () => (await hub.snapshot(jobId)).status === 'Paused');

    expect(await jobs.cancel(jobId, CALLER)).toEqual({ status: 'Paused', providerStatuses: [] });
    await queue.close();
  });
});
