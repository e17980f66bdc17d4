/** Long polling against a server whose answers the test writes. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { longPolling } from '@aura-jobs/sdk/transports';
import { eventually } from '../../support/eventually.ts';
import { openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { openReader } from './reader.ts';
import type { Reader } from './reader.ts';

let server: ScriptedServer;
let reader: Reader;

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  reader.stream.close();
  await server.close();
});

async function follow(
  answer: (response: ServerResponse, n: number, request: IncomingMessage) => void,
  options: { query?: string; lastEventId?: string; maxEventLength?: number; waitSeconds?: number } = {},
): Promise<void> {
  const { query = '', waitSeconds, ...rest } = options;
  server = await startScriptedServer((request, response, n) => answer(response, n, request));
  const transport = longPolling(waitSeconds === undefined ? {} : { waitSeconds });
  reader = openReader(`${server.url}/events${query}`, { transport, ...rest });
}

function page(response: ServerResponse, events: object[], lastEventId: string | null = null): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ events, lastEventId }));
}

const failed = (): boolean => reader.stream.state.status === 'failed';
const closed = (): boolean => reader.stream.state.status === 'closed';

test('AC-69 asks at once, then waits for news, and ends with 204', async () => {
  await follow((response, n) => {
    if (n === 1)
      page(
        response,
        [
          { id: '1-1', type: 'a', data: { x: 1 } },
          { type: 'b', data: 'no id' },
        ],
        '1-1',
      );
    else if (n === 2) page(response, [{ id: '1-2', type: 'a', data: [2] }], '1-2');
    else response.writeHead(204).end();
  });
  await eventually(closed);

  expect(reader.statuses).toEqual(['connecting', 'polling', 'closed']);
  expect(reader.events).toEqual([
    { type: 'a', data: '{"x":1}', id: '1-1', lastEventId: '1-1' },
    { type: 'b', data: '"no id"', id: '', lastEventId: '1-1' },
    { type: 'a', data: '[2]', id: '1-2', lastEventId: '1-2' },
  ]);
  expect(server.requests.map(({ url, headers }) => [url, headers.accept, headers['last-event-id']])).toEqual([
    ['/events?wait=0', 'application/json', undefined],
    ['/events?wait=25', 'application/json', '1-1'],
    ['/events?wait=25', 'application/json', '1-2'],
  ]);
  expect(reader.errors).toEqual([]);
});

test('keeps the query, and takes the cursor of an empty page', async () => {
  await follow((response, n) => (n === 1 ? page(response, [], '5-0') : response.writeHead(204).end()), {
    query: '?jobs=a,b',
    lastEventId: '4-0',
  });
  await eventually(closed);

  expect(server.requests.map(({ url, headers }) => [url, headers['last-event-id']])).toEqual([
    ['/events?jobs=a,b&wait=0', '4-0'],
    ['/events?jobs=a,b&wait=25', '5-0'],
  ]);
});

const PAUSES = [500, 750, 1125, 1687.5, 2531.25, 3796.875, 5000];

/** The pauses between requests, which are taken at once. */
function watchPauses(): number[] {
  const pauses: number[] = [];
  const start = globalThis.setTimeout;
  const startOrSkip = (callback: () => void, ms = 0, ...rest: []): unknown => {
    if (!PAUSES.includes(ms)) return start(callback, ms, ...rest);
    pauses.push(ms);
    return start(callback, 0);
  };
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(startOrSkip as typeof setTimeout);
  return pauses;
}

test('a server that answers at once without news is asked ever more seldom, until there is news', async () => {
  const pauses = watchPauses();
  await follow((response, n) => {
    if (n === 10) page(response, [{ id: '1-1', type: 'a', data: 1 }], '1-1');
    else page(response, []);
  });
  await server.requested(13);

  // The first answer is meant to come at once, and the one with the news is followed at once.
  expect(pauses.slice(0, 8)).toEqual([...PAUSES, 5000]);
  expect(pauses.slice(8, 10)).toEqual([500, 750]);
});

test('a server that repeats itself is not asked without end', async () => {
  const pauses = watchPauses();
  await follow((response) => page(response, [{ id: '1-1', type: 'a', data: 1 }], '1-1'));
  await server.requested(4);

  expect(pauses.slice(0, 2)).toEqual([500, 750]);
});

test('an empty answer after the wait is followed at once', async () => {
  const pauses = watchPauses();
  await follow((response, _n, request) => setTimeout(() => page(response, []), request.url!.endsWith('=0') ? 0 : 200), {
    waitSeconds: 0.2,
  });
  await server.requested(4);

  expect(pauses).toEqual([]);
});

test('closing ends the request that waits', async () => {
  await follow((response, n) => n === 1 && page(response, [], '1-1'));
  const waiting = await server.requested(2);
  const gone = once(waiting.socket, 'close');
  reader.stream.close();

  await gone;
  expect(server.requests).toHaveLength(2);
});

test('closing ends a pause, and leaves no timer', async () => {
  vi.useFakeTimers();
  const answers: number[] = [];
  const fetch = async (): Promise<Response> => {
    answers.push(Date.now());
    return Response.json({ events: [], lastEventId: null });
  };
  const quiet = openReader('/events', { transport: longPolling(), fetch });
  await vi.advanceTimersByTimeAsync(1000);
  quiet.stream.close();
  await vi.advanceTimersByTimeAsync(0);

  expect(vi.getTimerCount()).toBe(0);
  expect(answers).toHaveLength(3);
});

test.each<[string, string, (response: ServerResponse) => void]>([
  ['an event stream', 'WrongContentType', (response) => void openStream(response, ': stream\n\n')],
  ['a page', 'WrongContentType', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
  ['no JSON', 'InvalidAnswer', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{')],
  ['another shape', 'InvalidAnswer', (response) => page(response, {} as object[])],
  ['an event without a type', 'InvalidAnswer', (response) => page(response, [{ id: '1-1', data: {} }])],
  ['an event without data', 'InvalidAnswer', (response) => page(response, [{ id: '1-1', type: 'a' }])],
  ['a cursor that is no text', 'InvalidAnswer', (response) => page(response, [], 7 as unknown as string)],
  ['too long an event', 'EventTooLong', (response) => page(response, [{ type: 'a', data: 'x'.repeat(2000) }])],
])('%s is a typed, final error', async (_what, code, answer) => {
  await follow(answer, { maxEventLength: 1000 });
  await eventually(failed);

  expect(reader.stream.state).toMatchObject({ error: { name: 'ProtocolError', code, retryable: false } });
  expect(server.requests).toHaveLength(1);
});

test('AC-33 an answer that is no success is said as ever, and what may pass is tried again', async () => {
  await follow((response, n) => response.writeHead(n === 1 ? 503 : 410).end());
  await eventually(failed);

  expect(reader.errors).toMatchObject([
    { status: 503, retryable: true },
    { status: 410, retryable: false },
  ]);
});
