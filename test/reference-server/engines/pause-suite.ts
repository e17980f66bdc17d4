/** Pause, resume and who is at work, on an engine. */
import { describe, expect, test } from 'vitest';
import { parseJobRequest } from '../../../reference-server/src/jobs/job-request.ts';
import { createPipeline } from '../../../reference-server/src/pipeline/pipeline.ts';
import { providerFault } from '../../../reference-server/src/pipeline/provider-fault.ts';
import type { StageContext, StageProvider } from '../../../reference-server/src/pipeline/stage.ts';
import { withProviders } from '../../../reference-server/src/pipeline/with-providers.ts';
import { eventually } from '../../support/eventually.ts';
import { partsOn } from './harness.ts';
import type { Kind } from './harness.ts';
import { typesOf, useEngine } from './opened.ts';

const CALLER = { id: 'local' };
const LONG = { events: 10_000, eventsPerSecond: 100 };
const request = (inputs: object) => parseJobRequest({ preset: 'simulated', inputs });
const details = () => ({ correlationId: 'c', idempotencyKey: undefined });

export function testPauses(kind: Kind): void {
  const opened = useEngine(kind);
  const build = (options = {}) => partsOn(opened.engine, opened.folder, options);
  type Parts = ReturnType<typeof build>;
  const reaches = ({ hub }: Parts, jobId: string, status: string) =>
    eventually(async () => (await hub.snapshot(jobId)).status === status);
  async function paused(parts: Parts): Promise<string> {
    const { jobId } = await parts.jobs.create(request(LONG), CALLER, details());
    await reaches(parts, jobId, 'Running');
    await parts.jobs.pause(jobId, CALLER);
    await reaches(parts, jobId, 'Paused');
    return jobId;
  }
  const statusesOf = async ({ log }: Parts, jobId: string) =>
    (await log.read(jobId, { limit: 10_000 })).flatMap(({ type, json }) =>
      type === 'job-status' ? [(JSON.parse(json) as { status: string }).status] : [],
    );

  describe('a job that rests', () => {
    test('is in no queue, counts among the owner’s jobs once, and goes on', async () => {
      const parts = build({ queuedJobs: 2 });
      const { jobs, queue, runner } = parts;
      queue.process(runner.run);
      const jobId = await paused(parts);
      await eventually(async () => (await queue.countOf('local')) === 0);
      expect([await queue.position(jobId), await queue.depth()]).toEqual([null, { waiting: 0, running: 0 }]);
      await jobs.create(request({ hold: true }), CALLER, details());
      const other = await jobs.create(request(LONG), CALLER, details());
      await expect(jobs.create(request(LONG), CALLER, details())).rejects.toMatchObject({ code: 'RateLimited' });

      await jobs.resume(jobId, CALLER);
      await reaches(parts, jobId, 'Running');
      expect(await queue.countOf('local')).toBe(2);
      expect(await statusesOf(parts, jobId)).toEqual(['Queued', 'Running', 'Paused', 'Running']);
      for (const id of [jobId, other.jobId]) await jobs.cancel(id, CALLER);
      await reaches(parts, jobId, 'Canceled');
    });

    test('also rests when its process died before it could, and goes on in the next one', async () => {
      const before = build();
      const { jobId } = await before.jobs.create(request({ events: 5, eventsPerSecond: 0 }), CALLER, details());
      await before.log.append(jobId, [
        { type: 'job-status', data: { status: 'Running', stage: 'Script', percent: 0, correlationId: 'c' } },
      ]);
      await before.store.requestPause(jobId, true);

      await opened.crash();
      const after = build();
      after.queue.process(after.runner.run);
      await reaches(after, jobId, 'Paused');
      await after.jobs.resume(jobId, CALLER);
      await reaches(after, jobId, 'Succeeded');
      expect(await statusesOf(after, jobId)).toEqual(['Queued', 'Running', 'Paused', 'Running', 'Succeeded']);
    });

    test('ends when it is cancelled, and so does one that waits to go on', async () => {
      const parts = build();
      parts.queue.process(parts.runner.run);
      const [resting, resumed] = [await paused(parts), await paused(parts)];
      for (let n = 0; n < 2; n++) {
        const { jobId } = await parts.jobs.create(request(LONG), CALLER, details());
        await reaches(parts, jobId, 'Running');
      }
      await parts.jobs.resume(resumed, CALLER);
      expect(await parts.queue.position(resumed)).toBe(0);
      for (const jobId of [resting, resumed]) {
        await parts.jobs.cancel(jobId, CALLER);
        await reaches(parts, jobId, 'Canceled');
        expect((await typesOf(parts.log, jobId)).at(-1)).toBe('job-cancelled');
        expect(await parts.queue.position(jobId)).toBeNull();
      }
    });

    test('rests again when it has not got its turn yet, without a word', async () => {
      const parts = build();
      parts.queue.process(parts.runner.run);
      const jobId = await paused(parts);
      const others: string[] = [];
      for (let n = 0; n < 2; n++) {
        others.push((await parts.jobs.create(request(LONG), CALLER, details())).jobId);
        await reaches(parts, others[n]!, 'Running');
      }
      await parts.jobs.resume(jobId, CALLER);
      await parts.jobs.pause(jobId, CALLER);
      expect([await parts.queue.position(jobId), await parts.queue.countOf('local')]).toEqual([null, 2]);
      expect(await statusesOf(parts, jobId)).toEqual(['Queued', 'Running', 'Paused']);
    });
  });

  describe('the answer to a cancel names who works at the moment', () => {
    type Work = (context: StageContext) => Promise<never>;
    const gives = (name: string, work: Work, canStop = true): StageProvider & { work: Work } => ({
      name,
      work,
      canStop,
    });
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
      const { jobs, queue, runner, store } = build({ pipelineFor: () => createPipeline([stage]) });
      const { jobId } = await jobs.create(request({ events: 10, eventsPerSecond: 10 }), CALLER, details());
      queue.process(runner.run);
      // A stage is announced before somebody is at work on it.
      await eventually(async () => (await store.providerOf(jobId))?.name === providerName);

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
      const { jobs, queue, runner, hub } = build({ pipelineFor: () => createPipeline([stage]) });
      const { jobId } = await jobs.create(request({ events: 10, eventsPerSecond: 10 }), CALLER, details());
      queue.process(runner.run);
      await eventually(async () => (await hub.snapshot(jobId)).status === 'Running');
      await jobs.pause(jobId, CALLER);
      await eventually(async () => (await hub.snapshot(jobId)).status === 'Paused');

      expect(await jobs.cancel(jobId, CALLER)).toEqual({ status: 'Paused', providerStatuses: [] });
      await queue.close();
    });
  });
}
