/** Lists of jobs in pages, by status and by id. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import type { Answer } from '../support/api.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { cancel, finished, logOf, simulate } from './simulated-jobs.ts';

let server: TestServer;
/** Oldest first: ended and waiting jobs in turn. */
const made: string[] = [];

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '4' });
  for (let n = 0; n < 6; n++) {
    made.push((await finished(server, { events: 5, eventsPerSecond: 0, failAt: n === 4 ? 2 : null })).jobId);
    made.push(await simulate(server, { hold: true }));
  }
});

afterAll(() => server.stop());

const list = (query = '', { url } = server): Promise<Answer> => call(`${url}/api/jobs${query}`);
const idsOf = ({ body }: Answer): string[] => body.jobs.map(({ jobId }: { jobId: string }) => jobId);
const newestFirst = (jobIds: readonly string[]): string[] => jobIds.toReversed();

/** Every page, and how many there were. @param between done after each page, with what was listed so far */
async function pages(query: string, from = server, between?: (ids: readonly string[]) => Promise<unknown>) {
  const ids: string[] = [];
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null; count++) {
    const page = await list(`?${query}${cursor && `&cursor=${cursor}`}`, from);
    expect(page).toMatchObject({ status: 200, body: { count: page.body.jobs.length } });
    ids.push(...idsOf(page));
    cursor = page.body.nextCursor;
    await between?.(ids);
  }
  return { ids, count };
}

describe('pages', () => {
  test('have every job once, newest first, and an end', async () => {
    expect(await pages('limit=5')).toEqual({ ids: newestFirst(made), count: 3 });
    expect(await pages('limit=6')).toEqual({ ids: newestFirst(made), count: 2 });
    expect((await list('?limit=12')).body).toMatchObject({ count: 12, nextCursor: null });
    expect((await list()).body).toMatchObject({ count: 12, nextCursor: null });
  });

  test('hold while jobs come and go', async () => {
    const own = await startReferenceServer();
    try {
      const old: string[] = [];
      for (let n = 0; n < 6; n++) old.push((await finished(own, { events: 1, eventsPerSecond: 0 })).jobId);
      const { ids } = await pages('limit=2', own, async (listed) => {
        await simulate(own, { hold: true });
        // What was listed last goes away: the cursor stands where it stood.
        expect((await call(`${own.url}/api/jobs/${listed.at(-1)}`, 'DELETE')).status).toBe(204);
      });
      expect(ids).toEqual(newestFirst(old));
    } finally {
      await own.stop();
    }
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=1%27%20OR%201=1', 'cursor'],
    ['cursor=1-1&cursor=2-2', 'cursor'],
    ['status=', 'status'],
    ['status=Running,Sleeping', 'status'],
    ['ids=', 'ids'],
    ['ids=,', 'ids'],
    [`ids=${Array.from({ length: 501 }, (_, n) => n).join(',')}`, 'ids'],
  ])('of ?%s are refused by name', async (query, field) => {
    expect(await list(`?${query}`)).toMatchObject({ status: 400, body: { code: 'InvalidInput', field } });
  });
});

describe('by status', () => {
  test.each([
    ['Succeeded', (n: number) => n % 2 === 0 && n !== 8],
    ['done,COMPLETED', (n: number) => n % 2 === 0 && n !== 8],
    ['failed', (n: number) => n === 8],
    ['Queued', (n: number) => n % 2 === 1],
    ['pending,error', (n: number) => n % 2 === 1 || n === 8],
    ['Queued&status=Failed', (n: number) => n % 2 === 1 || n === 8],
    ['running', () => false],
  ])('%s', async (status, wanted) => {
    const expected = newestFirst(made.filter((_, n) => wanted(n)));

    expect((await pages(`status=${status}`)).ids).toEqual(expected);
    expect((await pages(`status=${status}&limit=2`)).ids).toEqual(expected);
    expect((await pages(`status=${status}&limit=1`)).ids).toEqual(expected);
  });

  test('a page looks at so many jobs at most, and the next one goes on', async () => {
    const own = await startReferenceServer();
    try {
      const old = await simulate(own, { hold: true });
      await cancel(own, old);
      await logOf(own, old);
      for (let n = 0; n < 12; n++) await Promise.all(Array.from({ length: 50 }, () => simulate(own, { hold: true })));

      const first = await list('?status=canceled&limit=1', own);
      expect(first.body).toMatchObject({ jobs: [], count: 0, nextCursor: expect.any(String) });
      expect(await pages('status=canceled&limit=1', own)).toEqual({ ids: [old], count: 2 });
    } finally {
      await own.stop();
    }
  });
});

describe('by id', () => {
  test('has the known ones in the order asked', async () => {
    const asked = [made[3], 'job-0000000000000000', made[0], made[7], made[3], '../x'].join(',');
    const answer = await list(`?ids=${encodeURIComponent(asked)}`);

    expect(idsOf(answer)).toEqual([made[3], made[0], made[7]]);
    expect(answer.body).toMatchObject({ count: 3, nextCursor: null, correlationId: expect.any(String) });
    expect(idsOf(await list(`?ids=${asked}&status=queued`))).toEqual([made[3], made[7]]);
    expect((await list('?ids=job-0000000000000000')).body).toMatchObject({ jobs: [], count: 0 });
  });
});
