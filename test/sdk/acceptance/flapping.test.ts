/** A server that opens and ends its streams again and again is not asked without end, nor without a pause (C-07, C-08; AC-28, AC-30). */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { EventStreamOptions } from '@aura-jobs/sdk/sse';
import { openBody, stopClock, virtualServer } from './virtual-server.ts';

beforeEach(() => {
  stopClock();
  vi.spyOn(Math, 'random').mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const whole = (body: string): Response => new Response(body, { headers: { 'content-type': 'text/event-stream' } });

/** Connects for a minute of virtual time. @returns when requests were made, and how the stream stood in the end */
async function follow(answer: (n: number) => Response, options: EventStreamOptions = {}): Promise<[number[], string]> {
  const server = virtualServer(answer);
  const stream = connectEventStream('http://virtual.invalid/', { fetch: server.fetch, ...options });
  await vi.advanceTimersByTimeAsync(60_000);
  const { status } = stream.state;
  stream.close();
  return [[...server.times], status];
}

const SECOND = 1000;

test('AC-30 events that were told before are nothing new: the attempts run out', async () => {
  const body = 'id: 1700000000000-1\ndata: a\n\nid: 1700000000000-2\ndata: b\n\n';
  const [times, status] = await follow(() => whole(body));

  expect(status).toBe('failed');
  // The first connection brought something; each after it is a failure.
  expect(times).toEqual([0, 1, 2, 4, 8, 16, 32].map((seconds) => seconds * SECOND));
});

test('AC-28 streams that end as soon as they have told something new are followed with a pause', async () => {
  const [times, status] = await follow(
    (n) => whole(`id: 170000000000${n % 10}-${n}\ndata: a\n\n`.repeat(n < 5 ? 1 : 0)),
    {
      retry: { maxAttempts: Infinity },
    },
  );

  expect(status).not.toBe('failed');
  expect(times.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map((seconds) => seconds * SECOND));
});

test('AC-28 a stream that has lived is followed at once, and one that says when after that time', async () => {
  const server = virtualServer((n) => {
    const { response, write, end } = openBody();
    write(`id: 1700000000000-${n}\ndata: a\n\n${n === 2 ? 'retry: 250\n\n' : ''}`);
    setTimeout(end, n === 1 ? 10 * SECOND : SECOND);
    return response;
  });
  const stream = connectEventStream('http://virtual.invalid/', { fetch: server.fetch });
  await vi.advanceTimersByTimeAsync(11_500);
  stream.close();

  expect(server.times).toEqual([0, 10_000, 11_250]);
});
