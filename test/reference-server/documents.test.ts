/** What the server says of itself is what it does: every route is described, and every answer is as described; that each is given, `every-answer.test.ts` shows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Description } from '../support/answers/description.ts';
import type { AsyncApi, OpenApi } from '../support/answers/description.ts';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { servedRoutes } from './every-route.ts';
import { as, startOwnedServer } from './owned-server.ts';
import type { TestServer } from '../support/reference-server.ts';

const VIDEO = {
  brief: { topic: 'How tides work' },
  planSpec: { targetDuration: '00:00:10' },
  renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
};

let server: TestServer;
let openapi: OpenApi;
let asyncapi: AsyncApi;
let description: Description;

beforeAll(async () => {
  server = await startOwnedServer({ AURA_CREATIONS_PER_MINUTE: '12', AURA_MAX_STREAMS: '2', AURA_MAX_BODY_KB: '8' });
  openapi = (await call(`${server.url}/openapi.json`)).body;
  asyncapi = (await call(`${server.url}/asyncapi.json`)).body;
  description = new Description(openapi, asyncapi);
});

afterAll(() => server.stop());

/** Sends a request; the answer is held against the document here, so that a difference is told where it is made. */
async function ask(method: string, path: string, jobId = '', body?: unknown, headers = as('ann')) {
  const asked = path.replace('{jobId}', jobId);
  const answer = await call(server.url + asked, method, body, headers);
  const { status } = answer;
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const told = { method, path: asked, status, headers: Object.fromEntries(answer.headers), body: text };
  expect(description.differences(told)).toEqual([]);
  return answer;
}

async function logOf(jobId: string) {
  const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`, { headers: as('ann') });
  await stream.ended;
  return stream.events;
}

async function ended(body: object): Promise<string> {
  const { jobId } = (await ask('POST', '/api/jobs', '', body)).body;
  await logOf(jobId);
  return jobId;
}

const simulated = (inputs: object) => ({ preset: 'simulated', inputs });

test('every route is described', () => {
  const described = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(servedRoutes().filter((route) => !described.includes(route))).toEqual([]);
  expect(described.filter((route) => !servedRoutes().includes(route))).toEqual([]);
});

describe('answers are as described', () => {
  test('of jobs in every state', async () => {
    const succeeded = await ended(VIDEO);
    const failed = await ended(simulated({ events: 20, eventsPerSecond: 0, failAt: 12 }));
    const running = (
      await ask('POST', '/api/jobs', '', simulated({ events: 1_000_000, eventsPerSecond: 50, warnAt: 2 }))
    ).body.jobId;
    const held = (await ask('POST', '/api/jobs', '', simulated({ hold: true }))).body.jobId;
    const stream = await openRawStream(`${server.url}/api/jobs/${running}/events`, { headers: as('ann') });
    await stream.until((frames) => frames.some(({ event }) => event === 'warning'));
    stream.close();

    for (const [jobId, status] of [
      [succeeded, 'completed'],
      [failed, 'failed'],
      [running, 'running'],
      [held, 'idle'],
    ] as const) {
      await ask('GET', '/api/jobs/{jobId}', jobId);
      await ask('GET', '/api/jobs/{jobId}/logs', jobId);
      await ask('GET', '/api/jobs/{jobId}/events?wait=0', jobId);
      await ask('POST', '/api/jobs/{jobId}/tokens', jobId, {});
      await ask('POST', '/api/jobs/{jobId}/tokens', jobId, { access: 'files' });
      const progress = await ask('GET', '/api/jobs/{jobId}/progress', jobId);
      const job = (await ask('GET', '/api/jobs/{jobId}', jobId)).body;
      expect(progress.body).toMatchObject({ jobId, status, currentStage: job.stage, correlationId: job.correlationId });
      const failure = await ask('GET', '/api/jobs/{jobId}/failure-details', jobId);
      expect(failure.status).toBe(jobId === failed ? 200 : 409);
    }
    const { body: failure } = await ask('GET', '/api/jobs/{jobId}/failure-details', failed);
    const { errors, stage, completedAt } = (await ask('GET', '/api/jobs/{jobId}', failed)).body;
    expect(failure).toMatchObject({
      stage,
      errorCode: errors[0].code,
      message: errors[0].message,
      suggestedActions: [errors[0].remediation],
      failedAt: completedAt,
      logPath: `/api/jobs/${failed}/logs`,
    });

    for (const query of ['', '?limit=2', '?status=Failed', `?ids=${failed},${held}`, '?limit=0'])
      await ask('GET', `/api/jobs${query}`);
    const { body: recent } = await ask('GET', '/api/jobs/recent-artifacts');
    expect(recent).toMatchObject({ count: recent.artifacts.length });
    expect(recent.artifacts.map(({ jobId }: { jobId: string }) => jobId)).toContain(succeeded);
    expect((await ask('GET', '/api/jobs/recent-artifacts?limit=51')).status).toBe(400);
    expect((await call(`${server.url}/api/jobs/recent-artifacts`, 'GET', undefined, as('bob'))).body.count).toBe(0);

    await ask('GET', '/artifacts/{jobId}/output.mp4', succeeded, undefined, { ...as('ann'), range: 'bytes=0-9' });
    await ask('GET', '/artifacts/{jobId}/output.mp4', succeeded, undefined, {
      ...as('ann'),
      range: 'bytes=999999999-',
    });
    await ask('GET', '/artifacts/{jobId}/nothing.mp4', succeeded);
    const following = await openRawStream(`${server.url}/api/jobs/${running}/events`, { headers: as('ann') });
    expect((await ask('POST', '/api/jobs/{jobId}/resume', running)).status).toBe(409);
    expect((await ask('POST', '/api/jobs/{jobId}/pause', running)).status).toBe(200);
    await following.until((frames) =>
      frames.some(({ data }) => (data as { status?: string } | undefined)?.status === 'Paused'),
    );
    expect((await ask('GET', '/api/jobs/{jobId}', running)).body.status).toBe('Paused');
    expect((await ask('GET', '/api/jobs/{jobId}/progress', running)).body.status).toBe('idle');
    expect((await ask('POST', '/api/jobs/{jobId}/resume', running)).status).toBe(200);
    expect((await ask('POST', '/api/jobs/{jobId}/pause', held)).status).toBe(409);
    following.close();
    await ask('POST', '/api/jobs/{jobId}/retry', failed);
    await ask('POST', '/api/jobs/{jobId}/retry', held);
    await ask('DELETE', '/api/jobs/{jobId}', held);
    for (const jobId of [held, running]) await ask('POST', '/api/jobs/{jobId}/cancel', jobId);
    await logOf(running);
    await ask('POST', '/api/jobs/{jobId}/cancel', running);
    await ask('POST', '/api/jobs/cancel', '', { jobIds: [held, succeeded, 'job-0'] });
    await ask('POST', '/api/jobs/cancel', '', { jobIds: 'all' });
    const { lastEventId } = (await ask('GET', '/api/jobs/{jobId}', failed)).body;
    await ask('GET', `/api/jobs/{jobId}/events?lastEventId=${lastEventId}`, failed);
    await ask('GET', `/api/events?wait=0&jobs=${failed},${succeeded}`);
    await ask('GET', '/api/jobs/{jobId}/ws', failed);
    await ask('DELETE', '/api/jobs/{jobId}', failed);
    for (const path of ['/healthz', '/readyz']) await ask('GET', path);
  });

  test('of a cancel while a provider works', async () => {
    const { jobId } = (await ask('POST', '/api/jobs', '', { ...VIDEO, planSpec: { targetDuration: '00:20:00' } })).body;
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`, { headers: as('ann') });
    await stream.until((frames) =>
      frames.some(({ event, data }) => event === 'step-status' && (data as { step: string }).step === 'TTS'),
    );
    const { body } = await ask('POST', '/api/jobs/{jobId}/cancel', jobId);
    expect(body).toMatchObject({ jobId, currentStatus: 'Running', cleanupScheduled: true, warnings: [] });
    expect(body.providerStatuses).toEqual([
      {
        providerName: expect.any(String),
        providerType: 'TTS',
        supportsCancellation: true,
        status: 'CancellationRequested',
        warning: null,
      },
    ]);
    await stream.ended;
  });

  test('of what is refused', async () => {
    await ask('POST', '/api/jobs', '', { brief: {} });
    await ask('POST', '/api/jobs', '', '{"brief"');
    await ask('POST', '/api/jobs', '', { padding: 'x'.repeat(9000) });
    await ask('POST', '/api/jobs', '', '{}', { ...as('ann'), 'content-encoding': 'nonsense' });
    const key = { ...as('ann'), 'idempotency-key': 'one' };
    await ask('POST', '/api/jobs', '', simulated({ hold: true }), key);
    await ask('POST', '/api/jobs', '', simulated({ hold: false }), key);
    while ((await ask('POST', '/api/jobs', '', simulated({ hold: true }))).status !== 429);
    for (const [path, operations] of Object.entries(openapi.paths))
      for (const method of Object.keys(operations).map((name) => name.toUpperCase())) {
        if (!/^\/(api|artifacts|metrics)/.test(path)) continue;
        const asked = path.replace('{name}', 'nothing.mp4');
        expect((await ask(method, asked, 'job-0', undefined, {})).status).toBe(401);
        if (path.includes('{jobId}') && !path.endsWith('/ws')) {
          const { status } = await ask(method, asked, 'job-0', undefined, as('bob'));
          expect([path, status]).toEqual([path, 404]);
        }
      }
    await ask('GET', '/metrics');
    await ask('GET', '/metrics', '', undefined, as('ops'));
    const two = await Promise.all(
      [1, 2].map(async () => {
        const { jobs } = (await call(`${server.url}/api/jobs?status=Queued&limit=1`, 'GET', undefined, as('ann'))).body;
        return openRawStream(`${server.url}/api/jobs/${jobs[0].jobId}/events`, { headers: as('ann') });
      }),
    );
    expect((await ask('GET', '/api/jobs/{jobId}/events', 'job-0')).status).toBe(429);
    for (const stream of two) stream.close();
  });
});

const HELD = simulated({ hold: true });
const A_LOT = 'x'.repeat(501);

test.each([
  [202, HELD],
  [202, { ...HELD, brief: {} }],
  [202, { ...HELD, brief: { topic: 'abc', audience: null }, renderSpec: { fps: 1, res: '720p' } }],
  [202, { ...HELD, renderSpec: { fps: '30', res: { width: 256, height: 144 } }, voiceSpec: { rate: 0.5 } }],
  [400, {}],
  [400, { preset: 'default' }],
  [400, { brief: {} }],
  [400, { brief: { topic: 'ab' } }],
  [400, { brief: { topic: A_LOT } }],
  [400, { ...HELD, brief: { topic: 'Tides', tone: A_LOT } }],
  [400, { ...HELD, renderSpec: { fps: 2.5 } }],
  [400, { ...HELD, renderSpec: { fps: 121 } }],
  [400, { ...HELD, voiceSpec: { rate: 0.4 } }],
  [400, { ...HELD, planSpec: { targetDuration: 'a minute' } }],
])('a request that is answered with %i is described as such: %j', async (expected, body) => {
  const { status } = await ask('POST', '/api/jobs', '', body, as('bob'));
  const differences = description.differencesOfRequest('POST', '/api/jobs', body);
  expect([status, differences.length > 0]).toEqual([expected, expected === 400]);
});

test('a body that must be there is described as such', async () => {
  for (const [path, operations] of Object.entries(openapi.paths))
    for (const [method, { requestBody }] of Object.entries(operations)) {
      if (!requestBody) continue;
      const { status } = await ask(method.toUpperCase(), path, 'job-0', undefined, as('bob'));
      expect([path, requestBody.required === true]).toEqual([path, status === 400]);
    }
});

test('every event is as described', async () => {
  const own = await startOwnedServer();
  try {
    const kinds = new Set<string>();
    const start = async (body: object) => (await call(`${own.url}/api/jobs`, 'POST', body, as('ann'))).body.jobId;
    const [video, failing, cancelled] = [
      await start(VIDEO),
      await start(simulated({ events: 20, eventsPerSecond: 0, failAt: 10, warnAt: 3 })),
      await start(simulated({ hold: true })),
    ];
    await call(`${own.url}/api/jobs/${cancelled}/cancel`, 'POST', undefined, as('ann'));
    const jobs = [video, failing, cancelled, 'job-0'].join(',');
    for (const path of [`events?jobs=${jobs}&replay=all`, `jobs/${failing}/events?lastEventId=9999999999999-1`]) {
      const stream = await openRawStream(`${own.url}/api/${path}`, { headers: as('ann') });
      await stream.ended;
      for (const { id, event, data } of stream.events) {
        expect(description.differencesOfEvent({ id, type: event!, data })).toEqual([]);
        kinds.add(event!);
      }
    }
    expect([...kinds].sort()).toEqual(Object.keys(asyncapi.components.schemas).sort());
  } finally {
    await own.stop();
  }
});

test('/docs is a page that needs nothing from anywhere else', async () => {
  const { status, headers, body } = await call(`${server.url}/docs`);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  for (const path of Object.keys(openapi.paths)) expect(body).toContain(path);
  expect(body).not.toMatch(/<script|(src|href)="(https?:)?\/\//);
  expect((await call(`${server.url}/docs.css`)).status).toBe(200);
  const problem = (await call(`${server.url}/api/jobs`)).body as { type: string };
  expect(problem.type).toBe('/docs#AccessDenied');
  expect(body).toContain('id="AccessDenied"');
});
