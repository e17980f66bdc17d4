/** What is no HTTP, or only almost: a problem object as for everything else that is refused, and then the end of the connection. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/api.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { startOwnedServer } from './owned-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startReferenceServer();
});

afterAll(() => server.stop());

interface BareAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly correlationId: string | undefined;
  readonly text: string;
}

/** Every answer on a connection that is sent these bytes and then left to the server to end. @param moreAfter answer after which more is sent */
async function answersTo(
  text: string,
  { url = server.url, moreAfter = /$^/, more = '' }: { url?: string; moreAfter?: RegExp; more?: string } = {},
): Promise<BareAnswer[]> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  socket.write(text, 'latin1');
  let said = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    said += String(chunk);
    if (moreAfter.test(said)) socket.write(more);
  });
  await once(socket, 'close');
  return said.split(/(?=HTTP\/1\.1 \d{3} )/).map((answer) => {
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    const header = (name: string): string | undefined => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim();
    return {
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
      type: header('content-type'),
      correlationId: header('x-correlation-id'),
      text: body,
    };
  });
}

const GET = 'GET /api/jobs HTTP/1.1\r\nHost: localhost\r\n';
const POST = 'POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const SOCKET = 'GET /api/jobs/job-1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

test.each([
  ['no HTTP at all', '\x00\x01\x02\r\n\r\n', 400, 'InvalidInput'],
  ['a method that nobody knows', 'BREW /api/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, 'InvalidInput'],
  ['a line break inside a header', `${GET}X-Correlation-ID: a\nX-Evil: 1\r\n\r\n`, 400, 'InvalidInput'],
  ['two hosts', `${GET}Host: elsewhere\r\nConnection: close\r\n\r\n`, 400, 'InvalidInput'],
  ['no host', 'GET /api/jobs HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'InvalidInput'],
  ['two lengths', `${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`, 400, 'InvalidInput'],
  [
    'a length and pieces',
    `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    'InvalidInput',
  ],
  ['a broken piece', `${POST}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n`, 400, 'InvalidInput'],
  ['a header of 20 kB', `${GET}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'PayloadTooLarge'],
  ['a path of 20 kB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431, 'PayloadTooLarge'],
  ['a socket without a key', `${SOCKET}Sec-WebSocket-Version: 13\r\n\r\n`, 400, 'InvalidInput'],
  ['a socket of an unknown version', `${SOCKET}${KEY}Sec-WebSocket-Version: 99\r\n\r\n`, 400, 'InvalidInput'],
  [
    'a socket with a broken protocol',
    `${SOCKET}${KEY}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: a,,b\r\n\r\n`,
    400,
    'InvalidInput',
  ],
])('%s is refused with a problem object (AC-64)', async (_what, text, status, code) => {
  const [answer, ...more] = await answersTo(text);

  expect(more).toEqual([]);
  expect(answer).toMatchObject({ status, type: expect.stringContaining('application/problem+json') });
  const problem = JSON.parse(answer!.text);
  expect(problem).toMatchObject({ status, code, detail: expect.stringMatching(/\.$/) });
  expect(problem.correlationId).toBe(answer!.correlationId);
});

test('garbage behind a stream ends the connection, and nothing is written into the stream', async () => {
  const preset = { preset: 'simulated', inputs: { hold: true } };
  const { jobId } = (await call(`${server.url}/api/jobs`, 'POST', preset)).body;
  const request = `GET /api/jobs/${jobId}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const answers = await answersTo(request, { moreAfter: /job-status[^]*\n\n/, more: 'GARBAGE\r\n\r\n' });

  expect(answers.map(({ status }) => status)).toEqual([200]);
  expect(answers[0]!.text).not.toContain('problem');
});

test('a body that says it is too large is refused before it comes', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  socket.write(`${POST}Content-Length: 1000000\r\n\r\n{`);
  const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*"code":"PayloadTooLarge"/);
  socket.destroy();
});

test('an expectation that is not known is passed over', async () => {
  const [answer] = await answersTo(`${GET}Expect: the-unexpected\r\nConnection: close\r\n\r\n`);

  expect(answer!.status).toBe(200);
});

test.each([
  ['whose headers never end', `${GET}X-One: 1\r\n`],
  ['whose body never ends', `${POST}Content-Length: 100\r\n\r\n{`],
  ['that never begins', ''],
])('a request %s is cut off in time (slow loris), and a stream is not', async (_what, text) => {
  const own = await startReferenceServer({ AURA_REQUEST_TIMEOUT_MS: '300', AURA_KEEPALIVE_MS: '50' });
  try {
    const preset = { preset: 'simulated', inputs: { hold: true } };
    const { jobId } = (await call(`${own.url}/api/jobs`, 'POST', preset)).body;
    const stream = await openRawStream(`${own.url}/api/jobs/${jobId}/events`);
    const [answer] = await answersTo(text, { url: own.url });
    expect(answer).toMatchObject({ status: 408, type: expect.stringContaining('application/problem+json') });
    // It has been open for longer, and goes on.
    const signs = stream.frames.length;
    await stream.until((frames) => frames.length > signs + 2);
    stream.close();
  } finally {
    await own.stop();
  }
});

test('they are counted, and nothing of what was sent is logged', async () => {
  const own = await startOwnedServer({ AURA_LOG_LEVEL: 'info' });
  try {
    await answersTo(`${GET}Authorization: Bearer secret-0123456789\nX: \x00\r\n\r\n`, { url: own.url });
    const { body } = await call(`${own.url}/metrics`, 'GET', undefined, { 'x-api-key': 'key-of-ops-0123456789' });
    expect(body).toContain('aura_http_problems_total{code="InvalidInput"} 1');
    expect(own.output).toMatch(/"status":400.*"correlationId":"[0-9a-f-]{36}"/);
    expect(own.output).not.toContain('secret-0123456789');
  } finally {
    await own.stop();
  }
});

test('there is nothing at the path that was asked for, and the problem names it whole', async () => {
  const { status, body } = await call(`${server.url}/api/jobs/job-1/nothing?a=b`);

  expect([status, body.detail]).toEqual([404, 'There is nothing at GET /api/jobs/job-1/nothing.']);
});
