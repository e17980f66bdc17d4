/** How long the client waits, in virtual time: AC-29, AC-30, AC-31, AC-34. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { ConnectionState } from '@aura-jobs/sdk/sse';
import { openBody, stopClock, virtualServer } from './virtual-server.ts';

const URL = 'http://virtual.invalid/api/jobs/a/events';

beforeEach(stopClock);

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const status = (code: number, retryAfter?: string): Response =>
  new Response(null, { status: code, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });

describe('AC-29 a dead server', () => {
  test.each([
    [1, [0, 1000, 3000, 7000, 15_000, 31_000]],
    [0.5, [0, 500, 1500, 3500, 7500, 15_500]],
    [0, [0, 0, 0, 0, 0, 0]],
  ])('is tried again after 1, 2, 4, 8, 16 s, of which chance takes the part %d', async (part, times) => {
    vi.spyOn(Math, 'random').mockReturnValue(part);
    const server = virtualServer(() => status(503));
    const states: ConnectionState[] = [];

    connectEventStream(URL, { fetch: server.fetch, onStateChange: (state) => void states.push(state) });
    await vi.advanceTimersByTimeAsync(600_000);

    expect(server.times).toEqual(times);
    expect(states.map(({ status: name }) => name)).toEqual([
      'connecting',
      ...Array.from({ length: 5 }, () => 'reconnecting'),
      'failed',
    ]);
  });

  test('no wait is longer than 30 s', async () => {
    const server = virtualServer(() => status(503));
    connectEventStream(URL, { fetch: server.fetch, retry: { jitter: false, maxAttempts: 8 } });
    await vi.advanceTimersByTimeAsync(600_000);

    expect(server.times).toEqual([0, 1000, 3000, 7000, 15_000, 31_000, 61_000, 91_000, 121_000]);
  });
});

test('AC-30 a connection that brought something new ends the outage; one that brought nothing does not', async () => {
  const server = virtualServer((n) => {
    const { response, write } = openBody();
    if (n === 3) write('id: 1700000000000-1\ndata: x\n\n');
    return n === 3 || n === 5 ? response : status(503);
  });
  const attempts: number[] = [];
  connectEventStream(URL, {
    fetch: server.fetch,
    silenceTimeoutMs: 5000,
    retry: { jitter: false },
    onStateChange: (state) => void (state.status === 'reconnecting' && attempts.push(state.attempt)),
  });
  await vi.advanceTimersByTimeAsync(600_000);

  expect(attempts).toEqual([1, 2, 1, 2, 3, 4, 5]);
});

test('AC-31 a connection in which nothing is heard for 30 s is dead, and any byte is a sign of life', async () => {
  const first = openBody();
  const server = virtualServer((n) => (n === 1 ? first.response : status(204)));
  connectEventStream(URL, { fetch: server.fetch, retry: { jitter: false } });
  await vi.advanceTimersByTimeAsync(29_000);
  first.write(':');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(server.times).toEqual([0]);

  await vi.advanceTimersByTimeAsync(10_000);

  expect(server.times).toEqual([0, 60_000]);
});

describe('AC-34 Retry-After', () => {
  const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toUTCString();

  test.each([
    [429, '7', 7000],
    [503, '120', 120_000],
    [429, at(9), 9000],
    [503, at(-9), 0],
    [429, '0', 0],
  ])('of a stream, %d %s, is kept to the millisecond', async (code, header, expected) => {
    const server = virtualServer((n) => (n === 1 ? status(code, header) : status(204)));
    connectEventStream(URL, { fetch: server.fetch });
    await vi.advanceTimersByTimeAsync(600_000);

    expect(server.times).toEqual([0, expected]);
  });

  test.each([
    [429, '7', 7000],
    [503, at(9), 9000],
  ])('of a call, %d %s, is kept to the millisecond', async (code, header, expected) => {
    const server = virtualServer((n) => (n === 1 ? status(code, header) : new Response('{"status":"Running"}')));
    const call = new AuraClient({ baseUrl: 'http://virtual.invalid', fetch: server.fetch }).jobs.get('a');
    await vi.advanceTimersByTimeAsync(600_000);

    expect((await call).status).toBe('Running');
    expect(server.times).toEqual([0, expected]);
  });
});

describe('an abort ends a wait at once', () => {
  const reason = new Error('left');
  const client = (): AuraClient =>
    new AuraClient({ baseUrl: 'http://virtual.invalid', fetch: virtualServer(() => status(503, '3600')).fetch });

  test.each([
    ['a call', (own: AuraClient, signal: AbortSignal) => own.jobs.get('a', { signal })],
    ['a watcher', (own: AuraClient, signal: AbortSignal) => own.watch('a', { signal }).done],
    ['events', (own: AuraClient, signal: AbortSignal) => own.events('a', { signal }).next()],
  ])('of %s', async (_name, begin) => {
    const abort = new AbortController();
    const result = begin(client(), abort.signal).catch((error: unknown) => error);
    // Up to the wait, and not a moment further.
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBeGreaterThan(0);

    abort.abort(reason);

    expect(await result).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});
