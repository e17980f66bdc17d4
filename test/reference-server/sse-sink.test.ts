import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Batch, Frame } from '../../reference-server/src/events/frame.ts';
import { Scratch } from '../../reference-server/src/events/scratch.ts';
import { SseSink } from '../../reference-server/src/events/sse-sink.ts';
import { eventually } from '../support/eventually.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { call } from '../support/api.ts';
import { logOf, release, simulate } from './simulated-jobs.ts';

let server: TestServer;
const http = createServer();

beforeAll(async () => {
  server = await startReferenceServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  http.close();
  await server.stop();
});

test('a stream that was asked for behind another answer, on the same connection, begins when that is done (RFC 9112, 9.3.2)', async () => {
  const jobId = await simulate(server, { events: 40, eventsPerSecond: 0, hold: true });
  const path = `/api/jobs/${jobId}`;
  const { lastEventId } = (await call(server.url + path)).body as { lastEventId: string };
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (piece) => (text += String(piece)));
  const ask = (query: string): string => `GET ${path}/events${query} HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
  // The first waits for news, so the second is there before it has a connection to write to.
  socket.write(ask(`?wait=20&lastEventId=${lastEventId}`) + ask(''));
  const streams = async (): Promise<string> => await (await fetch(`${server.url}/metrics`)).text();
  await eventually(async () => /^aura_streams_open\S* 2$/m.test(await streams()));

  await release(server, jobId);
  await eventually(() => text.includes('event: job-completed') && text.endsWith('0\r\n\r\n'));
  socket.destroy();

  const stream = text.slice(text.indexOf('text/event-stream'));
  const ids = [...stream.matchAll(/^id: (\S+)$/gm)].map(([, id]) => id);
  expect(ids).toEqual((await logOf(server, jobId)).map(({ id }) => id));
});

test('AC-62: of what a reader does not take, no more than one batch waits in this process, and it goes on when the reader does', async () => {
  const batch = new Batch([new Frame({ id: '1-1', type: 'job-log', json: JSON.stringify('x'.repeat(1000)) })], '1-1');
  const sent = new Promise<{ waiting: number; drained: Promise<void> }>((resolve) => {
    http.once('request', (_request, response) => {
      const drained = new Promise<void>((wake) => {
        const sink = new SseSink(response);
        let open = false;
        sink.open({ drained: () => (open ? wake() : fill()), closed: () => {} });
        fill();
        function fill(): void {
          while (sink.write(batch));
          // The first bytes go out in a turn of their own.
          setImmediate(() => {
            if (response.socket!.writableLength === 0) return;
            open = true;
            resolve({ waiting: response.socket!.writableLength, drained });
          });
        }
      });
    });
  });
  const reader = connect((http.address() as AddressInfo).port, '127.0.0.1');
  reader.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');

  const { waiting, drained } = await sent;
  expect(waiting).toBeLessThanOrEqual(batch.chunk(new Scratch()).length);
  reader.resume();
  await drained;
  reader.destroy();
});

test('what waits for one reader stays as it is while others are written to', async () => {
  const READERS = 3;
  const sent = Array.from({ length: READERS }, () => '');
  const responses: ServerResponse[] = [];
  http.on('request', (_request, response) => void responses.push(response));
  const readers = Array.from({ length: READERS }, () => {
    const reader = connect((http.address() as AddressInfo).port, '127.0.0.1');
    reader.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    return reader;
  });
  await eventually(() => responses.length === READERS);
  const sinks = responses.map((response) => {
    const sink = new SseSink(response);
    sink.open({ drained: () => {}, closed: () => {} });
    return sink;
  });
  // The first bytes go out in a turn of their own.
  await eventually(() => responses.every(({ socket }) => socket!.writableLength === 0));
  // Each gets bytes that nobody else gets, until it takes no more, and the others go on.
  for (const [at, sink] of sinks.entries()) {
    for (let more = true; more;) {
      const frame = new Frame({ id: '1-1', type: 'job-log', json: JSON.stringify(String(at).repeat(7000)) });
      more = sink.write(new Batch([frame], '1-1'));
      sent[at] += frame.block.toString();
    }
  }
  const heard = readers.map(async (reader) => {
    let text = '';
    for await (const piece of reader) text += String(piece);
    return text;
  });
  for (const sink of sinks) sink.end('complete');

  for (const [at, text] of (await Promise.all(heard)).entries())
    expect(text.replaceAll(/\r\n([\da-f]+\r\n)?/g, '').endsWith(sent[at]!)).toBe(true);
});
