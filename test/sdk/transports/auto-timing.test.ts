/** When `auto` tries what, on a clock that the test moves. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { auto } from '@aura-jobs/sdk/transports';
import type { Transport } from '@aura-jobs/sdk/transports';
import { openReader } from './reader.ts';
import type { Reader } from './reader.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

let readers: Reader[] = [];
/** Seconds at which the preferred transport was asked. */
let asked: number[] = [];
let getsThrough = false;
let begin = 0;

const never = (): Promise<void> => new Promise(() => {});

const preferred: Transport = (link) => {
  asked.push((Date.now() - begin) / SECOND);
  if (getsThrough) link.onOpen();
  if (getsThrough) link.onAlive();
  return never();
};

const other: Transport = (link) => {
  link.onOpen('polling');
  link.onAlive();
  return never();
};

beforeEach(() => {
  vi.useFakeTimers();
  [readers, asked, getsThrough, begin] = [[], [], false, Date.now()];
});

afterEach(async () => {
  for (const { stream } of readers) stream.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function follow(transport: Transport): Reader {
  const reader = openReader('/events', { transport, silenceTimeoutMs: 24 * HOUR });
  readers.push(reader);
  return reader;
}

test('AC-69 the first transport has 5 s; then it is tried after a minute, and ever more seldom, up to 10 minutes', async () => {
  const reader = follow(auto({ transports: [preferred, other] }));
  await vi.advanceTimersByTimeAsync(4.9 * SECOND);
  expect(reader.statuses).toEqual(['connecting']);
  await vi.advanceTimersByTimeAsync(HOUR);

  expect(reader.statuses).toEqual(['connecting', 'polling']);
  expect(asked).toEqual([0, 65, 185, 425, 905, 1505, 2105, 2705, 3305]);
});

test('connections of one page share what they find out: one of them asks for all, and all come back', async () => {
  const transport = auto({ transports: [preferred, other] });
  const [one, two] = [follow(transport), follow(transport)];
  await vi.advanceTimersByTimeAsync(70 * SECOND);
  expect(asked).toEqual([0, 0, 65]);
  getsThrough = true;
  await vi.advanceTimersByTimeAsync(180 * SECOND);

  expect(asked.slice(3)).toEqual([185, 185]);
  expect(one.statuses).toEqual(['connecting', 'polling', 'open']);
  expect(two.statuses).toEqual(['connecting', 'polling', 'open']);
});

test('a connection that is replaced again and again does not put the next try off', async () => {
  const transport = auto({ transports: [preferred, other] });
  const reader = follow(transport);
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  for (let n = 0; n < 10; n++) {
    await vi.advanceTimersByTimeAsync(20 * SECOND);
    reader.stream.reconnect();
  }

  expect(asked).toEqual([0, 65, 185]);
});
