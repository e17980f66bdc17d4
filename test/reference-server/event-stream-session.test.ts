/** A session is a cursor: the cases that a healthy server does not show. */
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { EventLog, LoggedEvent } from '../../reference-server/src/events/event-log.ts';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { eventually } from '../support/eventually.ts';

const PAST_THE_MEMORY = 5000;

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A log in memory that can be told to fail, as a disk does. */
class FragileLog implements EventLog {
  readonly events: LoggedEvent[] = Array.from({ length: PAST_THE_MEMORY }, (_, index) => ({
    id: `1700000000000-${index + 1}`,
    type: 'warning',
    json: `{"message":"${index + 1}","step":"Script","correlationId":"c-1"}`,
  }));
  broken = false;
  #listener: ((events: readonly LoggedEvent[]) => void) | undefined;

  async append(): Promise<readonly LoggedEvent[]> {
    throw new Error('not needed here');
  }

  async read(_jobId: string, { after, limit }: { after?: string | undefined; limit: number }): Promise<LoggedEvent[]> {
    if (this.broken) throw new Error('disk I/O error');
    const from = after ? Number(after.split('-')[1]) : 0;
    return this.events.slice(from, from + limit);
  }

  async has(): Promise<boolean> {
    return true;
  }

  async isSealed(): Promise<boolean> {
    return false;
  }

  /** Jobs that somebody follows. */
  readonly followed = new Set<string>();

  follow(jobId: string, listener: (events: readonly LoggedEvent[]) => void): () => void {
    this.#listener = listener;
    this.followed.add(jobId);
    return () => void this.followed.delete(jobId);
  }

  add(json = '{}'): void {
    const event = { id: `1700000000000-${this.events.length + 1}`, type: 'warning', json } as const;
    this.events.push(event);
    this.#listener?.([event]);
  }
}

let response: ServerResponse;

async function serve(log: EventLog, after: string | undefined): Promise<string> {
  const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 60_000 });
  server = createServer((_request, answer) => {
    response = answer;
    void hub.withChannel('job-1', async (channel) => hub.serve(response, channel, { from: 'log', after }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a log that cannot be read is an error event, a word when to come back, and a clean end', async () => {
  const log = new FragileLog();
  const url = await serve(log, undefined);
  const warm = await openRawStream(url);
  await warm.until((frames) => frames.length > PAST_THE_MEMORY);
  warm.close();
  log.broken = true;

  const stream = await openRawStream(url);
  await stream.ended;

  expect(stream.events).toMatchObject([
    { event: 'error', id: undefined, data: { message: expect.stringContaining('event log'), correlationId: 'c-1' } },
  ]);
  expect(stream.frames.at(-1)!.retry).toBeGreaterThan(0);
});

test('a reader that begins before the memory gets pages from the log, then what is live, without a seam', async () => {
  const log = new FragileLog();
  const stream = await openRawStream(await serve(log, '1700000000000-10'));
  await stream.until((frames) => frames.some(({ id }) => id === `1700000000000-${PAST_THE_MEMORY}`));
  log.add();
  log.add();
  await stream.until((frames) => frames.some(({ id }) => id === `1700000000000-${PAST_THE_MEMORY + 2}`));
  stream.close();

  expect(stream.events.map(({ id }) => Number(id!.split('-')[1]))).toEqual(
    Array.from({ length: PAST_THE_MEMORY - 8 }, (_, index) => index + 11),
  );
});

test('a reader that does not read gets nothing more until it does, and then everything', async () => {
  const log = new FragileLog();
  const url = await serve(log, `1700000000000-${PAST_THE_MEMORY}`);
  const { port } = new URL(url);
  const { connect } = await import('node:net');
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  const json = JSON.stringify({ message: 'x'.repeat(1000) });
  let held = 0;
  for (let n = 0; n < 20_000; n++) {
    log.add(json);
    if (n % 100 === 0) await new Promise(setImmediate);
    held = Math.max(held, response.writableLength);
  }
  // AC-62: of 20 MB that it does not read, no more waits in this process than one turn of the event loop brought.
  expect(held).toBeLessThan(1024 * 1024);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.resume();
  const last = `id: 1700000000000-${log.events.length}\n`;
  await eventually(() => text.includes(last));
  socket.destroy();

  const ids = [...text.matchAll(/^id: 1700000000000-(\d+)$/gm)].map(([, counter]) => Number(counter));
  expect(ids).toEqual(Array.from({ length: 20_000 }, (_, index) => PAST_THE_MEMORY + index + 1));
});

test('channels that nobody uses are closed, the oldest first', async () => {
  const log = new FragileLog();
  await serve(log, undefined);
  const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 60_000 });
  let release = (): void => {};
  const used = hub.withChannel('job-used', () => new Promise<void>((resolve) => (release = resolve)));
  for (let n = 0; n < 200; n++) await hub.snapshot(`job-${n}`);
  await eventually(() => log.followed.size <= 70);

  expect(log.followed.has('job-used')).toBe(true);
  expect(log.followed.has('job-199')).toBe(true);
  expect(log.followed.has('job-0')).toBe(false);
  release();
  await used;
});

test('a log that fails while channels are opened fails the caller alone', async () => {
  const log = new FragileLog();
  await serve(log, undefined);
  const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 60_000 });
  log.broken = true;
  const results = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => hub.snapshot(`job-${n}`)));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);

  log.broken = false;
  await expect(hub.snapshot('job-1')).resolves.toMatchObject({ jobId: 'job-1' });
});
