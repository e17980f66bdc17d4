/** The queue: each job is handed out until its handler has returned, to one handler at a time. */
import { describe, expect, test } from 'vitest';
import { parseJobRequest } from '../../../reference-server/src/jobs/job-request.ts';
import { eventually } from '../../support/eventually.ts';
import type { Kind } from './harness.ts';
import { end, useEngine } from './opened.ts';

/** A handler whose calls wait until they are told to go on, or are stopped. */
function puppet() {
  const calls: { jobId: string; why: string | undefined; finish(): void }[] = [];
  let [running, most] = [0, 0];
  return {
    calls,
    get jobIds() {
      return calls.map(({ jobId }) => jobId);
    },
    /** Most that ran at once. */
    get most() {
      return most;
    },
    handler: async (jobId: string, signal: AbortSignal) => {
      most = Math.max(most, ++running);
      const call = { jobId, why: undefined as string | undefined, finish: () => {} };
      calls.push(call);
      await new Promise<void>((resolve) => {
        call.finish = resolve;
        const stopped = (): void => {
          call.why = (signal.reason as { why: string }).why;
          resolve();
        };
        if (signal.aborted) stopped();
        else signal.addEventListener('abort', stopped);
      });
      running--;
    },
  };
}

export function testQueue(kind: Kind): void {
  describe('the queue', () => {
    const opened = useEngine(kind);

    test('hands out in order, so many at once, each once', async () => {
      const { queue } = opened.engine;
      for (let n = 0; n < 5; n++) await queue.enqueue(`job-${n}`);
      await queue.enqueue('job-3');
      expect(await Promise.all([0, 3, 4].map((n) => queue.position(`job-${n}`)))).toEqual([0, 3, 4]);
      expect(await queue.depth()).toEqual({ waiting: 5, running: 0 });

      const puppets = puppet();
      queue.process(puppets.handler);
      await eventually(() => puppets.calls.length === 2);
      expect(await queue.depth()).toEqual({ waiting: 3, running: 2 });
      expect(await Promise.all([0, 2, 4].map((n) => queue.position(`job-${n}`)))).toEqual([null, 0, 2]);
      for (let n = 0; n < 5; n++) {
        await eventually(() => puppets.calls.length > n);
        puppets.calls[n]!.finish();
      }
      await eventually(async () => (await queue.depth()).running === 0);
      expect(puppets.jobIds.sort()).toEqual(['job-0', 'job-1', 'job-2', 'job-3', 'job-4']);
      expect(puppets.most).toBe(2);
      expect(await queue.position('unknown')).toBeNull();
    });

    test('AC-20 a waiting job can be taken out, and is not handed out', async () => {
      const { queue } = opened.engine;
      for (const jobId of ['job-0', 'job-1', 'job-2']) await queue.enqueue(jobId);
      for (const jobId of ['job-1', 'job-1', 'unknown']) await queue.remove(jobId);
      const puppets = puppet();
      queue.process(puppets.handler);
      await eventually(() => puppets.calls.length === 2);
      expect(puppets.jobIds).toEqual(['job-0', 'job-2']);
      // One that runs stays with its worker.
      await queue.remove('job-0');
      expect((await queue.depth()).running).toBe(2);
      for (const { finish } of puppets.calls) finish();
      await eventually(async () => (await queue.depth()).running === 0);
    });

    test('AC-19 a running job is stopped, and no other', async () => {
      const { queue } = opened.engine;
      const puppets = puppet();
      queue.process(puppets.handler);
      for (const jobId of ['job-0', 'job-1']) await queue.enqueue(jobId);
      await eventually(() => puppets.calls.length === 2);
      await queue.stop('job-1', 'cancel');
      await queue.stop('unknown', 'cancel');
      await eventually(() => puppets.calls.some(({ why }) => why));
      expect(puppets.calls.map(({ why }) => why)).toEqual([undefined, 'cancel']);
      await eventually(async () => (await queue.depth()).running === 1);
      expect(puppets.calls[0]!.why).toBeUndefined();
      // It has ended, so it is not handed out again.
      await queue.enqueue('job-2');
      await eventually(() => puppets.calls.length === 3);
      expect(puppets.jobIds).toEqual(['job-0', 'job-1', 'job-2']);
      await queue.stop('job-0', 'pause');
      await eventually(() => puppets.calls[0]!.why);
      expect(puppets.calls[0]!.why).toBe('pause');
    });

    test('a job that is asked for while it runs stays with its worker, and is done with when it has ended', async () => {
      const { queue, log } = opened.engine;
      const puppets = puppet();
      queue.process(puppets.handler);
      await queue.enqueue('job-0');
      await eventually(() => puppets.calls.length === 1);
      await queue.enqueue('job-0');
      expect([await queue.position('job-0'), await queue.depth()]).toEqual([null, { waiting: 0, running: 1 }]);
      await log.append('job-0', [end()]);
      puppets.calls[0]!.finish();
      await queue.enqueue('job-1');
      await eventually(() => puppets.calls.length === 2);
      await eventually(async () => (await queue.depth()).running === 1);
      expect([puppets.jobIds, (await queue.depth()).waiting]).toEqual([['job-0', 'job-1'], 0]);
    });

    test('AC-63 a shutdown puts jobs down, and the next process goes on with them', async () => {
      const puppets = puppet();
      opened.engine.queue.process(puppets.handler);
      for (const jobId of ['job-0', 'job-1', 'job-2']) await opened.engine.queue.enqueue(jobId);
      await eventually(() => puppets.calls.length === 2);
      await opened.engine.queue.close();
      expect(puppets.calls.map(({ why }) => why)).toEqual(['shutdown', 'shutdown']);

      const { queue } = await opened.crash();
      const next = puppet();
      queue.process(next.handler);
      for (let n = 0; n < 3; n++) {
        await eventually(() => next.calls.length > n);
        next.calls[n]!.finish();
      }
      expect(next.jobIds.sort()).toEqual(['job-0', 'job-1', 'job-2']);
    });

    test('a handler that threw gets its job again', async () => {
      const { queue } = opened.engine;
      let calls = 0;
      queue.process(async () => {
        if (++calls === 1) throw new Error('the disk is full, perhaps');
      });
      await queue.enqueue('job-0');
      await eventually(() => calls === 2);
      await eventually(async () => (await queue.depth()).running === 0);
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    test('counts the jobs of an owner that wait or run', async () => {
      const { queue, store, log } = opened.engine;
      const { spec, simulation } = parseJobRequest({ preset: 'simulated', inputs: {} });
      for (const [id, ownerId] of [
        ['job-0', 'ann'],
        ['job-1', 'ann'],
        ['job-2', 'bob'],
        ['job-3', 'ann'],
      ] as const) {
        const origin = { correlationId: 'c', createdAt: 1, retryOf: null, attempt: 1 };
        await store.create({ id, ownerId, spec, simulation, ...origin }, undefined);
        if (id !== 'job-3') await queue.enqueue(id);
      }
      const counts = () => Promise.all(['ann', 'bob', 'nobody'].map((owner) => queue.countOf(owner)));
      expect(await counts()).toEqual([2, 1, 0]);
      const puppets = puppet();
      queue.process(puppets.handler);
      await eventually(() => puppets.calls.length === 2);
      expect(await counts()).toEqual([2, 1, 0]);
      for (const { jobId, finish } of puppets.calls.slice(0, 2)) {
        await log.append(jobId, [end()]);
        finish();
      }
      await eventually(async () => String(await counts()) === '0,1,0');
    });
  });
}
