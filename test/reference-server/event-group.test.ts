/** Several jobs on one stream, as a stranger's client sees them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import type { RawFrame, RawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { finished, logOf, release, simulate, toEvent, typesOf } from './simulated-jobs.ts';
import type { RawEvent } from './simulated-jobs.ts';

const UNKNOWN = 'job-0000000000000000';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '16', AURA_KEEPALIVE_MS: '100' });
});

afterAll(() => server.stop());

function open(jobIds: readonly string[], query = '', headers: Record<string, string> = {}): Promise<RawStream> {
  return openRawStream(`${server.url}/api/events?jobs=${jobIds.join(',')}${query}`, { headers });
}

const eventsOf = ({ events }: RawStream): RawEvent[] => events.map(toEvent);
const inOrder = (events: readonly RawEvent[]): RawEvent[] => [...events].sort((a, b) => compareEventIds(a.id!, b.id!));
const has = (event: string, count: number) => (frames: readonly RawFrame[]) =>
  frames.filter((frame) => frame.event === event).length >= count;

/** The logs of ended jobs as one. */
async function mergedLog(jobIds: readonly string[]): Promise<RawEvent[]> {
  return inOrder((await Promise.all(jobIds.map((jobId) => logOf(server, jobId)))).flat());
}

describe('one stream', () => {
  test('carries the state of each job, then what all of them say, in the order of ids, and ends after the last', async () => {
    const inputs = { events: 200, eventsPerSecond: 500, hold: true };
    const jobIds = await Promise.all(Array.from({ length: 8 }, () => simulate(server, inputs)));
    const stream = await open(jobIds);
    await stream.until(has('job-status', 8));
    await Promise.all(jobIds.map((jobId) => release(server, jobId)));
    await stream.ended;

    expect(eventsOf(stream)).toEqual(await mergedLog(jobIds));
    expect(stream.frames.every(({ retry }) => retry === undefined)).toBe(true);
  });

  test('begins with the states merged, of which each names its job', async () => {
    const ended = (await finished(server)).jobId;
    const held = await simulate(server, { hold: true });
    const running = await simulate(server, { seconds: 60, eventsPerSecond: 20 });
    const single = await openRawStream(`${server.url}/api/jobs/${running}/events`);
    await single.until(has('step-progress', 2));
    const stream = await open([running, held, ended]);
    await stream.until(has('step-progress', 2));

    const events = eventsOf(stream);
    expect(events).toEqual(inOrder(events));
    const begun = (jobId: string) => typesOf(events.filter(({ data }) => data.jobId === jobId));
    expect(begun(ended)).toEqual(['job-status', 'job-completed']);
    expect(begun(held)).toEqual(['job-status']);
    expect(begun(running).slice(0, 3)).toEqual(['job-status', 'step-status', 'step-progress']);
    stream.close();
    single.close();
  });

  test('stays alive, and ends cleanly after its time', async () => {
    const short = await startReferenceServer({ AURA_STREAM_MAX_MS: '500', AURA_KEEPALIVE_MS: '50' });
    try {
      const jobIds = [await simulate(short, { hold: true }), await simulate(short, { hold: true })];
      const stream = await openRawStream(`${short.url}/api/events?jobs=${jobIds.join(',')}`);
      await stream.ended;

      expect(stream.frames.filter(({ comment }) => comment).length).toBeGreaterThanOrEqual(2);
      expect(stream.frames.at(-1)!.retry).toBe(500);
    } finally {
      await short.stop();
    }
  });
});

describe('resume', () => {
  test('after every event of any of the jobs: exactly what came later of all', async () => {
    const inputs = { events: 10, eventsPerSecond: 1000 };
    const jobIds = await Promise.all([1, 2, 3].map(() => simulate(server, inputs)));
    const log = await mergedLog(jobIds);
    for (let position = 0; position < log.length - 1; position++) {
      const stream =
        position % 2
          ? await open(jobIds, `&lastEventId=${log[position]!.id}`)
          : await open(jobIds, '', { 'last-event-id': log[position]!.id! });
      await stream.ended;
      expect(eventsOf(stream)).toEqual(log.slice(position + 1));
    }
  });

  test('with histories longer than the memory, one after the other and side by side', async () => {
    const first = await finished(server, { events: 3000, eventsPerSecond: 0 });
    const both = await Promise.all([1, 2].map(() => simulate(server, { events: 3000, eventsPerSecond: 0 })));
    const jobIds = [...both, first.jobId];
    const log = await mergedLog(jobIds);
    const stream = await open(jobIds, `&lastEventId=${log[5]!.id}`);
    await stream.ended;
    const whole = await open(jobIds, '&replay=all');
    await whole.ended;

    expect(eventsOf(stream)).toEqual(log.slice(6));
    expect(eventsOf(whole)).toEqual(log);
  });

  test('after an id of a job that is no longer asked for', async () => {
    const gone = await finished(server);
    const { jobId, log } = await finished(server);
    const stream = await open([jobId], `&lastEventId=${gone.log.at(-1)!.id}`);
    await stream.ended;

    expect(eventsOf(stream)).toEqual(log);
  });

  test('after the end of a job that was deleted since, while others go on', async () => {
    const held = await simulate(server, { hold: true });
    const { jobId, log } = await finished(server);
    expect((await call(`${server.url}/api/jobs/${jobId}`, 'DELETE')).status).toBe(204);
    const stream = await open([held, jobId], `&lastEventId=${log.at(-1)!.id}`);
    await stream.until(has('error', 1));
    await release(server, held);
    await stream.ended;

    const [gone, ...later] = eventsOf(stream);
    expect(gone).toMatchObject({ type: 'error', data: { jobId, code: 'JobNotFound' } });
    expect(later).toEqual((await logOf(server, held)).slice(1));
  });

  test('after a cursor that is malformed or yet to come begins with an id-less resync', async () => {
    const held = await simulate(server, { hold: true });
    const { jobId, log } = await finished(server);
    for (const cursor of ['nonsense', '9999999999999-1']) {
      const stream = await open([jobId, held], `&lastEventId=${cursor}`);
      await stream.until(has('job-completed', 1));
      const [resync, ...state] = eventsOf(stream);
      expect(resync).toEqual({ type: 'resync', data: { resync: true } });
      expect(state).toEqual(inOrder(state));
      expect(state.slice(-2)).toEqual(log.slice(-2));
      stream.close();
    }
  });

  test('of a reader that has seen every end is 204', async () => {
    const [a, b] = [await finished(server), await finished(server)];
    const ask = (id: string) =>
      fetch(`${server.url}/api/events?jobs=${a.jobId},${b.jobId}`, { headers: { 'last-event-id': id } });

    expect((await ask(b.log.at(-1)!.id!)).status).toBe(204);
    expect((await ask('9999999999999-1')).status).toBe(204);
    const stream = await open([a.jobId, b.jobId], `&lastEventId=${a.log.at(-1)!.id}`);
    await stream.ended;
    expect(eventsOf(stream)).toEqual(b.log);
  });
});

describe('the jobs', () => {
  test('that are unknown are said to be, and the others go on', async () => {
    const { jobId, log } = await finished(server);
    const stream = await open([UNKNOWN, jobId, 'x']);
    await stream.ended;

    const [first, second, ...state] = eventsOf(stream);
    const error = { message: expect.any(String), code: 'JobNotFound', correlationId: expect.any(String) };
    expect([first, second]).toEqual([
      { type: 'error', data: { jobId: UNKNOWN, ...error } },
      { type: 'error', data: { jobId: 'x', ...error } },
    ]);
    expect(state).toEqual(log.slice(-2));
  });

  test('that are all unknown are 404', async () => {
    expect(await call(`${server.url}/api/events?jobs=${UNKNOWN},x`)).toMatchObject({
      status: 404,
      body: { code: 'JobNotFound' },
    });
  });

  test.each(['', '?jobs=', '?jobs=,%20,', `?jobs=${Array.from({ length: 501 }, (_, n) => `job-${n}`).join(',')}`])(
    'are 1 to 500',
    async (query) => {
      expect(await call(`${server.url}/api/events${query}`)).toMatchObject({
        status: 400,
        body: { code: 'InvalidInput', field: 'jobs' },
      });
    },
  );

  test('are counted once each', async () => {
    const { jobId, log } = await finished(server);
    const stream = await open([...Array.from({ length: 600 }, () => jobId.slice(0, 1)), jobId, jobId]);
    await stream.ended;

    expect(eventsOf(stream).slice(1)).toEqual(log.slice(-2));
  });

  test('may be 500', async () => {
    const jobIds = await Promise.all(Array.from({ length: 250 }, () => simulate(server, { hold: true })));
    const unknown = Array.from({ length: 250 }, (_, n) => `job-${String(n).padStart(16, '0')}`);
    const stream = await open([...jobIds, ...unknown]);
    await stream.until(has('job-status', 250));
    const events = eventsOf(stream);
    expect(events).toHaveLength(500);

    await call(`${server.url}/api/jobs/cancel`, 'POST', { jobIds: jobIds.slice(0, 100) });
    await call(`${server.url}/api/jobs/cancel`, 'POST', { jobIds: jobIds.slice(100, 200) });
    await call(`${server.url}/api/jobs/cancel`, 'POST', { jobIds: jobIds.slice(200) });
    await stream.ended;
    expect(eventsOf(stream).slice(250)).toEqual(await mergedLog(jobIds));
  });
});

describe('in pages', () => {
  async function readAll(jobIds: readonly string[], query: string): Promise<RawEvent[]> {
    const url = `${server.url}/api/events?jobs=${jobIds.join(',')}&wait=25`;
    const events: RawEvent[] = [];
    for (let page = await call(`${url}${query}`); page.status === 200;) {
      events.push(...page.body.events);
      page = await call(`${url}&lastEventId=${page.body.lastEventId}`);
    }
    return events;
  }

  test('the same comes in the same order', async () => {
    const jobIds = await Promise.all([1, 2].map(() => simulate(server, { events: 800, eventsPerSecond: 2000 })));
    const live = await readAll(jobIds, '&replay=all');

    expect(live).toEqual(await mergedLog(jobIds));
  });

  test('an unknown job does not make an empty page come at once', async () => {
    const held = await simulate(server, { events: 1, eventsPerSecond: 0, hold: true });
    const url = `${server.url}/api/events?jobs=${held},${UNKNOWN}`;
    const first = await call(`${url}&wait=25`);
    expect(typesOf(first.body.events)).toEqual(['error', 'job-status']);
    const next = call(`${url}&wait=25&lastEventId=${first.body.lastEventId}`);
    const idle = await call(`${url}&wait=0&lastEventId=${first.body.lastEventId}`);
    expect([typesOf(idle.body.events), idle.body.lastEventId]).toEqual([['error'], first.body.lastEventId]);
    await release(server, held);

    expect(typesOf((await next).body.events).slice(0, 2)).toEqual(['error', 'job-status']);
  });
});

test('HEAD answers the headers and ends', async () => {
  const jobId = await simulate(server, { hold: true });
  const response = await fetch(`${server.url}/api/events?jobs=${jobId}`, { method: 'HEAD' });

  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
});
