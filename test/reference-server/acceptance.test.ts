/** Acceptance cases of a server, word by word, where no other test proves the whole sentence. */
import { join } from 'node:path';
import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { processesWith } from '../support/processes.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { cancel, finished, logOf, release, simulate, toEvent, typesOf } from './simulated-jobs.ts';

const SMALL = { res: { width: 256, height: 144 }, fps: 2 };

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({
    AURA_CONCURRENCY: '8',
    AURA_KEEPALIVE_MS: '3600000',
    AURA_STREAM_MAX_MS: '400',
  });
});

afterAll(() => server.stop());

const eventsOf = (jobId: string, query = '') => openRawStream(`${server.url}/api/jobs/${jobId}/events${query}`);
const stateOf = async (jobId: string) => (await call(`${server.url}/api/jobs/${jobId}`)).body;

test('AC-01 the first event arrives while nothing else follows: no middleware collects or compresses the stream', async () => {
  const jobId = await simulate(server, { hold: true });
  const headers = { 'accept-encoding': 'gzip, br' };
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers });
  // Before the stream is ended after its time, and no sign of life is due for an hour: a buffer would hold it back.
  await stream.until((frames) => frames.some(({ event }) => event === 'job-status'));

  expect(stream.frames.some(({ retry }) => retry !== undefined)).toBe(false);
  expect(stream.response.headers.get('content-encoding')).toBeNull();
  stream.close();
});

test('AC-08 after a resync the stream of a job that runs goes on to its end', async () => {
  const jobId = await simulate(server, { events: 40, eventsPerSecond: 400, hold: true });
  const stream = await eventsOf(jobId, '?lastEventId=1699564800000-42');
  await stream.until((frames) => frames.some(({ event }) => event === 'job-status'));
  await release(server, jobId);
  await stream.ended;

  const [resync, ...rest] = stream.events.map(toEvent);
  expect(resync).toMatchObject({ type: 'resync', data: { resync: true } });
  expect(rest).toEqual(await logOf(server, jobId));
});

test.each(['header', 'query'])(
  'AC-09 a reader that was away when the job ended gets what it missed, and the end (%s)',
  async (way) => {
    const jobId = await simulate(server, { events: 60, eventsPerSecond: 600, hold: true });
    const stream = await eventsOf(jobId, '?replay=all');
    await release(server, jobId);
    await stream.until((frames) => frames.some(({ event }) => event === 'step-progress'));
    stream.close();
    const seen = stream.events.map(toEvent);
    await eventually(async () => (await stateOf(jobId)).status === 'Succeeded');

    const id = seen.at(-1)!.id!;
    const url = `${server.url}/api/jobs/${jobId}/events`;
    const back =
      way === 'header'
        ? await openRawStream(url, { headers: { 'last-event-id': id } })
        : await eventsOf(jobId, `?lastEventId=${id}`);
    await back.ended;

    expect(back.events.length).toBeGreaterThan(0);
    expect([...seen, ...back.events.map(toEvent)]).toEqual(await logOf(server, jobId));
    expect(back.events.at(-1)!.event).toBe('job-completed');
  },
);

test.each([
  ['while it waits', async () => simulate(server, { hold: true })],
  [
    'while it runs',
    async () => {
      const jobId = await simulate(server, { seconds: 60, eventsPerSecond: 20 });
      await eventually(async () => (await stateOf(jobId)).status === 'Running');
      return jobId;
    },
  ],
])('AC-25 a job that is cancelled %s is nowhere told to have failed', async (_when, start) => {
  const jobId = await start();
  await cancel(server, jobId);
  const log = await logOf(server, jobId);

  expect(JSON.stringify(log)).not.toContain('Failed');
  expect(typesOf(log).slice(-2)).toEqual(['job-status', 'job-cancelled']);
  const state = await stateOf(jobId);
  expect(state).toMatchObject({ status: 'Canceled', errors: [], errorMessage: null });
  expect(state.steps.map(({ status }: { status: string }) => status)).not.toContain('Failed');
  expect((await call(`${server.url}/api/jobs?status=Failed&limit=200`)).body.jobs).not.toContainEqual(
    expect.objectContaining({ jobId }),
  );
  const answers = await Promise.all(
    ['retry', 'failure-details'].map((path) =>
      call(`${server.url}/api/jobs/${jobId}/${path}`, path === 'retry' ? 'POST' : 'GET'),
    ),
  );
  for (const { status, body } of answers) expect([status, body.currentStatus]).toEqual([409, 'Canceled']);
});

test('AC-27 live viewers get the same events; those that come and go change nothing of the job', async () => {
  const jobId = await simulate(server, { events: 50, eventsPerSecond: 500, hold: true });
  const viewers = await Promise.all([eventsOf(jobId), eventsOf(jobId), eventsOf(jobId)]);
  for (const viewer of viewers) await viewer.until((frames) => frames.some(({ event }) => event === 'job-status'));
  await release(server, jobId);
  const [one, two, leaving] = viewers;
  await leaving.until((frames) => frames.some(({ event }) => event === 'step-progress'));
  leaving.close();
  await Promise.all([one.ended, two.ended]);
  const state = await stateOf(jobId);
  const log = await logOf(server, jobId);

  expect(one.events.map(toEvent)).toEqual(log);
  expect(two.events).toEqual(one.events);
  expect(await stateOf(jobId)).toEqual(state);
  // As many events as the stages say, and not one for a viewer.
  expect(log).toHaveLength(50 + 5 + 4);
});

test('AC-28 a reader whose stream is ended again and again loses and repeats nothing', async () => {
  const jobId = await simulate(server, { events: 60, eventsPerSecond: 40 });
  const seen = [];
  let connections = 0;
  for (let cursor = 'replay=all'; seen.at(-1)?.type !== 'job-completed'; connections++) {
    const stream = await eventsOf(jobId, `?${cursor}`);
    await stream.ended;
    seen.push(...stream.events.map(toEvent));
    cursor = `lastEventId=${seen.at(-1)!.id}`;
    if (seen.at(-1)!.type !== 'job-completed') expect(stream.frames.at(-1)!.retry).toBeGreaterThanOrEqual(0);
  }

  expect(connections).toBeGreaterThan(2);
  expect(seen).toEqual(await logOf(server, jobId));
});

test('AC-46 a job that falls silent twice says so twice', async () => {
  const own = await startReferenceServer({ AURA_STALL_AFTER_MS: '150', AURA_CONCURRENCY: '2' });
  try {
    // At two events a second each silence is longer than that, and each event ends one.
    const { log } = await finished(own, { events: 4, eventsPerSecond: 2 });
    const order = typesOf(log).filter((type) => type === 'warning' || type === 'step-progress');
    expect(order.filter((type) => type === 'warning').length).toBeGreaterThan(1);
    expect(order.join()).not.toContain('warning,warning');
  } finally {
    await own.stop();
  }
});

test('AC-54 the shortest and the longest duration are accepted', async () => {
  for (const targetDuration of ['00:00:10', '00:30:00']) {
    const body = { preset: 'simulated', inputs: { hold: true }, planSpec: { targetDuration } };
    const { status, body: made } = await call(`${server.url}/api/jobs`, 'POST', body);
    expect([targetDuration, status]).toEqual([targetDuration, 202]);
    await cancel(server, made.jobId);
  }
});

describe('with a real video', () => {
  let own: TestServer;
  beforeAll(async () => {
    own = await startReferenceServer();
  });
  afterAll(() => own.stop());

  const start = async (targetDuration: string, renderSpec?: object): Promise<string> =>
    (
      await call(`${own.url}/api/jobs`, 'POST', {
        brief: { topic: 'How tides work' },
        planSpec: { targetDuration },
        renderSpec,
      })
    ).body.jobId;

  test('AC-63 at a shutdown the encoder of a running job is stopped', { timeout: 180_000 }, async () => {
    const jobId = await start('00:01:00');
    const workspace = join(own.dataDir, 'workspaces', jobId);
    // Script, speech and images come first, and the machine may be busy.
    await eventually(() => processesWith(workspace).length > 0, 120);

    expect(await own.terminate()).toBe(0);

    expect(processesWith(workspace)).toEqual([]);
    await own.restart();
    await cancel(own, jobId);
    expect(typesOf(await logOf(own, jobId)).at(-1)).toBe('job-cancelled');
  });

  test('AC-56 a job of ten minutes: the video is as long as the narration', { timeout: 300_000 }, async () => {
    const jobId = await start('00:10:00', SMALL);
    const log = await logOf(own, jobId);
    expect(typesOf(log).at(-1)).toBe('job-completed');
    const secondsOf = async (name: string): Promise<number> => {
      const file = await fetch(`${own.url}/artifacts/${jobId}/${name}`).then((response) => response.blob());
      return new Input({ formats: ALL_FORMATS, source: new BlobSource(file) }).computeDuration();
    };
    const [video, narration] = [await secondsOf('output.mp4'), await secondsOf('narration.wav')];

    expect(narration).toBeGreaterThan(300);
    expect(Math.abs(video / narration - 1)).toBeLessThan(0.05);
  });

  test('AC-64 line breaks in a topic and in headers make no event and no header of their own', async () => {
    const topic = 'Tides\r\n\r\nevent: job-completed\r\ndata: {}\r\n\r\nid: 9-9';
    const made = await call(
      `${own.url}/api/jobs`,
      'POST',
      { brief: { topic }, planSpec: { targetDuration: '00:00:10' }, renderSpec: SMALL },
      { 'x-correlation-id': 'a b: c' },
    );
    expect(made.headers.get('x-correlation-id')).not.toBe('a b: c');
    // Every event is held against its description, and every id has its form.
    const log = await logOf(own, made.body.jobId);
    expect(typesOf(log).filter((type) => type === 'job-completed')).toHaveLength(1);
    for (const { id, data } of log) {
      expect(id).toMatch(/^\d{13}-\d+$/);
      expect(data.jobId).toBe(made.body.jobId);
    }
    const download = await fetch(`${own.url}/artifacts/${made.body.jobId}/output.mp4?download=a%0d%0aX-Evil:1`);
    expect([download.status, download.headers.get('x-evil')]).toEqual([200, null]);
    for (const jobId of ['a%00b', '%0d%0a', '..%2fx', '%2e%2e%2fx'])
      for (const path of ['', '/events', '/logs'])
        expect([400, 404]).toContain((await call(`${own.url}/api/jobs/${jobId}${path}`)).status);
  });
});
