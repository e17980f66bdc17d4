/** What an operator sees of the server, and how it stops. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { as, bearer, startOwnedServer, tokenFor } from './owned-server.ts';
import { openRawSocket } from './raw-socket.ts';
import { cancel, finished, logOf, simulate } from './simulated-jobs.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '1' });
});

afterAll(() => server.stop());

/** The figures of a server, by name and labels. */
async function figures({ url }: { url: string }, headers = {}): Promise<Map<string, number>> {
  const { status, body } = await call(`${url}/metrics`, 'GET', undefined, headers);
  expect(status).toBe(200);
  const lines = (body as string).split('\n').filter((line) => line.startsWith('aura_'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

describe('/metrics', () => {
  test('counts streams, events, ends, errors, problems, stages and the queue', async () => {
    await finished(server, { events: 20, eventsPerSecond: 0 });
    await finished(server, { events: 20, eventsPerSecond: 0, failAt: 5 });
    const running = await simulate(server, { events: 1_000_000, eventsPerSecond: 20 });
    const waiting = await simulate(server, { events: 5, eventsPerSecond: 0 });
    const stream = await openRawStream(`${server.url}/api/jobs/${running}/events`);
    const socket = await openRawSocket(`${server.url}/api/jobs/${running}/ws`);
    await stream.until((frames) => frames.filter(({ event }) => event === 'step-progress').length > 3);
    await call(`${server.url}/api/jobs/job-0000000000000000`);

    expect(Object.fromEntries(await figures(server))).toMatchObject({
      aura_streams_open: 2,
      aura_queue_depth: 1,
      aura_jobs_running: 1,
      'aura_jobs_ended_total{status="Succeeded"}': 1,
      'aura_jobs_ended_total{status="Failed"}': 1,
      'aura_events_total{type="job-failed"}': 1,
      'aura_http_problems_total{code="JobNotFound"}': 1,
      'aura_stage_seconds_count{stage="Rendering"}': 1,
      aura_fan_out_seconds_count: expect.toSatisfy((count: number) => count > 3),
    });
    const errors = [...(await figures(server))].filter(([name]) => name.startsWith('aura_job_errors_total'));
    expect(errors.map(([, count]) => count)).toEqual([1]);
    stream.close();
    socket.close();
    await cancel(server, waiting);
    await cancel(server, running);
    await logOf(server, running);
    await eventually(async () => (await figures(server)).get('aura_streams_open') === 0);
    expect((await figures(server)).get('aura_jobs_ended_total{status="Canceled"}')).toBe(2);
  });

  test('is for operators', async () => {
    const own = await startOwnedServer();
    try {
      const status = async (headers: Record<string, string>) =>
        (await call(`${own.url}/metrics`, 'GET', undefined, headers)).status;
      expect(await status({})).toBe(401);
      expect(await status(as('ann'))).toBe(403);
      expect(await status(as('ops'))).toBe(200);
      expect(await status(bearer(await tokenFor('prometheus', { scope: 'admin' })))).toBe(200);
      for (const path of ['/healthz', '/readyz']) expect((await call(own.url + path)).status).toBe(200);
    } finally {
      await own.stop();
    }
  });
});

test('/healthz says that the process answers, /readyz that it can work', async () => {
  expect(await call(`${server.url}/healthz`)).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await call(`${server.url}/readyz`)).toMatchObject({ status: 200, body: { status: 'ready' } });
});

test('a correlation id is echoed by every answer, and carried by every event of the job it began', async () => {
  const headers = { 'x-correlation-id': 'trace-7' };
  const preset = { preset: 'simulated', inputs: { events: 10, eventsPerSecond: 0 } };
  const made = await call(`${server.url}/api/jobs`, 'POST', preset, headers);
  expect([made.headers.get('x-correlation-id'), made.body.correlationId]).toEqual(['trace-7', 'trace-7']);
  const log = await logOf(server, made.body.jobId);
  expect(new Set(log.map(({ data }) => data.correlationId))).toEqual(new Set(['trace-7']));
  for (const path of ['/api/jobs', `/api/jobs/${made.body.jobId}/events`, '/healthz', '/nothing', '/metrics']) {
    const answer = await call(server.url + path, 'GET', undefined, { 'x-correlation-id': 'trace-8' });
    expect([path, answer.headers.get('x-correlation-id')]).toEqual([path, 'trace-8']);
  }
});

test('a server that stops takes no new job, also none whose request is half here, and keeps no connection', async () => {
  const own = await startReferenceServer();
  try {
    const jobId = await simulate(own, { hold: true });
    const { lastEventId } = (await call(`${own.url}/api/jobs/${jobId}`)).body;
    const { port } = new URL(own.url);
    const body = '{"preset":"simulated"}';
    const post = `POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const poll = `GET /api/jobs/${jobId}/events?wait=30&lastEventId=${lastEventId} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    // One has sent half of its request, the other is answered by the shutdown and sends the next one at once.
    const [half, kept] = [post + body.slice(0, 5), poll].map((begin) => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      socket.write(begin);
      const answers = { text: '', socket };
      socket.on('data', (chunk) => (answers.text += String(chunk)));
      return answers;
    });
    kept!.socket.once('data', () => kept!.socket.write(post + body));
    await eventually(async () => (await figures(own)).get('aura_streams_open') === 1);
    const over = own.terminate();
    await eventually(async () => kept!.text !== '');
    half!.socket.write(body.slice(5));
    await Promise.all([half, kept].map((one) => eventually(() => one!.socket.destroyed)));
    expect(await over).toBe(0);

    expect(half!.text).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: \d+[^]*"code":"ServiceUnavailable"/);
    expect(kept!.text).not.toContain(' 202 ');
    await own.restart();
    expect((await call(`${own.url}/api/jobs`)).body.jobs.map((job: { jobId: string }) => job.jobId)).toEqual([jobId]);
  } finally {
    await own.stop();
  }
});

test('AC-63: SIGTERM ends streams with word when to come back, hands jobs back, and is done within 10 s', async () => {
  const own = await startReferenceServer({ AURA_CONCURRENCY: '2' });
  try {
    const jobId = await simulate(own, { events: 200, eventsPerSecond: 50 });
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => openRawStream(`${own.url}/api/jobs/${jobId}/events`)),
    );
    const socket = await openRawSocket(`${own.url}/api/jobs/${jobId}/ws`);
    const poll = call(`${own.url}/api/jobs/${jobId}/events?wait=30`);
    await socket.until((messages) => messages.length > 5);
    // One that never reads, and one that never finishes its request.
    const { port } = new URL(own.url);
    const stuck = connect(Number(port), '127.0.0.1');
    stuck.on('error', () => {});
    stuck.write(`GET /api/jobs/${jobId}/events?replay=all HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const slow = connect(Number(port), '127.0.0.1');
    slow.on('error', () => {});
    slow.write('POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
    await poll;

    const begun = performance.now();
    expect(await own.terminate()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
    for (const stream of streams) {
      await stream.ended;
      expect(stream.frames.at(-1)).toMatchObject({ retry: 2000, event: undefined });
    }
    expect(await socket.closed).toMatchObject({ code: 1012 });
    await own.restart();
    const log = await logOf(own, jobId);
    expect(log.at(-1)!.type).toBe('job-completed');
    expect(log.filter(({ type }) => type === 'warning')).toHaveLength(1);
  } finally {
    await own.stop();
  }
});
