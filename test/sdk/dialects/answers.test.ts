/** What a robust client makes of the answers to its calls: the rows of table 3.4 about commands and errors. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AuraClient, isAuraError } from '@aura-jobs/sdk';
import type { AuraError } from '@aura-jobs/sdk';
import { startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer | undefined;

afterEach(async () => {
  vi.useRealTimers();
  await server?.close();
  server = undefined;
});

type Answer = [status: number, body: object | string, headers?: Record<string, string>];

/** @param answers by method and path */
async function serve(answers: Record<string, Answer>): Promise<AuraClient> {
  server = await startScriptedServer(({ method, url }, response) => {
    const [status, body, headers = {}] = answers[`${method} ${url}`] ?? [404, ''];
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return new AuraClient({ baseUrl: server.url });
}

async function errorOf(call: Promise<unknown>): Promise<AuraError> {
  const error: unknown = await call.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (isAuraError(error)) return error;
  throw error;
}

const job = (id: string, correlationId: string): object => ({ id, status: 'Running', correlationId });

describe('a retry whose answer repeats the old id', () => {
  const accepted: Answer = [202, { jobId: 'old', message: 'Retry started', correlationId: 'trace-9' }];

  test('is found in the list: the newer job of the same correlation', async () => {
    const jobs = [job('else', 'corr-2'), job('new', 'corr-1'), job('old', 'corr-1'), job('older', 'corr-1')];
    const client = await serve({ 'POST /api/jobs/old/retry': accepted, 'GET /api/jobs': [200, { jobs }] });

    expect(await client.jobs.retry('old')).toEqual({ jobId: 'new', retryOf: 'old' });
  });

  test.each([
    ['older ones alone', [job('else', 'corr-2'), job('old', 'corr-1'), job('older', 'corr-1')]],
    ['nothing', []],
  ])('is said to be without an id where the list has %s', async (_name, jobs) => {
    const client = await serve({ 'POST /api/jobs/old/retry': accepted, 'GET /api/jobs': [200, { jobs }] });

    expect(await errorOf(client.jobs.retry('old'))).toMatchObject({ name: 'ProtocolError', code: 'InvalidAnswer' });
  });
});

describe('a cancel that the backend answers with 500', () => {
  const fault: Answer = [500, { detail: 'Job could not be cancelled. It may already be completed.' }];

  test('is refused when the job has ended', async () => {
    const client = await serve({
      'POST /api/jobs/a/cancel': fault,
      'GET /api/jobs/a': [200, { id: 'a', status: 'completed' }],
    });

    expect(await errorOf(client.jobs.cancel('a'))).toMatchObject({
      name: 'NotCancellableError',
      code: 'NotCancellable',
      problem: { currentStatus: 'Succeeded' },
    });
  });

  test('is a server error when the job runs on', async () => {
    const client = await serve({
      'POST /api/jobs/a/cancel': fault,
      'GET /api/jobs/a': [200, { id: 'a', status: 'running' }],
    });

    expect(await errorOf(client.jobs.cancel('a'))).toMatchObject({ name: 'ServerError', status: 500 });
  });
});

describe('the reason in an error', () => {
  test.each<[string, object | string, string]>([
    ['detail before all', { detail: 'd', message: 'm', error: 'e' }, 'd'],
    ['then message', { message: 'm', error: 'e' }, 'm'],
    ['then error', { error: 'e' }, 'e'],
    ['in other letters', { Detail: 'd' }, 'd'],
    ['the status text of a page', '<html><h1>Bad gateway</h1>', 'Bad Gateway'],
    ['the status text of nothing', '', 'Bad Gateway'],
    ['the status text of what is no object', '"oops"', 'Bad Gateway'],
    ['the status text of an empty object', {}, 'Bad Gateway'],
  ])('%s', async (_name, body, said) => {
    const client = await serve({ 'GET /api/jobs/a': [502, body, { 'content-type': 'application/json' }] });

    const error = await errorOf(client.jobs.get('a', { retries: 0 }));

    expect(error).toMatchObject({ name: 'ServerError', status: 502, retryable: true });
    expect(error.message).toBe(`GET /api/jobs/a answered 502: ${said}`);
  });

  test('of a 504 comes with what to try, and the call may be repeated', async () => {
    const body = { error: 'The request timed out.', suggestions: ['Try a shorter topic.'] };
    const client = await serve({ 'GET /api/jobs/a': [504, body] });

    expect(await errorOf(client.jobs.get('a', { retries: 0 }))).toMatchObject({
      retryable: true,
      message: expect.stringContaining('The request timed out.'),
      problem: { suggestions: ['Try a shorter topic.'] },
    });
  });
});

describe('a success that holds no JSON', () => {
  test('nothing at all is enough for a cancel', async () => {
    const client = await serve({ 'POST /api/jobs/a/cancel': [202, ''] });

    expect(await client.jobs.cancel('a')).toEqual({ jobId: 'a', currentStatus: 'Running', message: '' });
  });

  test.each(['', '<html>', '[]', '"a"', '7', 'null', '{}'])('GET with %j is a typed error', async (body) => {
    const client = await serve({ 'GET /api/jobs/a': [200, body] });

    expect(await errorOf(client.jobs.get('a'))).toMatchObject({ name: 'ProtocolError', retryable: false });
  });
});

describe('AC-34 the longest wait that any header names', () => {
  const now = Date.UTC(2026, 0, 1);
  const inSeconds = (seconds: number): string => String(now / 1000 + seconds);

  test.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '7', 'x-ratelimit-reset': inSeconds(20) }, 20_000],
    [{ 'retry-after': '30', 'x-ratelimit-reset': inSeconds(20) }, 30_000],
    [{ 'ratelimit-reset': '12' }, 12_000],
    [{ 'x-rate-limit-reset': '2026-01-01T00:00:15.0000000Z' }, 15_000],
    [{ 'x-rate-limit-limit': '5m', 'x-rate-limit-remaining': '0' }, undefined],
    [{ 'ratelimit-reset': 'soon', 'retry-after': '3' }, 3000],
    // No date either, though Date.parse takes it for one.
    [{ 'retry-after': '-5' }, undefined],
    [{}, undefined],
  ])('%j', async (headers, expected) => {
    vi.useFakeTimers({ toFake: ['Date'], now });
    const client = await serve({ 'GET /api/jobs/a': [429, '', headers] });

    const error = await errorOf(client.jobs.get('a', { retries: 0 }));

    expect(error).toMatchObject({ name: 'RateLimitedError', retryable: true });
    expect(error.retryAfterMs).toBe(expected);
  });

  test('only of a limit: another error may come with a full account', async () => {
    const client = await serve({ 'GET /api/jobs/a': [503, '', { 'ratelimit-reset': '3600', 'retry-after': '2' }] });

    expect((await errorOf(client.jobs.get('a', { retries: 0 }))).retryAfterMs).toBe(2000);
  });
});
