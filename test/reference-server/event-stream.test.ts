/** The stream as a stranger's client sees it. Numbers are those of the protocol's acceptance cases. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import type { RawFrame } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '16', AURA_KEEPALIVE_MS: '100' });
});

afterAll(() => server.stop());

async function simulate(inputs: object, url = server.url): Promise<string> {
  const { status, body } = await call(`${url}/api/jobs`, 'POST', { preset: 'simulated', inputs });
  expect(status).toBe(202);
  return body.jobId;
}

function open(jobId: string, query = '', headers: Record<string, string> = {}) {
  return openRawStream(`${server.url}/api/jobs/${jobId}/events${query}`, { headers });
}

async function get(jobId: string): Promise<Record<string, unknown>> {
  return (await fetch(`${server.url}/api/jobs/${jobId}`)).json() as Promise<Record<string, unknown>>;
}

async function finished(
  inputs: object = { events: 20, eventsPerSecond: 0 },
): Promise<{ jobId: string; log: readonly RawFrame[] }> {
  const jobId = await simulate(inputs);
  const stream = await open(jobId, '?replay=all');
  await stream.ended;
  return { jobId, log: stream.events };
}

const has = (event: string) => (frames: readonly RawFrame[]) => frames.some((frame) => frame.event === event);
const types = (events: readonly RawFrame[]) => events.map(({ event }) => event);

describe('opening', () => {
  test('AC-01 headers of a running job', async () => {
    const stream = await open(await simulate({ seconds: 60, eventsPerSecond: 20 }));
    await stream.until(has('step-progress'));

    expect(stream.response.status).toBe(200);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': expect.stringMatching(/^text\/event-stream/),
      'cache-control': expect.stringContaining('no-cache'),
      'x-accel-buffering': 'no',
    });
    stream.close();
  });

  test('AC-02 the first event is job-status with the current state', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 20 });
    const first = await open(jobId);
    await first.until((frames) => frames.filter(({ event }) => event === 'step-progress').length > 5);

    const second = await open(jobId);
    await second.until(has('step-progress'));

    expect(second.events[0]).toMatchObject({
      event: 'job-status',
      data: { status: 'Running', stage: 'Script', percent: expect.any(Number), correlationId: expect.any(String) },
    });
    expect(types(second.events.slice(0, 3))).toEqual(['job-status', 'step-status', 'step-progress']);
    expect((second.events[0]!.data as { percent: number }).percent).toBe(
      (second.events[2]!.data as { percent: number }).percent,
    );
    first.close();
    second.close();
  });

  test('AC-04 a quiet stream gets comments, and they change nothing', async () => {
    const jobId = await simulate({ events: 1, hold: true });
    const stream = await open(jobId);
    await stream.until((frames) => frames.filter(({ comment }) => comment).length >= 3);

    expect(types(stream.events)).toEqual(['job-status']);
    stream.close();
  });

  test('AC-12 an unknown job is a 404 problem before the stream opens', async () => {
    const response = await fetch(`${server.url}/api/jobs/job-0000000000000000/events`);

    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      code: 'JobNotFound',
      status: 404,
      correlationId: expect.any(String),
    });
  });
});

describe('ids', () => {
  test('AC-03 are well formed and strictly increasing, across connections and restarts', async () => {
    const { log, jobId } = await finished();
    const again = await open(jobId, '?replay=all');
    await again.ended;

    const ids = log.map(({ id }) => id!);
    for (const id of ids) expect(id).toMatch(/^\d{13}-\d+$/);
    const order = ids.map((id) => id.split('-').map(Number) as [number, number]);
    for (let i = 1; i < order.length; i++) {
      const [[aMs, aCount], [bMs, bCount]] = [order[i - 1]!, order[i]!];
      expect(bMs > aMs || (bMs === aMs && bCount > aCount)).toBe(true);
    }
    expect(again.events).toEqual(log);
  });
});

test('every event names its job, in the log and in the state of a first connection', async () => {
  const { jobId, log } = await finished({ events: 30, eventsPerSecond: 0, warnAt: 15 });
  const running = await simulate({ seconds: 60, eventsPerSecond: 20 });
  const stream = await open(running);
  await stream.until(has('step-progress'));
  stream.close();

  expect(new Set(types(log)).size).toBe(5);
  for (const { data } of log) expect(data).toMatchObject({ jobId, correlationId: expect.any(String) });
  for (const { data } of stream.events) expect(data).toMatchObject({ jobId: running });
});

type Ask = [query: string, headers: Record<string, string>];

describe('resume', () => {
  test.each([
    ['header', (id: string): Ask => ['', { 'last-event-id': id }]],
    ['query', (id: string): Ask => [`?lastEventId=${id}`, {}]],
  ])('AC-05, AC-06 by %s: exactly what came after, at every position', async (_name, ask) => {
    const { jobId, log } = await finished();
    for (let position = 0; position < log.length - 1; position++) {
      const stream = await open(jobId, ...ask(log[position]!.id!));
      await stream.ended;
      expect(stream.events).toEqual(log.slice(position + 1));
    }
  });

  test('AC-07 of header and query the newer one counts', async () => {
    const { jobId, log } = await finished();
    for (const [header, query] of [
      [8, 3],
      [3, 8],
    ] as const) {
      const stream = await open(jobId, `?lastEventId=${log[query]!.id}`, { 'last-event-id': log[header]!.id! });
      await stream.ended;
      expect(stream.events).toEqual(log.slice(9));
    }
  });

  test('AC-08 a cursor that is unknown, malformed or foreign gets a resync and the state', async () => {
    const { jobId } = await finished();
    const foreign = (await finished()).log[4]!.id!;
    for (const cursor of ['1699564800000-42', 'nonsense', '9999999999999-1', foreign]) {
      const stream = await open(jobId, `?lastEventId=${encodeURIComponent(cursor)}`);
      await stream.ended;
      expect(stream.response.status).toBe(200);
      expect(types(stream.events)).toEqual(['resync', 'job-status', 'job-completed']);
      expect(stream.events[0]).toMatchObject({ id: undefined, data: { resync: true, jobId } });
    }
  });

  test('AC-10 an ended job gives its state, one terminal event and the end', async () => {
    const { jobId } = await finished();
    const stream = await open(jobId);
    await stream.ended;

    expect(types(stream.events)).toEqual(['job-status', 'job-completed']);
  });

  test('AC-11 a reader that has seen the end gets 204', async () => {
    const { jobId, log } = await finished();
    const { status } = await fetch(`${server.url}/api/jobs/${jobId}/events`, {
      headers: { 'last-event-id': log.at(-1)!.id! },
    });

    expect(status).toBe(204);
  });

  test('a history longer than the memory comes from the log, in order', async () => {
    const { jobId, log } = await finished({ events: 6000, eventsPerSecond: 0 });
    const seqs = log.flatMap(({ data }) => (data as { seq?: number }).seq ?? []);
    expect(seqs).toEqual(Array.from({ length: 6000 }, (_, seq) => seq));

    const stream = await open(jobId, `?lastEventId=${log[10]!.id}`);
    await stream.ended;

    expect(stream.events).toEqual(log.slice(11));
  });
});

describe('a run', () => {
  test('AC-13, AC-14, AC-15 statuses, steps and percentages of a success', async () => {
    const { log, jobId } = await finished({ events: 200, eventsPerSecond: 0 });
    const of = <T>(type: string) => log.filter(({ event }) => event === type).map(({ data }) => data as T);

    expect(of<{ status: string }>('job-status').map(({ status }) => status)).toEqual([
      'Queued',
      'Running',
      'Succeeded',
    ]);
    expect(
      of<{ step: string; phase: string; status: string }>('step-status').map(
        ({ step, phase, status }) => `${step} ${phase} ${status}`,
      ),
    ).toEqual([
      'Script plan started',
      'TTS tts started',
      'Visuals visuals started',
      'Composition compose started',
      'Rendering render started',
    ]);
    const ranges: Record<string, [number, number]> = {
      Script: [0, 15],
      TTS: [15, 35],
      Visuals: [35, 65],
      Composition: [65, 85],
      Rendering: [85, 100],
    };
    let last = 0;
    for (const { step, progressPct } of of<{ step: string; progressPct: number }>('step-progress')) {
      const [from, to] = ranges[step]!;
      expect(progressPct).toBeGreaterThanOrEqual(Math.max(from, last));
      expect(progressPct).toBeLessThan(to);
      last = progressPct;
    }
    expect(types(log).filter((type) => /^job-(completed|failed|cancelled)$/.test(type!))).toEqual(['job-completed']);
    expect(log.at(-1)!.event).toBe('job-completed');
    expect(await get(jobId)).toMatchObject({ status: 'Succeeded', percent: 100, lastEventId: log.at(-1)!.id });
  });

  test('AC-16 step-progress has every field of the guide', async () => {
    const { log } = await finished();
    const span = expect.stringMatching(/^(\d+\.)?\d\d:\d\d:\d\d$/);
    for (const { event, data } of log) {
      if (event !== 'step-progress') continue;
      expect(data).toMatchObject({
        step: expect.any(String),
        phase: expect.any(String),
        progressPct: expect.any(Number),
        message: expect.any(String),
        substageDetail: expect.any(String),
        elapsedTime: span,
        estimatedTimeRemaining: span,
        correlationId: expect.any(String),
      });
      const { currentItem, totalItems } = data as { currentItem: number; totalItems: number };
      expect(currentItem).toBeGreaterThanOrEqual(1);
      expect(currentItem).toBeLessThanOrEqual(totalItems);
    }
  });

  test('AC-18 a failure says where, why and what to do', async () => {
    const { log, jobId } = await finished({ events: 40, eventsPerSecond: 0, failAt: 10 });

    expect(types(log).slice(-2)).toEqual(['job-status', 'job-failed']);
    const { logs, ...failed } = log.at(-1)!.data as { logs: string[] };
    expect(failed).toMatchObject({
      status: 'Failed',
      jobId,
      stage: 'TTS',
      errorMessage: expect.any(String),
      errors: [{ code: 'SimulatedFailure', message: expect.any(String), remediation: expect.any(String) }],
    });
    expect(logs.length).toBeGreaterThan(0);
    expect(logs.length).toBeLessThanOrEqual(10);
    expect(await get(jobId)).toMatchObject({ status: 'Failed', stage: 'TTS', errors: [{ code: 'SimulatedFailure' }] });
  });

  test('AC-27 two viewers get the same events, and one leaving does not touch the other', async () => {
    const jobId = await simulate({ events: 60, eventsPerSecond: 200 });
    const [a, b, c] = await Promise.all([
      open(jobId, '?replay=all'),
      open(jobId, '?replay=all'),
      open(jobId, '?replay=all'),
    ]);
    await c.until(has('step-progress'));
    c.close();
    await Promise.all([a.ended, b.ended]);

    expect(a.events).toEqual(b.events);
    expect(a.events.at(-1)!.event).toBe('job-completed');
  });

  test('GET is the fold of the very events that the stream carries', async () => {
    const { jobId, log } = await finished({ events: 30, eventsPerSecond: 0, warnAt: 15 });

    expect(await get(jobId)).toMatchObject({
      jobId,
      id: jobId,
      status: 'Succeeded',
      warnings: [{ message: 'This is a simulated warning.' }],
      lastEventId: log.at(-1)!.id,
      steps: ['Script', 'TTS', 'Visuals', 'Composition', 'Rendering'].map((name) => ({
        name,
        status: 'Succeeded',
        progressPct: 100,
      })),
      logs: expect.arrayContaining([expect.stringContaining('WARNING This is a simulated warning.')]),
    });
  });
});

test('AC-46 a job that falls silent says so once, the state tells it, and it recovers', async () => {
  const own = await startReferenceServer({ AURA_STALL_AFTER_MS: '300' });
  try {
    const jobId = await simulate({ events: 20, eventsPerSecond: 100, stallSeconds: 1 }, own.url);
    const stream = await openRawStream(`${own.url}/api/jobs/${jobId}/events?replay=all`);
    await stream.until(has('warning'));
    const stalled = (await fetch(`${own.url}/api/jobs/${jobId}`).then((response) => response.json())) as object;
    await stream.ended;

    expect(stalled).toMatchObject({ status: 'Running', stalledSeconds: 0, warnings: [] });
    expect(stream.events.filter(({ event }) => event === 'warning')).toHaveLength(1);
    expect(stream.events.at(-1)!.event).toBe('job-completed');
  } finally {
    await own.stop();
  }
});

describe('simulation', () => {
  test('a held job says nothing after Queued until it is released', async () => {
    const jobId = await simulate({ events: 10, eventsPerSecond: 0, hold: true });
    const stream = await open(jobId);
    await stream.until((frames) => frames.filter(({ comment }) => comment).length >= 2);
    expect(types(stream.events)).toEqual(['job-status']);

    expect((await call(`${server.url}/api/jobs/${jobId}/release`, 'POST')).status).toBe(202);
    await stream.ended;

    expect(stream.events.at(-1)!.event).toBe('job-completed');
  });

  test('each progress event carries seq and the time it was due', async () => {
    const { log } = await finished({ events: 50, eventsPerSecond: 1000, padBytes: 100 });
    const progress = log.flatMap(({ event, data }) =>
      event === 'step-progress' ? [data as { seq: number; sentAt: number; pad: string }] : [],
    );

    expect(progress.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, seq) => seq));
    for (const { seq, sentAt } of progress) expect(sentAt - progress[0]!.sentAt).toBeCloseTo(seq, 3);
    expect(progress[0]!.pad).toHaveLength(100);
  });

  test('is refused unless the server allows it', async () => {
    const strict = await startReferenceServer({ AURA_ALLOW_SIMULATION: '0' });
    try {
      const response = await fetch(`${strict.url}/api/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ preset: 'simulated' }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        field: 'preset',
        detail: expect.stringContaining('AURA_ALLOW_SIMULATION'),
      });
      expect((await fetch(`${strict.url}/api/jobs`).then((list) => list.json())) as object).toMatchObject({ count: 0 });
    } finally {
      await strict.stop();
    }
  });
});

describe('rotation and shutdown', () => {
  test('AC-28 a stream ends cleanly after its time, with a word when to come back', async () => {
    const short = await startReferenceServer({ AURA_STREAM_MAX_MS: '200' });
    try {
      const jobId = await simulate({ hold: true }, short.url);
      const stream = await openRawStream(`${short.url}/api/jobs/${jobId}/events`);
      await stream.ended;

      expect(stream.frames.at(-1)!.retry).toBeGreaterThanOrEqual(0);
      expect(types(stream.events)).toEqual(['job-status']);
    } finally {
      await short.stop();
    }
  });

  test('AC-63 SIGTERM ends streams cleanly and exits with 0; the job goes on afterwards', async () => {
    const own = await startReferenceServer();
    try {
      const jobId = await simulate({ events: 100, eventsPerSecond: 100 }, own.url);
      const stream = await openRawStream(`${own.url}/api/jobs/${jobId}/events`);
      await stream.until(has('step-progress'));

      expect(await own.terminate()).toBe(0);
      await stream.ended;
      expect(stream.frames.at(-1)!.retry).toBeGreaterThan(0);

      await own.restart();
      const cursor = stream.events.at(-1)!.id!;
      const rest = await openRawStream(`${own.url}/api/jobs/${jobId}/events`, { headers: { 'last-event-id': cursor } });
      await rest.ended;
      expect(rest.events.at(-1)!.event).toBe('job-completed');
      expect(has('warning')(rest.events)).toBe(true);
      expect(has('resync')(rest.events)).toBe(false);
    } finally {
      await own.stop();
    }
  });

  test('AC-63 SIGTERM does not wait for a request that never ends', async () => {
    const own = await startReferenceServer();
    try {
      const socket = connect(Number(new URL(own.url).port), '127.0.0.1');
      await new Promise<void>((resolve) => {
        socket.write(
          'POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
          () => resolve(),
        );
      });
      await (await fetch(`${own.url}/api/jobs`)).json();

      expect(await own.terminate()).toBe(0);
      socket.destroy();
    } finally {
      await own.stop();
    }
  });
});
