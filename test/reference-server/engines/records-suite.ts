/** Job records and the ledger of files. */
import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../reference-server/src/artifacts/artifact-ledger.ts';
import { parseJobRequest } from '../../../reference-server/src/jobs/job-request.ts';
import type { JobRecord } from '../../../reference-server/src/jobs/job-store.ts';
import type { Kind } from './harness.ts';
import { end, useEngine } from './opened.ts';

const { spec, simulation } = parseJobRequest({ preset: 'simulated', inputs: { events: 1 } });
const record = (id: string, ownerId = 'ann', createdAt = 1000): JobRecord => ({
  id,
  ownerId,
  correlationId: 'c',
  createdAt,
  spec,
  simulation,
  retryOf: null,
  attempt: 1,
});
const entry = (jobId: string, ownerId: string, madeAt: number, sizeBytes: number): LedgerEntry => ({
  jobId,
  ownerId,
  correlationId: 'c',
  madeAt,
  artifacts: [{ name: 'x.mp4', path: `/artifacts/${jobId}/x.mp4`, type: 'video/mp4', sizeBytes }],
});

export function testRecords(kind: Kind): void {
  describe('the job store', () => {
    const opened = useEngine(kind);

    test('keeps records over a restart', async () => {
      await opened.engine.store.create(record('job-1'), undefined);
      const { store } = await opened.crash();
      expect(await store.get('job-1')).toEqual(record('job-1'));
      expect(await store.get('job-2')).toBeUndefined();
    });

    test('finds the record of an idempotency key, for its owner alone, until it is removed', async () => {
      const { store } = opened.engine;
      const made = await Promise.all([1, 2, 3].map((n) => store.create(record(`job-${n}`), 'key')));
      expect(made.map(({ id }) => id)).toEqual(['job-1', 'job-1', 'job-1']);
      expect(await store.get('job-2')).toBeUndefined();
      expect(await store.getByKey('bob', 'key')).toBeUndefined();
      expect((await store.create(record('job-4', 'bob'), 'key')).id).toBe('job-4');
      expect(await store.getByKey('ann', 'key')).toEqual(made[0]);

      await store.remove('job-1');
      expect(await store.getByKey('ann', 'key')).toBeUndefined();
      expect((await store.create(record('job-5'), 'key')).id).toBe('job-5');
      expect((await store.create(record('job-6'), 'key')).id).toBe('job-5');
    });

    test('lists newest first, in pages that hold while jobs come and go', async () => {
      const { store } = opened.engine;
      // Some of the same millisecond, and owners whose names contain each other.
      for (let n = 0; n < 12; n++)
        await store.create(record(`job-${n}`, n % 3 ? 'ann' : 'ann:b', 1000 + (n >> 2)), undefined);
      const all = await store.list(undefined, { limit: 100 });
      expect(all.map(({ record: { id } }) => id)).toEqual(Array.from({ length: 12 }, (_, n) => `job-${11 - n}`));

      const first = await store.list('ann', { limit: 3 });
      await store.remove(first[2]!.record.id);
      await store.create(record('job-99', 'ann', 9999), undefined);
      const second = await store.list('ann', { after: first[2]!.position, limit: 3 });
      expect([...first, ...second].map(({ record: { id } }) => id)).toEqual([
        'job-11',
        'job-10',
        'job-8',
        'job-7',
        'job-5',
        'job-4',
      ]);
      expect((await store.list('ann:b', { limit: 10 })).map(({ record: { id } }) => id)).toEqual([
        'job-9',
        'job-6',
        'job-3',
        'job-0',
      ]);
      await expect(store.list('ann', { after: 'nonsense', limit: 1 })).rejects.toMatchObject({
        name: 'UnknownPositionError',
      });
    });

    test('remembers a cancel, of a job that is there', async () => {
      await opened.engine.store.create(record('job-1'), undefined);
      await opened.engine.store.requestCancel('job-1');
      await opened.engine.store.requestCancel('gone');
      const { store } = await opened.crash();
      expect([await store.isCancelRequested('job-1'), await store.isCancelRequested('gone')]).toEqual([true, false]);
      expect(await store.get('gone')).toBeUndefined();
    });

    test('remembers which jobs of whom shall rest, until they go on or are removed', async () => {
      const before = opened.engine.store;
      for (const [id, owner] of Object.entries({ 'job-1': 'ann', 'job-2': 'bob', 'job-3': 'ann', 'job-4': 'ann' }))
        await before.create(record(id, owner), undefined);
      for (const id of ['job-1', 'job-2', 'job-3', 'job-4']) await before.requestPause(id, true);
      const { store } = await opened.crash();
      expect((await store.pausedOf('ann')).toSorted()).toEqual(['job-1', 'job-3', 'job-4']);
      expect(await store.isPauseRequested('job-2')).toBe(true);
      await store.requestPause('job-1', false);
      await store.remove('job-3');
      expect(await store.pausedOf('ann')).toEqual(['job-4']);
      expect([await store.isPauseRequested('job-1'), await store.isPauseRequested('job-3')]).toEqual([false, false]);
      expect([await store.pausedOf('bob'), await store.pausedOf('nobody')]).toEqual([['job-2'], []]);
    });

    test('remembers who does the work of a job', async () => {
      const before = opened.engine.store;
      await before.create(record('job-1'), undefined);
      expect(await before.providerOf('job-1')).toBeUndefined();
      await before.setProvider('job-1', { stage: 'Script', name: 'First', canStop: true });
      await before.setProvider('job-1', { stage: 'TTS', name: 'Second', canStop: false });
      const { store } = await opened.crash();
      expect(await store.providerOf('job-1')).toEqual({ stage: 'TTS', name: 'Second', canStop: false });
      await store.remove('job-1');
      expect(await store.providerOf('job-1')).toBeUndefined();
    });
  });

  describe('the ledger of files', () => {
    const opened = useEngine(kind);

    test('knows what there is, whose it is, and how much', async () => {
      const { ledger } = opened.engine;
      await ledger.put(entry('job-1', 'ann', 1000, 10));
      await ledger.put(entry('job-2', 'ann', 2000, 20));
      await ledger.put(entry('job-3', 'bob', 3000, 40));
      expect(await ledger.get('job-1')).toEqual(entry('job-1', 'ann', 1000, 10));
      expect(await ledger.usageOf('ann')).toEqual({ bytes: 30, oldestAt: 1000 });
      expect(await ledger.usageOf('nobody')).toEqual({ bytes: 0, oldestAt: 0 });
      const jobsOf = async (owner: string | undefined, limit: number) =>
        (await ledger.recent(owner, limit)).map(({ jobId }) => jobId);
      expect(await jobsOf('ann', 10)).toEqual(['job-2', 'job-1']);
      expect(await jobsOf(undefined, 2)).toEqual(['job-3', 'job-2']);
      expect(await ledger.madeBefore(3000, 10)).toEqual(['job-1', 'job-2']);
      expect(await ledger.madeBefore(3000, 1)).toEqual(['job-1']);

      await ledger.put(entry('job-1', 'ann', 4000, 5));
      expect(await ledger.usageOf('ann')).toEqual({ bytes: 25, oldestAt: 2000 });
      await ledger.remove('job-2');
      await ledger.remove('job-2');
      expect(await ledger.usageOf('ann')).toEqual({ bytes: 5, oldestAt: 4000 });
      expect(await ledger.get('job-2')).toBeUndefined();
    });

    test('takes files that are empty, twice', async () => {
      const { ledger } = opened.engine;
      for (const madeAt of [1000, 2000]) await ledger.put(entry('job-1', 'ann', madeAt, 0));
      expect(await ledger.usageOf('ann')).toEqual({ bytes: 0, oldestAt: 2000 });
      await ledger.remove('job-1');
      expect(await ledger.usageOf('ann')).toEqual({ bytes: 0, oldestAt: 0 });
    });
  });

  test('records that are in no queue are found again', async () => {
    // A process that died at each step of a start.
    const storage = await kind.create();
    const engine = await storage.open();
    try {
      const { store, log, queue } = engine;
      for (const id of ['job-stored', 'job-queued', 'job-ended']) await store.create(record(id), undefined);
      await queue.enqueue('job-queued');
      await log.append('job-ended', [end()]);
      const found: string[] = [];
      for await (const { id } of store.unqueued()) if (!(await log.isSealed(id))) found.push(id);
      expect(found).toContain('job-stored');
      expect(found).not.toContain('job-ended');
    } finally {
      await engine.queue.close();
      await engine.close();
      await storage.close();
    }
  });
}
