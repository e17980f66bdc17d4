/** A job's events on a WebSocket, as a stranger's client sees them. */
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { openRawSocket } from './raw-socket.ts';
import type { RawSocket } from './raw-socket.ts';
import { cancel, finished, logOf, release, simulate, toEvent, typesOf } from './simulated-jobs.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer({
    AURA_CONCURRENCY: '8',
    AURA_KEEPALIVE_MS: '100',
    AURA_ALLOWED_ORIGINS: 'https://partner.example',
  });
});

afterAll(() => server.stop());

function open(jobId: string, query = '', protocols?: string[]): Promise<RawSocket> {
  return openRawSocket(`${server.url}/api/jobs/${jobId}/ws${query}`, protocols);
}

const KEEPALIVE = { type: 'keepalive' };
const NOTHING_MORE = { code: 4204, reason: 'The job has ended; nothing more will come.' };

describe('a socket', () => {
  test('says at once that the way is open, then carries the state, the live events and the end', async () => {
    const jobId = await simulate(server, { events: 30, eventsPerSecond: 100, hold: true });
    const stream = await openRawStream(`${server.url}/api/jobs/${jobId}/events`);
    const socket = await open(jobId);
    await socket.until((messages) => messages.length >= 2);
    await release(server, jobId);

    expect(await socket.closed).toEqual(NOTHING_MORE);
    await stream.ended;
    expect(socket.messages[0]).toEqual(KEEPALIVE);
    expect(socket.events).toEqual(stream.events.map(toEvent));
    expect(typesOf(socket.events).at(-1)).toBe('job-completed');
  });

  test('breaks a silence with a message', async () => {
    const socket = await open(await simulate(server, { hold: true }));
    await socket.until((messages) => messages.filter(({ type }) => type === 'keepalive').length >= 3);

    expect(typesOf(socket.events)).toEqual(['job-status']);
    socket.close();
  });

  test('goes on after every cursor with exactly what came later', async () => {
    const { jobId, log } = await finished(server);
    for (let position = 0; position < log.length - 1; position++) {
      const socket = await open(jobId, `?lastEventId=${log[position]!.id}`);
      expect(await socket.closed).toEqual(NOTHING_MORE);
      expect(socket.events).toEqual(log.slice(position + 1));
    }
  });

  test('tells a history that is longer than the memory, in order', async () => {
    const { jobId, log } = await finished(server, { events: 6000, eventsPerSecond: 0 });
    const socket = await open(jobId, '?replay=all');
    await socket.closed;

    expect(socket.events).toEqual(log);
  });

  test('after a lost cursor begins with an id-less resync', async () => {
    const { jobId, log } = await finished(server);
    const socket = await open(jobId, '?lastEventId=1699564800000-42');
    await socket.closed;

    expect(socket.events).toEqual([{ type: 'resync', data: { resync: true, jobId } }, ...log.slice(-2)]);
  });

  test('of which the reader has seen the end says that nothing more will come', async () => {
    const { jobId, log } = await finished(server);
    const socket = await open(jobId, `?lastEventId=${log.at(-1)!.id}`);

    expect(await socket.closed).toEqual(NOTHING_MORE);
    expect(socket.events).toEqual([]);
  });

  test('of an unknown job is accepted and closed', async () => {
    const socket = await open('job-0000000000000000');

    expect(await socket.closed).toEqual({
      code: 4404,
      reason: 'There is no such job, or it has expired. Start a new one.',
    });
  });

  test.each([
    [[], ''],
    [['aura.v1'], 'aura.v1'],
    [['aura.bearer.dG9rZW4', 'aura.v1'], 'aura.v1'],
  ])('offered %j takes "%s"', async (offered, taken) => {
    const socket = await open(await simulate(server, { hold: true }), '', offered);

    expect(socket.protocol).toBe(taken);
    socket.close();
  });

  test('hears nothing, and refuses what is long', async () => {
    const jobId = await simulate(server, { hold: true });
    const socket = await open(jobId);
    socket.send('{"type":"cancel"}');
    await socket.until((messages) => messages.filter(({ type }) => type === 'keepalive').length >= 3);
    expect((await call(`${server.url}/api/jobs/${jobId}`)).body.status).toBe('Queued');

    socket.send('x'.repeat(2000));
    expect((await socket.closed).code).toBe(1009);
  });

  test('does not touch another one when it leaves', async () => {
    const jobId = await simulate(server, { events: 30, eventsPerSecond: 200, hold: true });
    const [a, b] = [await open(jobId), await open(jobId)];
    a.close();
    await release(server, jobId);
    await b.closed;

    expect(b.events.slice(1)).toEqual((await logOf(server, jobId)).slice(1));
  });
});

describe('the end of a connection', () => {
  test('at a rotation and at a shutdown says when to come back', async () => {
    const own = await startReferenceServer({ AURA_STREAM_MAX_MS: '300' });
    try {
      const url = `${own.url}/api/jobs/${await simulate(own, { hold: true })}/ws`;
      const rotated = await openRawSocket(url);
      expect((await rotated.closed).code).toBe(1001);
      expect(rotated.messages.at(-1)).toEqual({ type: 'retry', ms: 500 });

      own.environment.AURA_STREAM_MAX_MS = '60000';
      await own.terminate();
      await own.restart();
      const stopped = await openRawSocket(url);
      expect(await own.terminate()).toBe(0);
      expect((await stopped.closed).code).toBe(1012);
      expect(stopped.messages.at(-1)).toEqual({ type: 'retry', ms: 2000 });
    } finally {
      await own.stop();
    }
  });

  test('does not wait at a shutdown for a reader that does not read', async () => {
    const own = await startReferenceServer();
    try {
      const socket = await handshake(own, `/api/jobs/${await simulate(own, { hold: true })}/ws`);
      socket.pause();

      expect(await own.terminate()).toBe(0);
      socket.destroy();
    } finally {
      await own.stop();
    }
  });
});

test('a reader that does not read gets everything once it does', async () => {
  const jobId = await simulate(server, { events: 3000, eventsPerSecond: 0, padBytes: 4000, hold: true });
  const socket = await handshake(server, `/api/jobs/${jobId}/ws`);
  socket.pause();
  await release(server, jobId);
  const log = await logOf(server, jobId);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  socket.resume();
  await eventually(() => text.includes(`"id":"${log.at(-1)!.id}"`));
  socket.destroy();

  const ids = [...text.matchAll(/\{"id":"(\d+-\d+)","type"/g)].map(([, id]) => id);
  expect(ids).toEqual(log.map(({ id }) => id).slice(-ids.length));
  expect(ids.length).toBeGreaterThanOrEqual(log.length - 1);
});

/** A connection that was upgraded, with nothing that reads it. */
function handshake({ url }: TestServer, path: string): Promise<Socket> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const head = [`GET ${path} HTTP/1.1`, 'Host: localhost', ...Object.entries(UPGRADE).map((pair) => pair.join(': '))];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return new Promise((resolve) => socket.once('data', () => resolve(socket)));
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** What an upgrade is answered with: a status, and a problem unless it is 101. */
function upgrade(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; code?: string; closes?: boolean }>((resolve, reject) => {
    const asked = request(server.url + path, { method, headers: { ...UPGRADE, ...headers } });
    asked.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      resolve({ status: statusCode! });
    });
    asked.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      const closes = response.headers.connection === 'close';
      resolve({ status: response.statusCode!, code: (JSON.parse(text) as { code: string }).code, closes });
    });
    asked.on('error', reject).end();
  });
}

describe('an upgrade', () => {
  test('of a page is accepted from allowed origins alone', async () => {
    const path = `/api/jobs/${await simulate(server, { hold: true })}/ws`;

    for (const origin of ['http://localhost:8080', 'http://127.0.0.1:1', 'https://partner.example'])
      expect(await upgrade(path, { origin })).toEqual({ status: 101 });
    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null'])
      expect(await upgrade(path, { origin })).toEqual({ status: 403, code: 'AccessDenied', closes: true });
  });

  test('under a foreign host name is refused (DNS rebinding)', async () => {
    const path = `/api/jobs/${await simulate(server, { hold: true })}/ws`;

    expect(await upgrade(path, { host: 'evil.example' })).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  test.each(['/', '/nope', '/api/jobs', '/api/jobs/job-1/events', '/api/jobs/job-1/ws/more'])(
    'of %s is 404, and the connection is closed',
    async (path) => {
      expect(await upgrade(path)).toEqual({ status: 404, code: 'NotFound', closes: true });
    },
  );

  test('to another protocol is ignored, as a client that offers HTTP/2 expects', async () => {
    const asked = request(`${server.url}/api/jobs?limit=1`, {
      headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': '' },
    });
    const status = await new Promise((resolve) => {
      asked.on('response', (response) => resolve(response.resume().statusCode)).end();
    });

    expect(status).toBe(200);
  });

  test('is what the path asks for', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`${server.url}/api/jobs/job-1/ws`, { method });
      expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
    }
  });
});

test('has its line in the log when it is closed, as any request', async () => {
  const own = await startReferenceServer({ AURA_LOG_LEVEL: 'info' });
  try {
    const jobId = await simulate(own, { hold: true });
    const socket = await openRawSocket(`${own.url}/api/jobs/${jobId}/ws`);
    const lines = () => own.output.split('\n').filter((line) => line.includes(`/api/jobs/${jobId}/ws`));
    expect(lines()).toEqual([]);
    socket.close();
    await eventually(() => lines().length === 1);
    expect(JSON.parse(lines()[0]!)).toMatchObject({ msg: 'request', method: 'GET', status: 101 });
  } finally {
    await own.stop();
  }
});

test('a job that is cancelled ends its sockets', async () => {
  const jobId = await simulate(server, { hold: true });
  const socket = await open(jobId);
  await cancel(server, jobId);

  expect((await socket.closed).code).toBe(4204);
  expect(typesOf(socket.events)).toEqual(['job-status', 'job-status', 'job-cancelled']);
});
