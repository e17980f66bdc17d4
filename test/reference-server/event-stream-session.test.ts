/** A session is a cursor: the cases that a healthy server does not show. */
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { EventHub } from '../../reference-server/src/events/event-hub.ts';
import { WebSocketSink } from '../../reference-server/src/events/web-socket-sink.ts';
import { SseSink } from '../../reference-server/src/events/sse-sink.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { eventually } from '../support/eventually.ts';
import { FragileLog, PAST_THE_MEMORY } from './fragile-log.ts';

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

let response: ServerResponse;

async function serve(log: FragileLog, after: string | undefined): Promise<string> {
  const hub = new EventHub(log, { keepAliveMs: 60_000, maxAgeMs: 60_000 });
  server = createServer((_request, answer) => {
    response = answer;
    const [sink, start] = [new SseSink(response), { from: 'log', after } as const];
    void hub.withChannel('job-1', async (source) => hub.serve({ sink, source, start }));
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
    {
      event: 'error',
      id: undefined,
      data: { jobId: 'job-1', message: expect.stringContaining('event log'), correlationId: 'c-1' },
    },
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

test('a socket that does not read is given one batch at a time', async () => {
  const log = new FragileLog();
  await serve(log, undefined);
  const hub = new EventHub(log, { keepAliveMs: 600_000, maxAgeMs: 600_000 });
  const sent: string[] = [];
  let flushed: (() => void) | undefined;
  const socket = {
    once: () => {},
    close: () => {},
    send: (message: Buffer, _options: object, done?: () => void) => {
      sent.push(String(message));
      flushed = done;
    },
  } as unknown as ConstructorParameters<typeof WebSocketSink>[0];
  await hub.withChannel('job-1', async (source) =>
    hub.serve({
      sink: new WebSocketSink(socket, new PassThrough()),
      source,
      start: { from: 'log', after: `1700000000000-${PAST_THE_MEMORY}` },
    }),
  );
  for (let n = 0; n < 20_000; n++) {
    log.add();
    if (n % 100 === 0) await new Promise(setImmediate);
  }
  // AC-62: the sign of life, and what the first turn of the event loop brought.
  expect(sent.length).toBeLessThanOrEqual(1 + 100);
  while (sent.length < 1 + 20_000) {
    flushed?.();
    await new Promise(setImmediate);
  }
  const ids = sent.slice(1).map((message) => Number(/^\{"id":"1700000000000-(\d+)"/.exec(message)![1]));
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
