/** `auto` among servers and proxies that the test writes. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { auto, longPolling, sse, webSocket } from '@aura-jobs/sdk/transports';
import type { AutoOptions, Transport } from '@aura-jobs/sdk/transports';
import { eventually } from '../../support/eventually.ts';
import { frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { openReader } from './reader.ts';
import type { Reader } from './reader.ts';

type Way = 'stream' | 'socket' | 'page';
type Answer = (response: ServerResponse, n: number) => void;

let server: ScriptedServer;
let reader: Reader;
const readers: Reader[] = [];

afterEach(async () => {
  for (const { stream } of readers.splice(0)) stream.close();
  await server.close();
});

/** A way without an answer is one that holds everything back. */
async function serve(ways: Partial<Record<Way, Answer>>): Promise<void> {
  server = await startScriptedServer((request, response) => {
    const way = wayOf(request);
    ways[way]?.(response, asked(way).length);
  });
}

function follow(options: AutoOptions | Transport = {}, silenceTimeoutMs = 30_000): Reader {
  const transport = typeof options === 'function' ? options : auto({ firstByteMs: 100, ...options });
  reader = openReader(`${server.url}/api/jobs/job-1/events`, { transport, silenceTimeoutMs });
  readers.push(reader);
  return reader;
}

function wayOf({ url, headers }: IncomingMessage): Way {
  if (/\/ws\b/.test(url!)) return 'socket';
  return headers.accept === 'text/event-stream' ? 'stream' : 'page';
}

const asked = (way: Way): IncomingMessage[] => server.requests.filter((request) => wayOf(request) === way);

const ways = (): Way[] => server.requests.map(wayOf);

/** Resolves when the n-th request by a way has been ended by the reader. */
async function ended(way: Way, n: number): Promise<void> {
  const { socket } = asked(way)[n - 1]!;
  if (!socket.destroyed) await once(socket, 'close');
}

const status =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end();

const html: Answer = (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome');

/** The first page has these events; the next one waits. */
function page(...ids: string[]): Answer {
  return (response, n) => {
    if (n === 1) answerPage(response, ...ids);
  };
}

function answerPage(response: ServerResponse, ...ids: string[]): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ events: ids.map((id) => ({ id, type: 'a', data: id })), lastEventId: ids.at(-1) }));
}

const ids = (): string[] => reader.events.map(({ id }) => id);
const open = (): boolean => reader.stream.state.status === 'open';
const failed = (): boolean => reader.stream.state.status === 'failed';

describe('AC-69 a proxy that holds streams back', () => {
  test.each<[string, Answer | undefined]>([
    ['altogether', undefined],
    [
      'behind their headers',
      (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders(),
    ],
  ])('%s: the news comes by polling, from the same cursor, and nobody hears of a failure', async (_how, stream) => {
    await serve({ ...(stream && { stream }), socket: status(404), page: page('1-1', '1-2') });
    follow();
    await eventually(() => reader.events.length === 2);

    expect(reader.statuses).toEqual(['connecting', 'polling']);
    expect(reader.errors).toEqual([]);
    expect(ids()).toEqual(['1-1', '1-2']);
    await ended('stream', 1);
  });

  test('what got through is remembered by the transport, for all its connections', async () => {
    await serve({ socket: status(426), page: (response, n) => n < 3 && answerPage(response, `1-${n}`) });
    const transport = auto({ firstByteMs: 100 });
    follow(transport);
    await eventually(() => asked('page').length === 3);
    follow(transport);
    await eventually(() => asked('page').length === 4);

    expect(ways()).toEqual(['stream', 'socket', 'page', 'page', 'page', 'page']);
  });

  test('closing ends every request that is under way', async () => {
    await serve({});
    follow();
    await eventually(() => ways().length === 3);
    reader.stream.close();

    await Promise.all([ended('stream', 1), ended('socket', 1), ended('page', 1)]);
    expect(reader.statuses).toEqual(['connecting', 'closed']);
  });
});

describe('a stream that is stripped on the way', () => {
  test.each<[string, Answer]>([
    ['of its type', html],
    ['by 405', status(405)],
    ['by 406', status(406)],
    ['by 501', status(501)],
    ['of its body', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end()],
  ])('%s: the next way is tried at once', async (_how, stream) => {
    await serve({ stream, socket: status(501), page: page('1-1') });
    follow({ firstByteMs: 600_000 });
    await eventually(() => reader.events.length === 1);

    expect(reader.statuses).toEqual(['connecting', 'polling']);
    expect(reader.errors).toEqual([]);
  });

  test('where no way leads to events, the error is the stream’s own', async () => {
    await serve({ stream: html, socket: html, page: html });
    follow();
    await eventually(failed);

    expect(reader.stream.state).toMatchObject({
      error: { code: 'WrongContentType', message: expect.stringContaining('text/event-stream') },
    });
  });

  test('also where another way had worked before', async () => {
    await serve({
      stream: html,
      socket: status(404),
      page(response, n) {
        if (n <= 2) answerPage(response, `1-${n}`);
        else if (n === 3) response.destroy();
        else status(405)(response, n);
      },
    });
    follow({ probeEveryMs: 600_000 });
    await eventually(failed);

    expect(reader.errors).toMatchObject([{ code: 'ConnectionLost' }, { code: 'WrongContentType' }]);
    expect(ways()).toEqual(['stream', 'socket', 'page', 'page', 'page', 'page', 'stream', 'socket']);
  });
});

describe('what is the same by every way', () => {
  test.each([401, 403, 404, 410])('AC-33 %d of the stream is final, and no other way is tried', async (code) => {
    await serve({ stream: status(code), page: page('1-1') });
    follow({ firstByteMs: 600_000 });
    await eventually(failed);

    expect(reader.stream.state).toMatchObject({ error: { status: code } });
    expect(ways()).toEqual(['stream']);
  });

  test('204 is the end', async () => {
    await serve({ stream: status(204) });
    follow({ firstByteMs: 600_000 });
    await eventually(() => reader.stream.state.status === 'closed');

    expect(ways()).toEqual(['stream']);
  });

  test('a server that fails is tried again as ever, by a stream', async () => {
    await serve({
      stream: (response, n) => (n < 3 ? response.writeHead(503).end() : openStream(response)),
      page: page('1-1'),
    });
    follow({ firstByteMs: 600_000 });
    await eventually(open);

    expect(reader.errors).toMatchObject([{ status: 503 }, { status: 503 }]);
    expect(ways()).toEqual(['stream', 'stream', 'stream']);
  });

  test('a server that is not there is a lost connection, which counts as ever', async () => {
    await serve({});
    await server.close();
    const others: string[] = [];
    const other: Transport = async () => void others.push('tried');
    follow({ transports: [sse, other] });
    await eventually(failed);

    expect(reader.statuses).toEqual(['connecting', ...Array(5).fill('reconnecting'), 'failed']);
    expect(reader.errors).toHaveLength(6);
    expect(reader.errors[0]).toMatchObject({ code: 'ConnectionLost', retryable: true });
    expect(others).toEqual([]);
  });
});

describe('a server that is slow', () => {
  test('keeps its stream: it was asked first, so it answers first', async () => {
    let answer = (): void => {};
    await serve({ stream: (response) => void (answer = () => openStream(response, frame('a', 1, '1-1'))) });
    follow();
    // By now everything was tried, and nothing has answered.
    await eventually(() => ways().length === 3);
    answer();
    await eventually(() => reader.events.length === 1);

    expect(reader.statuses).toEqual(['connecting', 'open']);
    await Promise.all([ended('socket', 1), ended('page', 1)]);
  });

  test('and then dead is a lost connection; the next attempt begins with a stream again', async () => {
    await serve({ socket: status(404) });
    follow({ firstByteMs: 20 }, 1000);
    await eventually(() => asked('stream').length === 2);

    expect(reader.statuses.slice(0, 2)).toEqual(['connecting', 'reconnecting']);
    expect(reader.errors).toMatchObject([
      { code: 'ConnectionLost', message: expect.stringContaining('nothing was heard') },
    ]);
    expect(ways().slice(0, 4)).toEqual(['stream', 'socket', 'page', 'stream']);
  });

  test('without another way is followed as by a stream alone', async () => {
    let answer = (): void => {};
    const stream: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      answer = () => response.write(frame('a', 1, '1-1'));
    };
    await serve({ stream, socket: status(404), page: (response) => void openStream(response) });
    follow();
    // The page's answer is refused, so nothing else is left.
    await eventually(() => asked('page').length === 1);
    await ended('page', 1);
    answer();
    await eventually(() => reader.events.length === 1);

    expect(reader.statuses).toEqual(['connecting', 'open']);
    expect(reader.errors).toEqual([]);
  });
});

describe('coming back', () => {
  /** The first stream is refused; later ones are the test's. */
  function laterStreams(stream: Answer): Answer {
    return (response, n) => (n === 1 ? html(response, n) : stream(response, n));
  }

  test('the stream takes over with its first byte; no event is lost and none is told twice', async () => {
    let stream: ServerResponse | undefined;
    const pages: ServerResponse[] = [];
    await serve({
      stream: laterStreams((response) => void (stream = response)),
      socket: status(404),
      page: (response) => void pages.push(response),
    });
    follow({ probeEveryMs: 50, firstByteMs: 30_000 });
    await eventually(() => pages.length === 1);
    answerPage(pages[0]!, '1-1', '1-2');
    await eventually(() => stream);
    // While the stream is being opened, polling goes on.
    await eventually(() => pages.length === 2);
    answerPage(pages[1]!, '1-3', '1-4');
    await eventually(() => pages.length === 3);
    expect(asked('stream')[1]!.headers['last-event-id']).toBe('1-2');

    openStream(stream!, frame('a', 3, '1-3'), frame('a', 4, '1-4'), frame('a', 5, '1-5'));
    await ended('page', 3);
    stream!.write(frame('a', 6, '1-6'));
    await eventually(() => reader.events.length === 6);

    expect(ids()).toEqual(['1-1', '1-2', '1-3', '1-4', '1-5', '1-6']);
    expect(reader.stream.lastEventId).toBe('1-6');
    expect(reader.statuses).toEqual(['connecting', 'polling', 'open']);
    expect(reader.errors).toEqual([]);
  });

  test('AC-08 a stream that has lost the cursor tells everything', async () => {
    let stream: ServerResponse | undefined;
    const pages: ServerResponse[] = [];
    await serve({
      stream: laterStreams((response) => void (stream = response)),
      socket: status(404),
      page: (response) => void pages.push(response),
    });
    follow({ probeEveryMs: 50, firstByteMs: 30_000 });
    await eventually(() => pages.length === 1);
    answerPage(pages[0]!, '7-1');
    await eventually(() => stream && pages.length === 2);
    answerPage(pages[1]!, '7-2');
    await eventually(() => reader.events.length === 2);
    openStream(stream!, frame('resync', {}), frame('a', 1, '3-1'), frame('a', 2, '3-2'));
    await eventually(() => reader.events.length === 5);

    expect(ids()).toEqual(['7-1', '7-2', '', '3-1', '3-2']);
    expect(reader.stream.lastEventId).toBe('3-2');
  });

  test('a stream that is still held back is given up without a word, and polling goes on', async () => {
    const pages: ServerResponse[] = [];
    await serve({
      stream: laterStreams(() => {}),
      socket: status(404),
      page: (response) => void pages.push(response),
    });
    follow({ probeEveryMs: 20, firstByteMs: 20 });
    await eventually(() => pages.length === 1);
    answerPage(pages[0]!, '1-1');
    await eventually(() => asked('stream').length === 2);
    await ended('stream', 2);
    await eventually(() => pages.length === 2);
    answerPage(pages[1]!, '1-2');
    await eventually(() => reader.events.length === 2);

    expect(reader.statuses).toEqual(['connecting', 'polling']);
    expect(reader.errors).toEqual([]);
  });

  test.each([401, 404, 500])('%d says nothing against the way that runs', async (code) => {
    await serve({ stream: laterStreams(status(code)), socket: status(404), page: page('1-1') });
    follow({ probeEveryMs: 20, firstByteMs: 30_000 });
    await eventually(() => asked('stream').length === 3);

    expect(reader.statuses).toEqual(['connecting', 'polling']);
    expect(reader.errors).toEqual([]);
  });

  test('after coming back, connections begin with a stream', async () => {
    await serve({
      stream: laterStreams((response, n) => {
        openStream(response, frame('a', n, `1-${n}`));
        if (n === 2) response.end();
      }),
      socket: status(404),
      page: page('1-1'),
    });
    follow({ probeEveryMs: 20, firstByteMs: 30_000 });
    await eventually(() => reader.events.length === 3);

    expect(ways()).toEqual(['stream', 'socket', 'page', 'page', 'stream', 'stream']);
    expect(reader.statuses).toEqual(['connecting', 'polling', 'open', 'connecting', 'open']);
  });
});

test('the usual order is stream, socket, page', async () => {
  await serve({});
  follow({ firstByteMs: 20 });
  await eventually(() => ways().length === 3);

  expect(ways()).toEqual(['stream', 'socket', 'page']);
});

test('other transports, in another order', async () => {
  await serve({ page: page('1-1') });
  follow({ transports: [longPolling({ waitSeconds: 9 }), webSocket] });
  await eventually(() => asked('page').length === 2);

  expect(server.requests.map(({ url }) => url)).toEqual([
    '/api/jobs/job-1/events?wait=0',
    '/api/jobs/job-1/events?wait=9',
  ]);
});
