/** What is to be told of jobs' ends, kept until it is told. */
import { describe, expect, test } from 'vitest';
import type { Kind } from './harness.ts';
import { useEngine } from './opened.ts';

export function testOutbox(kind: Kind): void {
  describe('the outbox', () => {
    const opened = useEngine(kind);

    test('two who share it never take the same; what a dead one took comes back', async () => {
      const { outbox } = opened.engine;
      for (const job of ['a', 'b', 'c']) await outbox.add(job, ['webhook', 'push']);
      await outbox.add('a', ['webhook']);
      expect((await outbox.awaited()).sort()).toEqual(['a', 'b', 'c']);
      expect(await outbox.claim({ now: 1e15, again: 2e15, limit: 9 })).toEqual([]);
      for (const [job, at] of [
        ['b', 100],
        ['a', 200],
        ['b', 300],
      ] as const)
        await outbox.release(job, at);
      expect([await outbox.awaited(), await outbox.depth(), await outbox.nextDueAt()]).toEqual([['c'], 4, 100]);

      const first = await outbox.claim({ now: 150, again: 1000, limit: 9 });
      const second = await outbox.claim({ now: 250, again: 1000, limit: 1 });
      const third = await outbox.claim({ now: 250, again: 1000, limit: 9 });
      expect(first.map(({ jobId, attempt }) => [jobId, attempt])).toEqual([
        ['b', 1],
        ['b', 1],
      ]);
      expect([...second, ...third].map(({ jobId }) => jobId)).toEqual(['a', 'a']);
      expect(await outbox.claim({ now: 999, again: 2000, limit: 9 })).toEqual([]);
      await outbox.done(first[0]!);
      await outbox.postpone(first[1]!, 5000);
      expect((await outbox.claim({ now: 1000, again: 2000, limit: 9 })).map(({ attempt }) => attempt)).toEqual([2, 2]);
      await outbox.remove('a');
      expect([await outbox.depth(), await outbox.nextDueAt()]).toEqual([1, 5000]);
    });

    test('keeps what waits, what is due and what was tried over a crash', async () => {
      const before = opened.engine.outbox;
      expect([await before.awaited(), await before.depth(), await before.nextDueAt()]).toEqual([[], 0, undefined]);
      await before.add('waits', ['webhook']);
      await before.add('is-due', ['push']);
      await before.release('is-due', 100);
      await before.claim({ now: 100, again: 200, limit: 1 });

      const { outbox } = await opened.crash();
      expect([await outbox.awaited(), await outbox.depth(), await outbox.nextDueAt()]).toEqual([['waits'], 1, 200]);
      expect(await outbox.claim({ now: 200, again: 300, limit: 9 })).toEqual([
        { jobId: 'is-due', channel: 'push', attempt: 2 },
      ]);
    });

    test('what was told or taken away does not come back', async () => {
      const { outbox } = opened.engine;
      for (const job of ['told', 'gone']) {
        await outbox.add(job, ['webhook']);
        await outbox.release(job, 100);
      }
      const taken = await outbox.claim({ now: 100, again: 200, limit: 9 });
      await outbox.remove('gone');
      for (const delivery of taken) await outbox.postpone(delivery, 300);
      expect(await outbox.depth()).toBe(1);
      for (const delivery of taken) await outbox.done(delivery);
      for (const delivery of taken) await outbox.postpone(delivery, 300);
      for (const job of ['told', 'gone']) await outbox.release(job, 300);
      expect([await outbox.awaited(), await outbox.depth(), await outbox.nextDueAt()]).toEqual([[], 0, undefined]);
    });

    test('two who take at once share what is due', async () => {
      const { outbox } = opened.engine;
      const jobIds = Array.from({ length: 20 }, (_, n) => `job-${n}`);
      for (const jobId of jobIds) {
        await outbox.add(jobId, ['webhook']);
        await outbox.release(jobId, 100);
      }
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => outbox.claim({ now: 100, again: 200, limit: 4 })),
      );
      const taken = claims.flat().map(({ jobId }) => jobId);
      expect(taken.toSorted()).toEqual(jobIds.toSorted());
    });
  });
}
