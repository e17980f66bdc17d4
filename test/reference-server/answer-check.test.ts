/** The judge of all answers is judged: whatever a server says otherwise than it is described is found. */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { asyncApiDocument } from '../../reference-server/src/http/asyncapi.ts';
import { openApiDocument } from '../../reference-server/src/http/openapi.ts';
import { checkAnswers } from '../support/answers/checked-server.ts';
import { Description } from '../support/answers/description.ts';
import { watchAnswers } from '../support/answers/watch.ts';
import { startReferenceServer } from '../support/reference-server.ts';

const found: string[] = [];
let server: Server;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  watchAnswers(new Description(openApiDocument('1'), asyncApiDocument('1')), (difference) => found.push(difference));
  server = createServer((_request, response) => answer(response.setHeader('x-correlation-id', 'c-1')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => void (found.length = 0));

afterAll(() => void server.close());

async function findingsOf(path: string, reply: typeof answer, method = 'GET'): Promise<string[]> {
  answer = reply;
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method }).then((got) =>
    got.text(),
  );
  return found;
}

const json =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const created = { jobId: 'job-1', status: 'Queued', stage: 'Script', correlationId: 'c-1' };
const location = { location: '/api/jobs/job-1' };
const events =
  (...blocks: string[]) =>
  (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    for (const block of blocks) response.write(block);
    response.end();
  };
const data = '{"jobId":"job-1","correlationId":"c-1","message":"m","step":"Script"}';
const warning = `id: 1700000000000-1\nevent: warning\ndata: ${data}\n\n`;

test('what is as described passes', async () => {
  await findingsOf('/api/jobs', json(202, created, location), 'POST');
  await findingsOf('/api/jobs/job-1/events', events(': stream\n\n', warning + warning, 'retry: 500\n\n'));
  expect(found).toEqual([]);
});

test.each<[string, string, string, typeof answer, RegExp]>([
  ['a field that is missing', 'POST', '/api/jobs', json(202, { ...created, stage: undefined }, location), /stage/],
  ['a field that is not described', 'POST', '/api/jobs', json(202, { ...created, secret: 1 }, location), /secret/],
  ['a value of another kind', 'POST', '/api/jobs', json(202, { ...created, status: 'Waiting' }, location), /status/],
  ['a header that is missing', 'POST', '/api/jobs', json(202, created), /the header Location is missing/],
  [
    'a header of another form',
    'POST',
    '/api/jobs',
    json(202, created, { location: '/jobs/1' }),
    /the header Location:/,
  ],
  ['another status', 'POST', '/api/jobs', json(200, created), /the status is not described/],
  ['a route', 'GET', '/api/nothing', json(200, {}), /the route is not described/],
  ['a method', 'PUT', '/api/jobs/job-1', json(200, {}), /the route is not described/],
  ['a problem of another type', 'GET', '/api/jobs/job-1', json(404, {}), /the type application\/json/],
  [
    'a body that is not JSON',
    'GET',
    '/healthz',
    (response) => void response.setHeader('content-type', 'application/json').end('{'),
    /not JSON/,
  ],
  ['a body where there is none', 'DELETE', '/api/jobs/job-1', json(404, {}), /type application\/json is not described/],
  [
    'an event that is not described',
    'GET',
    '/api/jobs/job-1/events',
    events(warning.replace('warning', 'hint')),
    /the event hint/,
  ],
  [
    'an event without an id',
    'GET',
    '/api/jobs/job-1/events',
    events(warning.replace(/^id: .*\n/, '')),
    /the event warning: id/,
  ],
  [
    'an id of another form',
    'GET',
    '/api/jobs/job-1/events',
    events(warning.replace('1700000000000', '17')),
    /the event warning: id/,
  ],
  [
    'a payload of another form',
    'GET',
    '/api/jobs/job-1/events',
    events(warning.replace('Script', 'Voice')),
    /the event warning: step/,
  ],
  ['a block that is no event', 'GET', '/api/jobs/job-1/events', events('data: {}\n\n'), /a block of the stream/],
  [
    'an event on a page',
    'GET',
    '/api/jobs/job-1/events?wait=1',
    json(
      200,
      { events: [{ id: '1700000000000-1', type: 'warning', data: {} }], lastEventId: null },
      { 'cache-control': 'no-store' },
    ),
    /the message warning: data/,
  ],
])('%s is found', async (_what, method, path, reply, expected) => {
  expect((await findingsOf(path, reply, method)).join('\n')).toMatch(expected);
});

test('a message on a socket is found', () => {
  const { WebSocket: ServerSocket } = createRequire(new URL('../../reference-server/package.json', import.meta.url))(
    'ws',
  );
  const socket = new ServerSocket(null, undefined, {}) as WebSocket;
  for (const message of ['{"type":"keepalive"}', '{"type":"retry","ms":1}'])
    expect(() => socket.send(message)).toThrow();
  expect(found).toEqual([]);
  expect(() => socket.send('{"type":"keepalive","now":1}')).toThrow();
  expect(found.join()).toMatch(/the message keepalive/);
});

test('a test that starts a server fails when something was found', async () => {
  const own = await startReferenceServer();
  const check = checkAnswers(own.dataDir);
  appendFileSync(check.env.ANSWERS_NOTED_IN!, 'GET /api/jobs 200: something\n');
  await expect(own.stop()).rejects.toThrow('GET /api/jobs 200: something');
});
