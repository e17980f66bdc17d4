/** What goes wrong has a name and an end: AC-12, AC-21, AC-25, AC-32, AC-33, AC-49, AC-58, AC-60, AC-64. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AuraClient, JobCanceledError, JobFailedError } from '@aura-jobs/sdk';
import type { JobEvent } from '@aura-jobs/sdk';
import { simulate } from '../../reference-server/simulated-jobs.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { breakStream, frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: TestServer;
let client: AuraClient;
let foreign: ScriptedServer | undefined;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  client = new AuraClient({ baseUrl: server.url });
});

afterEach(async () => {
  await foreign?.close();
  foreign = undefined;
});

afterAll(() => server.stop());

/** A backend that answers everything alike. */
async function serveStatus(
  status: number,
  body = '',
  headers: Record<string, string> = {},
  getToken?: () => string,
): Promise<AuraClient> {
  foreign = await startScriptedServer((_request, response) => void response.writeHead(status, headers).end(body));
  return new AuraClient({
    baseUrl: foreign.url,
    retry: { initialDelayMs: 0, maxAttempts: 2 },
    ...(getToken && { getToken }),
  });
}

async function endOf(jobId: string): Promise<unknown> {
  return client.watch(jobId).done.catch((error: unknown) => error);
}

describe('AC-21 a job that has ended refuses to be cancelled, says what it is, and stays so', () => {
  test.each([
    ['Succeeded', {}],
    ['Failed', { failAt: 2 }],
    ['Canceled', { hold: true }],
  ])('%s', async (status, inputs) => {
    const jobId = await simulate(server, { events: 5, eventsPerSecond: 0, ...inputs });
    if (status === 'Canceled') await client.jobs.cancel(jobId);
    await endOf(jobId);

    await expect(client.jobs.cancel(jobId)).rejects.toMatchObject({
      name: 'NotCancellableError',
      code: 'NotCancellable',
      problem: { currentStatus: status },
    });
    expect((await client.jobs.get(jobId)).status).toBe(status);
  });
});

test('AC-25 a cancelled job is never told as a failed one', async () => {
  const jobId = await simulate(server, { seconds: 60, eventsPerSecond: 50 });
  const watcher = client.watch(jobId);
  const statuses = new Set<string | undefined>();
  watcher.subscribe(() => statuses.add(watcher.snapshot?.status));
  const types: string[] = [];
  for await (const { type } of client.events(jobId, { replay: 'all' })) {
    types.push(type);
    if (type === 'step-progress' && types.indexOf(type) === types.length - 1) await client.jobs.cancel(jobId);
  }

  await expect(watcher.done).rejects.toBeInstanceOf(JobCanceledError);
  expect(types.at(-1)).toBe('job-cancelled');
  expect(types).not.toContain('job-failed');
  expect(statuses).not.toContain('Failed');
});

describe('AC-33 answers that no repeat can mend', () => {
  test.each([
    [400, 'InvalidInputError'],
    [401, 'AccessDeniedError'],
    [403, 'AccessDeniedError'],
    [404, 'JobNotFoundError'],
    [410, 'JobNotFoundError'],
    [422, 'InvalidInputError'],
  ])('%d ends a stream and a watcher as %s, after one request each', async (status, name) => {
    const own = await serveStatus(status, '<html>', { 'x-correlation-id': 'c-1' });

    await expect(own.events('a').next()).rejects.toMatchObject({ name, status, requestId: 'c-1', retryable: false });
    await expect(own.watch('a').done).rejects.toMatchObject({ name, status });
    expect(foreign!.requests).toHaveLength(2);
  });

  test.each([408, 429, 500, 502, 503, 504])('%d is tried again, as often as the client says', async (status) => {
    const own = await serveStatus(status, '', { 'retry-after': '0' });

    await expect(own.events('a').next()).rejects.toMatchObject({ status, retryable: true });
    expect(foreign!.requests).toHaveLength(3);
  });
});

test('AC-12 a backend that answers an unknown job with a stream and a word is believed', async () => {
  foreign = await startScriptedServer((_request, response) =>
    openStream(response, frame('error', { error: 'Job not found', jobId: 'a' })).end(),
  );
  const own = new AuraClient({ baseUrl: foreign.url, retry: { initialDelayMs: 0 } });
  const reading = (async () => {
    for await (const _event of own.events('a'));
  })();

  await expect(reading).rejects.toMatchObject({ name: 'JobNotFoundError', retryable: false });
  expect(foreign.requests).toHaveLength(1);
});

test('AC-32 a server error with data is an event, one without is nothing, and neither changes the job', async () => {
  foreign = await startScriptedServer(({ url }, response, n) => {
    if (!url!.endsWith('/events'))
      return void response.end('{"jobId":"a","status":"Running","stage":"TTS","percent":20}');
    if (n > 2) return void response.writeHead(404).end();
    breakStream(
      response,
      frame('error', { error: 'disk' }),
      'event: error\n\n',
      frame('warning', { message: 'w' }, '1-1'),
    );
  });
  const own = new AuraClient({ baseUrl: foreign.url, retry: { initialDelayMs: 0 } });
  const watcher = own.watch('a');
  const events: JobEvent[] = [];
  const errors: string[] = [];
  await new Promise<void>((resolve) => {
    own.subscribe('a', {
      onEvent: (event) => void events.push(event),
      onError: (error) => (errors.push(error.name), error.retryable || resolve()),
    });
  });

  const told = events.filter(({ type }) => type === 'error' || type === 'warning');
  expect(told.map(({ type, data }) => `${type} ${(data as { message: string }).message}`)).toEqual([
    'error disk',
    'warning w',
  ]);
  expect(errors).toEqual(['ConnectionError', 'JobNotFoundError']);
  expect(watcher.snapshot).toMatchObject({ status: 'Running', percent: 20, errors: [] });
});

test('AC-49 a token goes into the header of every request, and into nothing else', async () => {
  const secret = 'secret-token';
  const own = await serveStatus(403, '{"detail":"no"}', {}, () => secret);

  const results = await Promise.allSettled([
    own.jobs.create({ preset: 'default' }),
    own.jobs.get('a'),
    own.jobs.list({ limit: 2 }),
    own.jobs.cancel('a'),
    own.jobs.cancelMany(['a', 'b']),
    own.jobs.retry('a'),
    own.jobs.delete('a'),
    own.jobs.logs('a'),
    own.watch('a').done,
    own.watchAll(['a', 'b']).watchers[0]!.done,
    own.events('a', { replay: 'all' }).next(),
  ]);

  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'rejected'));
  expect(foreign!.requests.length).toBeGreaterThanOrEqual(results.length - 1);
  for (const { headers, url } of foreign!.requests) {
    expect(headers.authorization).toBe(`Bearer ${secret}`);
    expect(url).not.toContain(secret);
  }
  for (const { reason } of results as PromiseRejectedResult[]) {
    expect(JSON.stringify(reason) + String(reason) + (reason as Error).stack).not.toContain(secret);
  }
});

test('AC-58 a retry is a new job that names the old one, which stays as it is; other jobs cannot be retried', async () => {
  const failed = await simulate(server, { events: 5, eventsPerSecond: 0, failAt: 2 });
  expect(await endOf(failed)).toBeInstanceOf(JobFailedError);

  const again = await client.jobs.retry(failed);

  expect(again.retryOf).toBe(failed);
  expect(again.jobId).not.toBe(failed);
  expect(await client.jobs.get(failed)).toMatchObject({ status: 'Failed' });
  expect(await client.jobs.get(again.jobId)).toMatchObject({ retryOf: failed, attempt: 2 });

  const succeeded = await simulate(server, { events: 2, eventsPerSecond: 0 });
  await endOf(succeeded);
  await expect(client.jobs.retry(succeeded)).rejects.toMatchObject({ name: 'NotRetryableError', code: 'NotRetryable' });
});

test.each([404, 410])('AC-60 an expired job, %d, is not found, and nothing is tried again', async (status) => {
  const own = await serveStatus(status, '{"detail":"The job has expired.","code":"JobNotFound"}');

  for (const result of [own.jobs.get('a'), own.watch('a').done, own.events('a', { lastEventId: '1-1' }).next()]) {
    await expect(result).rejects.toMatchObject({ name: 'JobNotFoundError', code: 'JobNotFound', retryable: false });
  }
  expect(foreign!.requests).toHaveLength(3);
});

test.each(['', '.', '..', 'job-\ud800', '\udfffx'])('AC-64 %j is no job id, and that is said', async (jobId) => {
  const own = new AuraClient({ baseUrl: 'http://virtual.invalid' });
  const refused = { name: 'InvalidInputError', code: 'InvalidInput' };

  await expect(own.jobs.get(jobId)).rejects.toMatchObject(refused);
  expect(() => own.watch(jobId)).toThrow(expect.objectContaining(refused));
  expect(() => own.watchAll([jobId, 'job-1'])).toThrow(expect.objectContaining(refused));
});

test('AC-64 no job id leaves its place in the path, and none makes a header', async () => {
  const urls: string[] = [];
  const own = new AuraClient({
    baseUrl: 'http://virtual.invalid',
    fetch: async (url) => (urls.push(String(url)), new Response(null, { status: 404 })),
  });
  const id = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('../x', '..\\x', '%2e%2e', 'a/b', 'a?b#c', 'a\r\nX: y', '\0', '...'),
  );

  await fc.assert(
    fc.asyncProperty(
      id.filter((text) => text !== '.' && text !== '..'),
      async (jobId) => {
        urls.length = 0;
        await Promise.allSettled([own.jobs.get(jobId), own.jobs.cancel(jobId), own.events(jobId).next()]);

        const segments = urls.map((url) => new URL(url).pathname.split('/').slice(1));
        expect(new Set(segments.map(([, , , below]) => below))).toEqual(new Set(['cancel', 'events', undefined]));
        for (const [api, jobs, encoded, , ...more] of segments) {
          expect([api, jobs, decodeURIComponent(encoded!), more]).toEqual(['api', 'jobs', jobId, []]);
        }
      },
    ),
  );
});
