/** How much one user may ask for, and that another one does not feel it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import type { Answer } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import { as, KEYS, offering, startOwnedServer } from './owned-server.ts';
import type { Name } from './owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { openRawSocket } from './raw-socket.ts';

/** The figures of the guide: nothing is set. */
const GUIDE = {
  AURA_MAX_STREAMS: '',
  AURA_CREATIONS_PER_MINUTE: '',
  AURA_CANCELS_PER_MINUTE: '',
  AURA_MAX_QUEUED_JOBS: '',
};
const HELD = { preset: 'simulated', inputs: { hold: true } };

async function withServer(environment: Record<string, string>, use: (server: TestServer) => Promise<void>) {
  const server = await startOwnedServer(environment);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

const create = ({ url }: TestServer, name: Name, body: object = HELD, key?: string): Promise<Answer> =>
  call(`${url}/api/jobs`, 'POST', body, { ...as(name), ...(key && { 'idempotency-key': key }) });

function expectRefused({ status, headers, body }: Answer, atMostSeconds: number): void {
  const retryAfter = Number(headers.get('retry-after'));
  expect({ status, body }).toMatchObject({ status: 429, body: { code: 'RateLimited', retryAfter } });
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(retryAfter).toBeGreaterThanOrEqual(1);
  expect(retryAfter).toBeLessThanOrEqual(atMostSeconds);
}

const limitHeaders = (headers: Headers, prefix: string): number[] =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`${prefix}ratelimit-${name}`)));

describe('in a minute', () => {
  test('AC-52: the sixth new job is refused, of this user alone', () =>
    withServer(GUIDE, async (server) => {
      for (let left = 4; left >= 0; left--) {
        const { status, headers } = await create(server, 'ann');
        expect(status).toBe(202);
        for (const prefix of ['', 'x-'])
          expect(limitHeaders(headers, prefix)).toEqual([5, left, expect.toSatisfy((s: number) => s >= 1 && s <= 60)]);
      }
      const refused = await create(server, 'ann');
      expectRefused(refused, 60);
      expect(limitHeaders(refused.headers, '')).toEqual([5, 0, Number(refused.headers.get('retry-after'))]);
      expect((await call(`${server.url}/api/jobs`, 'GET', undefined, as('ann'))).body.count).toBe(5);
      expect((await create(server, 'bob')).status).toBe(202);
    }));

  test('AC-52: a retry counts as a new job', () =>
    withServer({ ...GUIDE, AURA_CREATIONS_PER_MINUTE: '2' }, async (server) => {
      const failing = { preset: 'simulated', inputs: { events: 2, failAt: 1 } };
      const { jobId } = (await create(server, 'ann', failing)).body;
      await (
        await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers: as('ann') })
      ).ended;
      const retry = () => call(`${server.url}/api/jobs/${jobId}/retry`, 'POST', undefined, as('ann'));
      expect((await retry()).status).toBe(202);
      expectRefused(await retry(), 60);
    }));

  test('what makes no job is not counted: a wrong request, and a repeat, which no limit holds up', () =>
    withServer({ ...GUIDE, AURA_CREATIONS_PER_MINUTE: '2', AURA_MAX_QUEUED_JOBS: '2' }, async (server) => {
      for (let n = 0; n < 3; n++) expect((await create(server, 'ann', { brief: { topic: ' ' } })).status).toBe(400);
      const { jobId } = (await create(server, 'ann', HELD, 'key')).body;
      expect((await create(server, 'ann', HELD, 'key')).body.jobId).toBe(jobId);
      expect((await create(server, 'ann')).status).toBe(202);
      expectRefused(await create(server, 'ann'), 60);
      for (let n = 0; n < 3; n++)
        expect(await create(server, 'ann', HELD, 'key')).toMatchObject({ status: 202, body: { jobId } });
      expectRefused(await create(server, 'ann', HELD, 'another-key'), 60);
      const other = await create(server, 'ann', { ...HELD, brief: { topic: 'Another request' } }, 'key');
      expect(other).toMatchObject({ body: { code: 'IdempotencyKeyReused' } });
    }));

  test('what the quota refuses is not counted', () =>
    withServer({ ...GUIDE, AURA_CREATIONS_PER_MINUTE: '2', AURA_MAX_QUEUED_JOBS: '1' }, async (server) => {
      const long = { preset: 'simulated', inputs: { events: 1_000_000, eventsPerSecond: 5 } };
      const { jobId } = (await create(server, 'ann', long)).body;
      for (let n = 0; n < 3; n++) expectRefused(await create(server, 'ann', long), 30);
      await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST', undefined, as('ann'));
      await eventually(async () => (await create(server, 'ann', long)).status === 202);
    }));

  test('AC-52: the eleventh cancel is refused, of this user alone', () =>
    withServer({ ...GUIDE, AURA_CREATIONS_PER_MINUTE: '12' }, async (server) => {
      const made = await Promise.all(Array.from({ length: 12 }, () => create(server, 'ann')));
      const cancel = (at: number, name: Name = 'ann') =>
        call(`${server.url}/api/jobs/${made[at]!.body.jobId}/cancel`, 'POST', undefined, as(name));
      for (let at = 0; at < 9; at++) expect((await cancel(at)).status).toBe(202);
      const batch = { jobIds: [made[9]!.body.jobId, made[10]!.body.jobId] };
      const asked = await call(`${server.url}/api/jobs/cancel`, 'POST', batch, as('ann'));
      expect(asked.body.results.map(({ status }: { status: number }) => status)).toEqual([202, 202]);
      expectRefused(await cancel(11), 60);
      expectRefused(await call(`${server.url}/api/jobs/cancel`, 'POST', batch, as('ann')), 60);
      expect(
        (await call(`${server.url}/api/jobs/${made[11]!.body.jobId}`, 'GET', undefined, as('ann'))).body.status,
      ).toBe('Queued');
      expect((await cancel(11, 'bob')).status).toBe(404);
    }));

  test('AC-52: the eleventh pause or resume is refused, of this user alone; cancels are counted apart', () =>
    withServer(GUIDE, async (server) => {
      const { jobId } = (await create(server, 'ann')).body;
      const ask = (action: string, name: Name = 'ann') =>
        call(`${server.url}/api/jobs/${jobId}/${action}`, 'POST', undefined, as(name));
      for (let at = 0; at < 5; at++)
        expect([(await ask('pause')).status, (await ask('resume')).status]).toEqual([409, 409]);
      expectRefused(await ask('pause'), 60);
      expectRefused(await ask('resume'), 60);
      expect((await ask('pause', 'bob')).status).toBe(404);
      expect((await ask('cancel')).status).toBe(202);
    }));

  test('pages may read what is left', () =>
    withServer(GUIDE, async (server) => {
      const { headers } = await call(`${server.url}/api/jobs`, 'POST', HELD, {
        ...as('ann'),
        origin: 'http://localhost:1',
      });
      const exposed = headers.get('access-control-expose-headers')!.split(',');
      expect(exposed).toEqual(expect.arrayContaining(['Retry-After', 'RateLimit-Remaining', 'X-RateLimit-Remaining']));
    }));
});

describe('AC-51: open at the same time', () => {
  let server: TestServer;
  let jobId: string;

  beforeAll(async () => {
    server = await startOwnedServer(GUIDE);
    ({ jobId } = (await create(server, 'ann')).body);
  });
  afterAll(() => server.stop());

  const events = () => `${server.url}/api/jobs/${jobId}/events`;
  const open = () => openRawStream(events(), { headers: as('ann') });
  const socket = () => openRawSocket(`${server.url}/api/jobs/${jobId}/ws`, offering(KEYS.ann));
  const poll = (wait: number) => call(`${events()}?wait=${wait}`, 'GET', undefined, as('ann'));

  test('are ten streams, sockets and polls together; closing one makes room', async () => {
    const streams = await Promise.all(Array.from({ length: 6 }, open));
    const sockets = await Promise.all(Array.from({ length: 2 }, socket));
    for (const one of sockets) await one.until((messages) => messages.length > 1);
    const several = await openRawStream(`${server.url}/api/events?jobs=${jobId}`, { headers: as('ann') });
    expect([...streams, several].map(({ response }) => response.status)).toEqual(Array(7).fill(200));
    const { lastEventId } = (await poll(0)).body;
    const polling = call(`${events()}?wait=30&lastEventId=${lastEventId}`, 'GET', undefined, as('ann'));
    await eventually(async () => (await poll(0)).status === 429);

    expectRefused(await call(events(), 'GET', undefined, as('ann')), 5);
    expectRefused(await call(`${server.url}/api/events?jobs=${jobId}`, 'GET', undefined, as('ann')), 5);
    const refused = await socket();
    expect(await refused.closed).toMatchObject({ code: 4429, reason: expect.stringMatching(/^10 streams are open/) });
    // Another user has ten of their own.
    const his = (await create(server, 'bob')).body.jobId;
    const bobs = await openRawStream(`${server.url}/api/jobs/${his}/events`, { headers: as('bob') });
    expect(bobs.response.status).toBe(200);
    bobs.close();

    const closings = [() => streams[0]!.close(), () => sockets[0]!.close(), () => several.close()];
    for (const close of closings) {
      expect((await poll(0)).status).toBe(429);
      close();
      await eventually(async () => (await poll(0)).status === 200);
      streams.push(await open());
      expect(streams.at(-1)!.response.status).toBe(200);
    }
    // The end of the job ends them all.
    await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST', undefined, as('ann'));
    expect((await polling).status).toBe(200);
    await Promise.all([...streams.slice(1).map(({ ended }) => ended), sockets[1]!.closed]);
    const after = await Promise.all(Array.from({ length: 10 }, open));
    expect(after.map(({ response }) => response.status)).toEqual(Array(10).fill(200));
  });
});

describe('of an owner', () => {
  test('so many jobs wait, also when they are asked for at once', () =>
    withServer({ AURA_MAX_QUEUED_JOBS: '3', AURA_CONCURRENCY: '1' }, async (server) => {
      const long = { preset: 'simulated', inputs: { events: 1_000_000, eventsPerSecond: 5 } };
      const answers = await Promise.all(Array.from({ length: 8 }, () => create(server, 'ann', long)));
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
        202, 202, 202, 429, 429, 429, 429, 429,
      ]);
      expectRefused(
        answers.find(({ status }) => status === 429)!,
        30,
      );
      expect((await create(server, 'bob', long)).status).toBe(202);
      const { jobId } = answers.find(({ status }) => status === 202)!.body;
      await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST', undefined, as('ann'));
      await eventually(async () => (await create(server, 'ann', long)).status === 202);
    }));

  test('so many jobs wait, and those that are paused count', () =>
    withServer({ AURA_MAX_QUEUED_JOBS: '2' }, async (server) => {
      const long = { preset: 'simulated', inputs: { events: 1_000_000, eventsPerSecond: 5 } };
      const jobs = [await create(server, 'ann', long), await create(server, 'ann', long)];
      for (const { body } of jobs) {
        const job = `${server.url}/api/jobs/${body.jobId}`;
        const state = async () => (await call(job, 'GET', undefined, as('ann'))).body.status;
        await eventually(async () => (await state()) === 'Running');
        expect((await call(`${job}/pause`, 'POST', undefined, as('ann'))).status).toBe(200);
        await eventually(async () => (await state()) === 'Paused');
      }
      expectRefused(await create(server, 'ann', long), 30);
      expect((await create(server, 'bob', long)).status).toBe(202);
      await call(`${server.url}/api/jobs/${jobs[0]!.body.jobId}/cancel`, 'POST', undefined, as('ann'));
      await eventually(async () => (await create(server, 'ann', long)).status === 202);
    }));

  test('so much space is taken; deleting a job gives it back', () =>
    withServer({ AURA_MAX_DISK_MB: '1' }, async (server) => {
      const brief = { topic: 'How tides work' };
      const video = {
        brief,
        planSpec: { targetDuration: '00:00:10' },
        renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
      };
      const { jobId } = (await create(server, 'ann', video)).body;
      await (
        await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers: as('ann') })
      ).ended;
      const { artifacts } = (await call(`${server.url}/api/jobs/${jobId}`, 'GET', undefined, as('ann'))).body;
      const bytes = artifacts.reduce((sum: number, { sizeBytes }: { sizeBytes: number }) => sum + sizeBytes, 0);
      // The narration alone is a third of a megabyte.
      const needed = Math.ceil(1_000_000 / bytes);
      for (let n = 1; n < needed; n++) {
        const more = (await create(server, 'ann', video)).body.jobId;
        await (
          await openRawStream(`${server.url}/api/jobs/${more}/events`, { headers: as('ann') })
        ).ended;
      }
      expectRefused(await create(server, 'ann'), 86_400);
      expect((await create(server, 'bob')).status).toBe(202);
      expect((await call(`${server.url}/api/jobs/${jobId}`, 'DELETE', undefined, as('ann'))).status).toBe(204);
      expect((await create(server, 'ann')).status).toBe(202);
    }));
});

describe('a request', () => {
  test('may be so long', () =>
    withServer({ AURA_MAX_BODY_KB: '1' }, async (server) => {
      const { status, body } = await create(server, 'ann', { ...HELD, padding: 'x'.repeat(1024) });
      expect([status, body.code]).toEqual([413, 'PayloadTooLarge']);
      expect((await create(server, 'ann')).status).toBe(202);
    }));

  test('may have a topic of so many characters', () =>
    withServer({ AURA_MAX_TOPIC_LENGTH: '20' }, async (server) => {
      const refused = await create(server, 'ann', { ...HELD, brief: { topic: 'x'.repeat(21) } });
      expect(refused).toMatchObject({ status: 400, body: { code: 'InvalidInput', field: 'brief.topic' } });
      expect((await create(server, 'ann', { ...HELD, brief: { topic: 'x'.repeat(20) } })).status).toBe(202);
    }));
});

test('without sign-in nothing is in a developer’s way', async () => {
  const server = await startReferenceServer();
  try {
    const made: string[] = [];
    for (let n = 0; n < 30; n++) {
      const { status, body, headers } = await call(`${server.url}/api/jobs`, 'POST', HELD);
      expect([status, headers.get('ratelimit-limit')]).toEqual([202, null]);
      made.push(body.jobId);
    }
    const streams = await Promise.all(made.map((jobId) => openRawStream(`${server.url}/api/jobs/${jobId}/events`)));
    expect(streams.map(({ response }) => response.status)).toEqual(Array(30).fill(200));
    for (const jobId of made) expect((await call(`${server.url}/api/jobs/${jobId}/cancel`, 'POST')).status).toBe(202);
  } finally {
    await server.stop();
  }
});
