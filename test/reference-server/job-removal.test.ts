/** Deleting jobs, asking several to stop, and a job's log as text. */
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import type { Answer } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { openRawSocket } from './raw-socket.ts';
import { cancel, finished, logOf, simulate } from './simulated-jobs.ts';

const UNKNOWN = 'job-0000000000000000';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '4' });
});

afterAll(() => server.stop());

const api = (path: string, method?: string, body?: unknown): Promise<Answer> => call(server.url + path, method, body);

async function canceled(): Promise<string> {
  const jobId = await simulate(server, { hold: true });
  await cancel(server, jobId);
  await logOf(server, jobId);
  return jobId;
}

const failed = async () => (await finished(server, { events: 5, eventsPerSecond: 0, failAt: 3 })).jobId;
const succeeded = async () => (await finished(server)).jobId;

describe('delete', () => {
  test.each([
    ['Succeeded', succeeded],
    ['Failed', failed],
    ['Canceled', canceled],
  ])('a job that is %s is gone afterwards', async (_status, make) => {
    const jobId = await make();
    const before = (await api('/api/jobs?limit=200')).body.count;

    expect(await api(`/api/jobs/${jobId}`, 'DELETE')).toMatchObject({ status: 204, body: '' });
    for (const path of ['', '/events', '/events?wait=0', '/logs'])
      expect((await api(`/api/jobs/${jobId}${path}`)).status).toBe(404);
    expect(await (await openRawSocket(`${server.url}/api/jobs/${jobId}/ws`)).closed).toMatchObject({ code: 4404 });
    expect((await api(`/api/jobs/${jobId}`, 'DELETE')).status).toBe(404);
    expect((await api(`/api/jobs/${jobId}/cancel`, 'POST')).status).toBe(404);
    expect((await api('/api/jobs?limit=200')).body.count).toBe(before - 1);
    expect((await api(`/api/jobs?ids=${jobId}`)).body.jobs).toEqual([]);
  });

  test('nothing of it is left on the disk', async () => {
    const own = await startReferenceServer();
    try {
      const brief = { topic: 'How tides work' };
      const planSpec = { targetDuration: '00:00:10' };
      const { body } = await call(`${own.url}/api/jobs`, 'POST', { brief, planSpec });
      const [{ jobId: made }, { jobId: broken }] = [
        body as { jobId: string },
        await finished(own, { events: 5, eventsPerSecond: 0, failAt: 3 }),
      ];
      const artifacts = (await logOf(own, made)).at(-1)!.data.artifacts as { path: string }[];
      expect((await fetch(own.url + artifacts[0]!.path)).status).toBe(200);
      expect(await readdir(join(own.dataDir, 'artifacts'))).toEqual([made]);

      for (const jobId of [made, broken])
        expect((await call(`${own.url}/api/jobs/${jobId}`, 'DELETE')).status).toBe(204);
      expect((await fetch(own.url + artifacts[0]!.path)).status).toBe(404);
      expect(await readdir(join(own.dataDir, 'artifacts'))).toEqual([]);
      expect(await readdir(join(own.dataDir, 'workspaces'))).toEqual([]);
      await own.terminate();
      const database = new DatabaseSync(join(own.dataDir, 'aura.sqlite'));
      for (const table of ['jobs', 'events', 'queue'])
        expect(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toEqual({ rows: 0 });
      database.close();
    } finally {
      await own.stop();
    }
  });

  test('waits until the job has ended', async () => {
    const queued = await simulate(server, { hold: true });
    const running = await simulate(server, { seconds: 60, eventsPerSecond: 20 });
    const stream = await openRawStream(`${server.url}/api/jobs/${running}/events`);
    await stream.until((frames) => frames.some(({ event }) => event === 'step-progress'));

    for (const [jobId, currentStatus] of [
      [queued, 'Queued'],
      [running, 'Running'],
    ]) {
      expect(await api(`/api/jobs/${jobId}`, 'DELETE')).toMatchObject({
        status: 409,
        body: { code: 'NotDeletable', currentStatus, jobId, suggestedActions: [expect.stringContaining('Cancel')] },
      });
      expect((await api(`/api/jobs/${jobId}`)).body.status).toBe(currentStatus);
    }
    await cancel(server, running);
    await stream.ended;
    expect((await api(`/api/jobs/${running}`, 'DELETE')).status).toBe(204);
  });

  test('of an unknown job is 404', async () => {
    expect((await api(`/api/jobs/${UNKNOWN}`, 'DELETE')).body.code).toBe('JobNotFound');
  });

  test('ends a stream that is still reading the job’s history', async () => {
    // More than the buffers of a connection take in.
    const jobId = await simulate(server, { events: 2500, eventsPerSecond: 0, padBytes: 20_000 });
    await eventually(async () => (await api(`/api/jobs/${jobId}`)).body.status === 'Succeeded');
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`GET /api/jobs/${jobId}/events?replay=all HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    expect((await api(`/api/jobs/${jobId}`, 'DELETE')).status).toBe(204);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));

    expect(text).not.toContain('job-completed');
    expect(text.endsWith('0\r\n\r\n')).toBe(true);
  });

  test('a preflight from an allowed page passes', async () => {
    const { headers } = await call(`${server.url}/api/jobs/x`, 'OPTIONS', undefined, {
      origin: 'http://localhost:8080',
      'access-control-request-method': 'DELETE',
    });

    expect(headers.get('access-control-allow-methods')).toContain('DELETE');
  });
});

describe('logs', () => {
  const logs = (jobId: string, method = 'GET') => fetch(`${server.url}/api/jobs/${jobId}/logs`, { method });

  test('are the lines of the job’s log as text', async () => {
    const { jobId } = await finished(server, { events: 30, eventsPerSecond: 0, warnAt: 15 });
    const response = await logs(jobId);
    const text = await response.text();

    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'no-store',
    ]);
    const { logs: known } = (await api(`/api/jobs/${jobId}`)).body;
    expect(text).toBe(`${known.join('\n')}\n`);
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z Queued\n/);
    expect(text).toContain('WARNING This is a simulated warning.');
  });

  test('are all there when GET has only the newest', async () => {
    const own = await startReferenceServer({ AURA_STALL_AFTER_MS: '10' });
    try {
      const jobId = await simulate(own, { events: 240, eventsPerSecond: 40 });
      const warnings = (await logOf(own, jobId)).filter(({ type }) => type === 'warning').length;
      const lines = (await (await fetch(`${own.url}/api/jobs/${jobId}/logs`)).text()).trimEnd().split('\n');
      const { logs: known } = (await call(`${own.url}/api/jobs/${jobId}`)).body;

      expect(warnings).toBeGreaterThan(100);
      expect(known).toHaveLength(100);
      expect(lines.filter((line) => line.includes('Nothing has moved'))).toHaveLength(warnings);
      expect(lines.slice(-100)).toEqual(known);
      expect(lines[0]).toMatch(/ Queued$/);
    } finally {
      await own.stop();
    }
  });

  test('of a running job end, of an unknown one are 404, and HEAD has no body', async () => {
    const held = await simulate(server, { hold: true });

    expect(await (await logs(held)).text()).toMatch(/Queued\n$/);
    expect((await logs(held, 'HEAD')).headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await logs(UNKNOWN)).status).toBe(404);
  });
});

describe('cancelling several', () => {
  test('decides each by itself, in the order asked', async () => {
    const queued = await simulate(server, { hold: true });
    const done = await succeeded();
    const message = expect.any(String);
    const { status, body } = await api('/api/jobs/cancel', 'POST', { jobIds: [done, queued, UNKNOWN] });

    expect(status).toBe(200);
    expect(body).toEqual({
      results: [
        { jobId: done, status: 409, code: 'NotCancellable', currentStatus: 'Succeeded', message },
        { jobId: queued, status: 202, currentStatus: 'Queued', message },
        { jobId: UNKNOWN, status: 404, code: 'JobNotFound', message },
      ],
    });
    expect((await logOf(server, queued)).at(-1)!.type).toBe('job-cancelled');
  });

  test.each([
    [undefined],
    [{}],
    [[]],
    [{ jobIds: 'job-1' }],
    [{ jobIds: [] }],
    [{ jobIds: [1] }],
    [{ jobIds: Array.from({ length: 101 }, () => 'x') }],
  ])('refuses %j and names jobIds', async (body) => {
    expect(await api('/api/jobs/cancel', 'POST', body)).toMatchObject({
      status: 400,
      body: { code: 'InvalidInput', field: 'jobIds' },
    });
  });
});
