/** Events on a WebSocket, against a server whose messages the test writes. */
import { once } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import { webSocket } from '@aura-jobs/sdk/transports';
import type { EventStreamOptions } from '@aura-jobs/sdk/sse';
import { eventually } from '../../support/eventually.ts';
import { openReader } from './reader.ts';
import type { Reader } from './reader.ts';
import { startScriptedSockets, tell } from './scripted-sockets.ts';
import type { ScriptedSockets } from './scripted-sockets.ts';

let server: ScriptedSockets;
let reader: Reader;

afterEach(async () => {
  vi.unstubAllGlobals();
  reader.stream.close();
  await server.close();
});

async function follow(
  accept: (socket: WebSocket, n: number) => void,
  options: EventStreamOptions = {},
  query = '',
): Promise<void> {
  server = await startScriptedSockets(accept);
  reader = openReader(server.url + query, { transport: webSocket, ...options });
}

const failed = (): boolean => reader.stream.state.status === 'failed';
const closed = (): boolean => reader.stream.state.status === 'closed';
const KEEPALIVE = { type: 'keepalive' };

describe('messages', () => {
  test('AC-69 are events; the first opens, a keepalive is a sign of life, 4204 is the end', async () => {
    await follow((socket) => {
      tell(socket, KEEPALIVE, { id: '1-1', type: 'a', data: { x: 'é🎬' } }, KEEPALIVE, { type: 'b', data: null });
      socket.close(4204);
    });
    await eventually(closed);

    expect(reader.statuses).toEqual(['connecting', 'open', 'closed']);
    expect(reader.events).toEqual([
      { type: 'a', data: '{"x":"é🎬"}', id: '1-1', lastEventId: '1-1' },
      { type: 'b', data: 'null', id: '', lastEventId: '1-1' },
    ]);
    expect(reader.errors).toEqual([]);
  });

  test('an accepted connection alone is not open yet', async () => {
    let socket: WebSocket | undefined;
    await follow((accepted) => void (socket = accepted));
    await eventually(() => socket);
    expect(reader.statuses).toEqual(['connecting']);

    tell(socket!, KEEPALIVE);
    await eventually(() => reader.statuses.at(-1) === 'open');
  });

  test.each<[string, string, string | Buffer]>([
    ['no JSON', 'InvalidAnswer', 'hello'],
    ['not text', 'InvalidAnswer', Buffer.from('{}')],
    ['no event', 'InvalidAnswer', '[1]'],
    ['an event without data', 'InvalidAnswer', '{"type":"a"}'],
    ['too long', 'EventTooLong', JSON.stringify({ id: '1-1', type: 'a', data: 'x'.repeat(2000) })],
  ])('%s: a typed, final error, and nothing is read behind it', async (_what, code, message) => {
    await follow(
      (socket) => {
        socket.send(message);
        tell(socket, { id: '1-2', type: 'a', data: 1 });
      },
      { maxEventLength: 1000 },
    );
    await eventually(failed);

    expect(reader.stream.state).toMatchObject({ error: { name: 'ProtocolError', code } });
    expect(reader.events).toEqual([]);
  });
});

describe('the handshake', () => {
  test('carries cursor and query, and a token in a header, never in the URL', async () => {
    const token = 'a.token-with+/and=~';
    await follow(
      (socket) => socket.close(4204),
      { lastEventId: '7-3', headers: { authorization: `Bearer ${token}` } },
      '?replay=all',
    );
    await eventually(closed);

    const [{ url, headers }] = server.requests as [ScriptedSockets['requests'][number]];
    expect(url).toBe('/api/jobs/job-1/ws?replay=all&lastEventId=7-3');
    const [protocol, bearer] = headers['sec-websocket-protocol']!.split(/, ?/);
    expect(protocol).toBe('aura.v1');
    expect(bearer).toBe(`aura.bearer.${Buffer.from(token).toString('base64url')}`);
  });

  test('goes to the page’s own origin where the URL is relative', async () => {
    await follow((socket) => socket.close(4204));
    reader.stream.close();
    vi.stubGlobal('location', new URL('/app/', server.url));
    reader = openReader('/api/jobs/job-2/events', { transport: webSocket });
    await eventually(closed);

    expect(server.requests.at(-1)!.url).toBe('/api/jobs/job-2/ws');
  });

  test.each(['/api/events?jobs=a,b', '/stream'])('%s has no WebSocket, and says so', async (path) => {
    server = await startScriptedSockets(() => {});
    reader = openReader(new URL(path, server.url).href, { transport: webSocket });
    await eventually(failed);

    expect(reader.stream.state).toMatchObject({ error: { name: 'ProtocolError', code: 'NoWebSocket' } });
    expect(server.requests).toHaveLength(0);
  });

  test('a runtime without WebSocket is told what to do', async () => {
    vi.stubGlobal('WebSocket', undefined);
    await follow(() => {});
    await eventually(failed);

    expect(reader.errors).toMatchObject([{ code: 'NoWebSocket', message: expect.stringContaining('Node 22') }]);
  });
});

describe('endings', () => {
  test.each([
    [4400, 'InvalidInputError'],
    [4401, 'AccessDeniedError'],
    [4403, 'AccessDeniedError'],
    [4404, 'JobNotFoundError'],
    [4410, 'JobNotFoundError'],
  ])('AC-33 %d is final: %s', async (code, name) => {
    await follow((socket) => socket.close(code, 'The reason.'));
    await eventually(failed);

    expect(reader.stream.state).toMatchObject({
      error: {
        name,
        status: code - 4000,
        message: 'GET /api/jobs/job-1/ws answered ' + (code - 4000) + ': The reason.',
      },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    [4429, 'RateLimitedError'],
    [4503, 'ServerError'],
    [1011, 'ConnectionError'],
    [4000, 'ConnectionError'],
  ])('%d is tried again: %s', async (code, name) => {
    await follow((socket, n) => socket.close(n === 1 ? code : 4204));
    await eventually(closed);

    expect(reader.errors).toMatchObject([{ name, retryable: true }]);
  });

  test('a connection that breaks is tried again from the cursor', async () => {
    await follow((socket, n) => {
      if (n === 2) return socket.close(4204);
      tell(socket, { id: '1-1', type: 'a', data: 1 });
      void eventually(() => reader.events.length).then(() => socket.terminate());
    });
    await eventually(closed);

    expect(reader.errors).toMatchObject([{ name: 'ConnectionError', code: 'ConnectionLost', retryable: true }]);
    expect(server.requests[1]!.url).toBe('/api/jobs/job-1/ws?lastEventId=1-1');
  });

  test.each([1000, 1001, 1012])('C-07 %d is a clean end: back when the server says, and no failure', async (code) => {
    await follow((socket, n) => {
      if (n === 2) return socket.close(4204);
      tell(socket, { id: '1-1', type: 'a', data: 1 }, { type: 'retry', ms: 20 });
      socket.close(code);
    });
    await eventually(closed);

    expect(reader.errors).toEqual([]);
    expect(reader.statuses).toEqual(['connecting', 'open', 'connecting', 'closed']);
  });

  test('a server that is not there is a connection error that may pass', async () => {
    await follow(() => {});
    const { url } = server;
    reader.stream.close();
    await server.close();
    reader = openReader(url, { transport: webSocket, retry: { initialDelayMs: 1, jitter: false, maxAttempts: 1 } });
    await eventually(failed);

    expect(reader.errors[0]).toMatchObject({ name: 'ConnectionError', retryable: true });
  });

  test('closing closes the socket, and nothing is heard of it any more', async () => {
    let socket: WebSocket | undefined;
    await follow((accepted) => {
      socket = accepted;
      tell(accepted, { id: '1-1', type: 'a', data: 1 });
    });
    await eventually(() => reader.events.length === 1);
    const gone = once(socket!, 'close');
    reader.stream.close();
    tell(socket!, { id: '1-2', type: 'a', data: 2 });

    await gone;
    expect(reader.events).toHaveLength(1);
    expect(reader.statuses).toEqual(['connecting', 'open', 'closed']);
  });

  test('closing during the handshake opens nothing', async () => {
    const sockets: WebSocket[] = [];
    await follow((socket) => void sockets.push(socket));
    reader.stream.close();
    // A later connection shows that the first had its time.
    const later = openReader(server.url, { transport: webSocket });
    await eventually(() => sockets.length);
    later.stream.close();
    await eventually(() => sockets.every(({ readyState }) => readyState === 3));

    expect(reader.statuses).toEqual(['connecting', 'closed']);
    expect(reader.errors).toEqual([]);
  });
});
