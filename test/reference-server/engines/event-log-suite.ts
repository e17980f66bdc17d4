/** The event log: ordered, durable, replayable, and closed by the terminal event. */
import { describe, expect, test } from 'vitest';
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import type { LoggedEvent } from '../../../reference-server/src/events/event-log.ts';
import { storageFault } from '../../../reference-server/src/jobs/storage-fault.ts';
import type { Kind } from './harness.ts';
import { end, typesOf, useEngine, warning } from './opened.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => warning(String(n)));
const messagesOf = (events: readonly LoggedEvent[]) =>
  events.map(({ json }) => (JSON.parse(json) as { message: string }).message);

export function testEventLog(kind: Kind): void {
  describe('the event log', () => {
    const opened = useEngine(kind);

    test('AC-26 takes nothing after the terminal event, also in the next process', async () => {
      await opened.engine.log.append('a', [end()]);

      await expect(opened.engine.log.append('a', [warning('late')])).rejects.toMatchObject({ name: 'LogSealedError' });
      const { log } = await opened.crash();
      await expect(log.append('a', [warning('later')])).rejects.toMatchObject({ name: 'LogSealedError' });
      expect(await typesOf(log, 'a')).toEqual(['job-cancelled']);
      expect([await log.isSealed('a'), await log.isSealed('b')]).toEqual([true, false]);
    });

    test('AC-24 of several ends at once the first one stands', async () => {
      const { log } = opened.engine;
      const ends = (['job-cancelled', 'job-completed', 'job-failed'] as const).map((type) =>
        log.append('a', [end(type)]),
      );
      const results = await Promise.allSettled(ends);

      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(await typesOf(log, 'a')).toEqual(['job-cancelled']);
    });

    test('AC-03 ids rise over all jobs and go on after a restart, even if the clock goes back', async () => {
      const { log } = opened.engine;
      const first = [
        ...(await log.append('a', [warning('1')])),
        ...(await log.append('b', [warning('2'), warning('3')])),
      ];
      const next = await opened.crash(() => opened.storage.moveClock());
      const second = await next.log.append('a', [warning('4')]);
      const third = await next.log.append('b', [warning('5')]);

      const ids = [...first, ...second, ...third].map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort(compareEventIds));
    });

    test('a first event is the first or none', async () => {
      const { log } = opened.engine;
      const begin = () => log.append('a', [warning('begun')], { first: true });
      const begun = await Promise.all([begin(), begin(), begin()]);

      expect(begun.map(({ length }) => length)).toEqual([1, 0, 0]);
      expect(await begin()).toEqual([]);
      expect(await typesOf(log, 'a')).toEqual(['warning']);
    });

    test('what is refused is refused as a whole, said to be the storage’s trouble, and the next is taken', async () => {
      const { log } = opened.engine;
      await log.append('a', [warning('before')]);
      const allow = await opened.storage.refuseWrites();
      const refused = log.append('a', many(3));
      await expect(refused).rejects.toThrow();
      await refused.catch((error: unknown) => expect(storageFault(error)?.code).toBe('ServiceUnavailable'));
      await expect(log.check()).rejects.toThrow();
      await allow();

      await log.check();
      await log.append('a', [warning('after')]);
      expect(messagesOf(await log.read('a', { limit: 10 }))).toEqual(['before', 'after']);
    });

    test('AC-05 is read in pages, after any of its ids', async () => {
      const { log } = opened.engine;
      await log.append('b', many(3));
      const logged = await log.append('a', many(25));
      expect(await log.read('a', { limit: 10 })).toEqual(logged.slice(0, 10));
      expect(await log.read('a', { after: logged[9]!.id, limit: 10 })).toEqual(logged.slice(10, 20));
      expect(await log.read('a', { after: logged[24]!.id, limit: 10 })).toEqual([]);
      expect(await log.read('unknown', { limit: 10 })).toEqual([]);
      expect(JSON.parse(logged[0]!.json)).toEqual({ message: '0', step: 'Script', correlationId: 'c', jobId: 'a' });
    });

    test('AC-08 knows which ids are its own', async () => {
      const { log } = opened.engine;
      const [other] = await log.append('b', [warning('1')]);
      const [own] = await log.append('a', [warning('2')]);
      expect(await log.has('a', own!.id)).toBe(true);
      for (const id of [other!.id, '1-1', 'nonsense', '', '9'.repeat(40)]) expect(await log.has('a', id)).toBe(false);
    });

    test('knows the id that was given out last, also when its job is gone and in the next process', async () => {
      const { log } = opened.engine;
      expect(await log.newestId()).toBe('0-0');
      await log.append('b', [warning('1')]);
      const last = (await log.append('a', [warning('2'), end()])).at(-1)!;
      expect(await log.newestId()).toBe(last.id);
      await log.remove('a');
      expect(await log.newestId()).toBe(last.id);
      expect(await (await opened.crash()).log.newestId()).toBe(last.id);
    });

    test('followers get each later event of their job once and in order, however many come at once', async () => {
      const { log } = opened.engine;
      await log.append('a', [warning('early')]);
      await log.caughtUp();
      const got: LoggedEvent[] = [];
      const unfollow = log.follow('a', (events) => void got.push(...events));
      const logged = await Promise.all(
        Array.from({ length: 200 }, (_, n) => log.append(n % 2 ? 'b' : 'a', [warning(`${n}`), warning(`${n}+`)])),
      );
      await log.caughtUp();
      expect(got).toEqual(logged.filter((_, n) => n % 2 === 0).flat());

      unfollow();
      await log.append('a', [warning('unheard')]);
      await log.caughtUp();
      expect(got).toHaveLength(200);
    });

    test('AC-60 ended jobs are found by their age, and forgotten', async () => {
      const { log } = opened.engine;
      await log.append('running', [warning('1')]);
      for (const jobId of ['a', 'b', 'c']) await log.append(jobId, [warning('1'), end()]);
      expect(await log.endedBefore(Date.now() - 60_000, 10)).toEqual([]);
      expect(await log.endedBefore(Date.now() + 60_000, 10)).toEqual(['a', 'b', 'c']);
      expect(await log.endedBefore(Date.now() + 60_000, 2)).toEqual(['a', 'b']);

      await log.remove('a');
      expect(await log.read('a', { limit: 10 })).toEqual([]);
      expect(await log.endedBefore(Date.now() + 60_000, 10)).toEqual(['b', 'c']);
    });
  });
}
