import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { call } from '../support/api.ts';
import { logOf, release, simulate } from './simulated-jobs.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer();
});

afterAll(() => server.stop());

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
