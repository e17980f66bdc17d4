/** Jobs on an engine, in one process, so that each step can be stopped between. */
import { describe, expect, test } from 'vitest';
import { beginningEvents } from '../../../reference-server/src/jobs/job-endings.ts';
import { parseJobRequest } from '../../../reference-server/src/jobs/job-request.ts';
import { eventually } from '../../support/eventually.ts';
import { partsOn } from './harness.ts';
import type { Kind } from './harness.ts';
import { typesOf, useEngine } from './opened.ts';

const CALLER = { id: 'local' };
const request = (inputs: object) => parseJobRequest({ preset: 'simulated', inputs });
const details = (idempotencyKey?: string) => ({ correlationId: 'c', idempotencyKey });

export function testJobs(kind: Kind): void {
  const opened = useEngine(kind);
  const build = (options = {}) => partsOn(opened.engine, opened.folder, options);

  test('AC-13 a job runs from its beginning to one end', async () => {
    const { jobs, queue, runner, log } = build();
    queue.process(runner.run);
    const { jobId } = await jobs.create(request({ events: 20, eventsPerSecond: 0 }), CALLER, details());
    await eventually(() => log.isSealed(jobId));

    const types = await typesOf(log, jobId);
    expect(types.filter((type) => type === 'step-progress')).toHaveLength(20);
    expect(types.slice(-2)).toEqual(['job-status', 'job-completed']);
    expect(await jobs.get(jobId, CALLER)).toMatchObject({ status: 'Succeeded', percent: 100 });
  });

  test('AC-14 each stage is announced once, also when the first worker died as it began', async () => {
    const before = build();
    const { jobId } = await before.jobs.create(request({ events: 5, eventsPerSecond: 0 }), CALLER, details());
    const record = (await before.store.get(jobId))!;
    await before.log.append(jobId, beginningEvents(record, await before.hub.snapshot(jobId)));
    await opened.crash();
    const { runner, log } = build();
    await runner.run(jobId, new AbortController().signal);

    const logged = await log.read(jobId, { limit: 1000 });
    const stages = logged.flatMap(({ type, json }) =>
      type === 'step-status' ? [(JSON.parse(json) as { step: string }).step] : [],
    );
    expect(stages).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering']);
    expect(logged.at(-1)!.type).toBe('job-completed');
  });

  describe('cancel', () => {
    test('that was acknowledged before a crash holds after it', async () => {
      const before = build();
      const { jobId } = await before.jobs.create(request({ events: 100 }), CALLER, details());
      // The process dies when the wish is stored, before anything else was done about it.
      await before.store.requestCancel(jobId);

      await opened.crash();
      const after = build();
      await after.runner.run(jobId, new AbortController().signal);

      expect(await typesOf(after.log, jobId)).toEqual(['job-status', 'job-status', 'job-cancelled']);
      expect(await after.jobs.get(jobId, CALLER)).toMatchObject({ status: 'Canceled', percent: 0 });
    });

    test('of a waiting job cannot leave it waiting for ever', async () => {
      const { jobs, log, queue } = build();
      const { jobId } = await jobs.create(request({ events: 1 }), CALLER, details());
      const allow = await opened.storage.refuseWrites();
      await expect(jobs.cancel(jobId, CALLER)).rejects.toThrow();
      await allow();

      expect(await queue.position(jobId)).toBe(0);
      await jobs.cancel(jobId, CALLER);
      expect(await typesOf(log, jobId)).toEqual(['job-status', 'job-status', 'job-cancelled']);
      expect(await queue.position(jobId)).toBeNull();
    });

    test('AC-19 of a running job ends it as cancelled', async () => {
      const { jobs, log, queue, runner } = build();
      queue.process(runner.run);
      const { jobId } = await jobs.create(request({ events: 10_000, eventsPerSecond: 10 }), CALLER, details());
      await eventually(async () => (await jobs.get(jobId, CALLER)).status === 'Running');
      await jobs.cancel(jobId, CALLER);
      await eventually(() => log.isSealed(jobId));
      expect((await jobs.get(jobId, CALLER)).status).toBe('Canceled');
      expect((await typesOf(log, jobId)).slice(-2)).toEqual(['job-status', 'job-cancelled']);
    });
  });

  describe('a start that was interrupted', () => {
    test('is finished by the next process', async () => {
      const { store, jobs } = build();
      const { spec, simulation } = request({ events: 1 });
      const origin = { ownerId: 'local', correlationId: 'c', createdAt: 1, retryOf: null, attempt: 1 };
      await store.create({ id: 'job-1', spec, simulation, ...origin }, undefined);
      const held = await jobs.create(request({ hold: true }), CALLER, details());

      await opened.crash();
      const { log, queue, jobs: recovered } = build();
      await recovered.recover();
      await recovered.recover();

      expect(await typesOf(log, 'job-1')).toEqual(['job-status']);
      expect(await queue.position('job-1')).toBe(0);
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0 });
      expect(await typesOf(log, held.jobId)).toEqual(['job-status']);
      expect(await queue.position(held.jobId)).toBeNull();
    });

    test('two requests with one key at once make one job with one beginning', async () => {
      const { jobs, log } = build();
      const made = await Promise.all([1, 2, 3].map(() => jobs.create(request({ events: 1 }), CALLER, details('key'))));

      expect(new Set(made.map(({ jobId }) => jobId)).size).toBe(1);
      expect(await typesOf(log, made[0]!.jobId)).toEqual(['job-status']);
    });
  });

  test('of many requests at once no more are admitted than an owner may have', async () => {
    const { jobs, queue } = build({ queuedJobs: 4 });
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, () => jobs.create(request({ events: 1 }), CALLER, details())),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(8);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'RateLimited' });
    expect(await queue.countOf('local')).toBe(4);
  });

  test('a job that another process has deleted is gone for this one', async () => {
    const { jobs, store, log } = build();
    const { jobId } = await jobs.create(request({ events: 1 }), CALLER, details());
    await jobs.cancel(jobId, CALLER);
    expect((await jobs.get(jobId, CALLER)).status).toBe('Canceled');
    await store.remove(jobId);
    await log.remove(jobId);
    await expect(jobs.get(jobId, CALLER)).rejects.toMatchObject({ code: 'JobNotFound' });
  });
}
