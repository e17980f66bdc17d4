import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { ConnectionState, EventStream, EventStreamOptions, StreamEvent } from '@aura-jobs/sdk/sse';
import { breakStream, frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { eventually } from '../../support/eventually.ts';

const FAST = { initialDelayMs: 1, jitter: false };

let server: ScriptedServer;
let stream: EventStream | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  stream?.close();
  await server?.close();
});

async function serve(answer: (response: ServerResponse, n: number) => void): Promise<void> {
  server = await startScriptedServer((_request, response, n) => answer(response, n));
}

/** Connects and resolves when `until` says so. */
function collect(
  options: EventStreamOptions,
  until: (events: StreamEvent[], state: ConnectionState) => boolean,
): Promise<{ events: StreamEvent[]; states: ConnectionState[]; errors: Error[] }> {
  const events: StreamEvent[] = [];
  const states: ConnectionState[] = [];
  const errors: Error[] = [];
  return new Promise((resolve) => {
    const check = (): void => {
      if (until(events, states.at(-1)!)) resolve({ events, states, errors });
    };
    stream = connectEventStream(server.url, {
      retry: FAST,
      ...options,
      onEvent: (event) => (events.push(event), check()),
      onStateChange: (state) => (states.push(state), check()),
      onError: (error) => void errors.push(error),
    });
  });
}

const closed = (_events: StreamEvent[], state: ConnectionState): boolean => state.status === 'closed';
const failed = (_events: StreamEvent[], state: ConnectionState): boolean => state.status === 'failed';

describe('events', () => {
  test('delivers every event name with its data, own id and the last id', async () => {
    await serve((response, n) => {
      if (n > 1) return void response.writeHead(204).end();
      openStream(response, 'id: 1-1\nevent: a\ndata: x\n\n', 'data: y\n\n').end();
    });

    const { events } = await collect({}, closed);

    expect(events).toEqual([
      { type: 'a', data: 'x', id: '1-1', lastEventId: '1-1' },
      { type: 'message', data: 'y', id: '', lastEventId: '1-1' },
    ]);
  });

  test('AC-47 reads the standard’s line ends, comments, multi-line data and split characters from single bytes', async () => {
    const wire = Buffer.from(
      '\uFEFF: hello\r\ndata: é\r\rdata: 1\ndata:2\r\n\r\nevent: x\ndata: 🎬\n\nid: 3\0\ndata: z\n\ndata: lost',
    );
    await serve((response, n) => {
      if (n > 1) return void response.writeHead(204).end();
      response.writeHead(200, { 'content-type': 'text/event-stream;charset=utf-8' });
      for (const byte of wire) response.write(Buffer.of(byte));
      response.write('\n\nid: 1-1\n\n');
      response.end('data: unfinished');
    });

    const { events } = await collect({}, closed);

    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['message', 'é'],
      ['message', '1\n2'],
      ['x', '🎬'],
      ['message', 'z'],
      ['message', 'lost'],
    ]);
  });

  test('goes on after a reconnect from the last id', async () => {
    await serve((response, n) => {
      if (n === 1) openStream(response, frame('a', 1, '1-1'), frame('a', 2, '1-2')).end();
      else if (n === 2) openStream(response, frame('a', 3, '1-3')).end();
      else response.writeHead(204).end();
    });

    const { events } = await collect({ lastEventId: '1-0' }, closed);

    expect(events.map(({ data }) => data)).toEqual(['1', '2', '3']);
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual(['1-0', '1-2', '1-3']);
  });

  test('delivers nothing after close, not even from the chunk that is being read', async () => {
    await serve((response) => void openStream(response, frame('a', 1, '1-1'), frame('a', 2, '1-2')));

    const events: string[] = [];
    await new Promise<void>((resolve) => {
      stream = connectEventStream(server.url, {
        onEvent({ data }) {
          events.push(data);
          stream!.close();
          resolve();
        },
      });
    });

    expect(events).toEqual(['1']);
    expect(stream!.lastEventId).toBe('1-1');
  });

  test('a callback that throws does not end the stream', async () => {
    await serve((response) => void openStream(response, frame('a', 1), frame('a', 2)));
    const faults: unknown[] = [];
    vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
      try {
        task();
      } catch (error) {
        faults.push(error);
      }
    });

    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      stream = connectEventStream(server.url, {
        onEvent({ data }) {
          seen.push(data);
          if (data === '2') resolve();
          else throw new Error('the caller’s own fault');
        },
      });
    });

    expect(seen).toEqual(['1', '2']);
    expect(faults).toHaveLength(1);
  });
});

describe('endings', () => {
  test('204 ends for good', async () => {
    await serve((response) => void response.writeHead(204).end());

    const { states } = await collect({}, closed);

    expect(states.map(({ status }) => status)).toEqual(['connecting', 'closed']);
    expect(server.requests).toHaveLength(1);
  });

  test.each([400, 401, 403, 404, 410])('AC-33 %d is final', async (status) => {
    await serve((response) => void response.writeHead(status).end());

    const { states } = await collect({}, failed);

    expect(states.at(-1)).toMatchObject({ status: 'failed', error: { status, retryable: false } });
    expect(server.requests).toHaveLength(1);
  });

  test('a wrong content type is a typed, final error', async () => {
    await serve((response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>login'));

    const { states } = await collect({}, failed);

    expect(states.at(-1)).toMatchObject({ error: { name: 'ProtocolError', code: 'WrongContentType' } });
  });

  test('an event over the limit is a typed, final error', async () => {
    await serve((response) => void openStream(response, `data: ${'x'.repeat(5000)}\n\n`));

    const { states } = await collect({ maxEventLength: 1000 }, failed);

    expect(states.at(-1)).toMatchObject({ error: { code: 'EventTooLong' } });
  });

  test('AC-28 the server’s clean rotation costs no attempt', async () => {
    await serve((response, n) => {
      if (n > 30) return void response.writeHead(204).end();
      openStream(response, frame('a', n, `1-${n}`)).end('retry: 0\n\n');
    });

    const { events, states } = await collect({}, closed);

    expect(events).toHaveLength(30);
    expect(states.some(({ status }) => status === 'reconnecting')).toBe(false);
  });
});

describe('outages', () => {
  test('AC-29 waits 1, 2, 4, 8, 16 s, reports each attempt, then fails; a manual reconnect works', async () => {
    let healthy = false;
    await serve((response) => {
      if (healthy) openStream(response, frame('a', 1, '1-1'));
      else response.writeHead(503).end();
    });
    const waits: number[] = [];
    const setTimer = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((task: () => void, ms = 0, ...rest: unknown[]) => {
      // Only the waits of this SDK: Node's own client passes arguments, and 30 s is the watchdog.
      if (ms < 1000 || ms === 30_000 || rest.length > 0) return setTimer(task, ms, ...(rest as []));
      waits.push(ms);
      return setTimer(task, 0);
    });

    const { states, errors } = await collect({ retry: { jitter: false } }, failed);

    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
    expect(errors).toHaveLength(6);
    const attempts = states.filter((state) => state.status === 'reconnecting');
    expect(attempts.map(({ attempt, of }) => [attempt, of])).toEqual([1, 2, 3, 4, 5].map((attempt) => [attempt, 5]));
    expect(attempts.every(({ nextAttemptAt, reason }) => nextAttemptAt > 0 && reason instanceof Error)).toBe(true);

    healthy = true;
    stream!.reconnect();
    await eventually(() => stream!.lastEventId === '1-1');
    expect(stream!.state.status).toBe('open');
  });

  test('AC-30 after a success the next outage starts again at attempt 1', async () => {
    await serve((response, n) => {
      if (n === 4) return breakStream(response, frame('a', 1, '1-1'));
      if (n === 7) return void response.writeHead(204).end();
      response.writeHead(503).end();
    });

    const { states } = await collect({}, closed);

    const attempts = states.flatMap((state) => (state.status === 'reconnecting' ? [state.attempt] : []));
    expect(attempts).toEqual([1, 2, 3, 1, 2, 3]);
  });

  test('a server that accepts and closes without anything new uses the attempts up', async () => {
    await serve((response) => void openStream(response).end());

    const { states } = await collect({}, failed);

    expect(states.at(-1)).toMatchObject({ error: { name: 'ConnectionError' } });
    expect(server.requests).toHaveLength(6);
  });

  test.each([
    ['7', 7000],
    ['0', 0],
  ])('AC-34 Retry-After: %s is kept exactly', async (header, expected) => {
    await serve((response, n) => {
      if (n === 1) response.writeHead(429, { 'retry-after': header }).end();
      else response.writeHead(204).end();
    });
    const before = Date.now();
    const { states } = await collect({ retry: { jitter: true } }, (_events, state) => state.status === 'reconnecting');

    const state = states.find(({ status }) => status === 'reconnecting');
    expect(state).toMatchObject({ attempt: 1 });
    expect((state as { nextAttemptAt: number }).nextAttemptAt - before).toBeGreaterThanOrEqual(expected);
  });

  test('retry: from the stream is the wait after it breaks', async () => {
    await serve((response) => breakStream(response, 'retry: 12345\n\n', frame('a', 1, '1-1')));
    const before = Date.now();

    const { states } = await collect({ retry: { jitter: true } }, (_events, state) => state.status === 'reconnecting');

    const state = states.at(-1) as { nextAttemptAt: number };
    expect(state.nextAttemptAt - before).toBeGreaterThanOrEqual(12_345);
  });

  test('AC-31 silence counts as a dead connection', async () => {
    await serve(
      (response, n) => void (n === 1 ? openStream(response, frame('a', 1, '1-1')) : response.writeHead(204).end()),
    );

    const { errors } = await collect({ silenceTimeoutMs: 40 }, closed);

    expect(errors[0]).toMatchObject({ name: 'ConnectionError', retryable: true });
    expect(server.requests[1]!.headers['last-event-id']).toBe('1-1');
  });
});

describe('lifecycle', () => {
  test('AC-35 close during a wait ends it at once and leaves no request', async () => {
    await serve((response) => void response.writeHead(503).end());
    const { states } = await collect(
      { retry: { initialDelayMs: 60_000, jitter: false, maxDelayMs: 60_000 } },
      (_events, state) => state.status === 'reconnecting',
    );

    stream!.close();

    expect(states.at(-1)!.status).toBe('closed');
    expect(server.requests).toHaveLength(1);
  });

  test('a signal that is aborted beforehand never connects', async () => {
    await serve((response) => void response.writeHead(204).end());

    stream = connectEventStream(server.url, { signal: AbortSignal.abort() });

    expect(stream.state.status).toBe('closed');
    expect(server.requests).toHaveLength(0);
  });

  test('asks for headers before each attempt', async () => {
    await serve((response, n) => void response.writeHead(n < 3 ? 503 : 204).end());
    let asked = 0;

    await collect({ headers: async () => ({ authorization: `Bearer ${++asked}` }) }, closed);

    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2', 'Bearer 3']);
  });
});

describe('callbacks that close', () => {
  test('in the first state change: nothing is sent', async () => {
    await serve((response) => void openStream(response));
    const abort = new AbortController();

    stream = connectEventStream(server.url, { signal: abort.signal, onStateChange: () => abort.abort() });

    expect(stream.state.status).toBe('closed');
    expect(server.requests).toHaveLength(0);
  });

  test('while the answer is on its way: the stream stays closed', async () => {
    await serve((response) => void openStream(response));
    const states: string[] = [];
    const answered = new Promise<void>((resolve) => {
      stream = connectEventStream(server.url, {
        fetch: async (...args) => {
          const response = await fetch(...args);
          stream!.close();
          resolve();
          return response;
        },
        onStateChange: ({ status }) => states.push(status),
      });
    });
    await answered;
    await new Promise(setImmediate);

    expect(states).toEqual(['connecting', 'closed']);
  });
});

test('a wait longer than a timer can take does not end at once', async () => {
  await serve((response) => void response.writeHead(503, { 'retry-after': '3000000' }).end());
  const timers = vi.spyOn(globalThis, 'setTimeout');

  await collect({}, (_events, state) => state.status === 'reconnecting');
  await new Promise(setImmediate);

  expect(timers.mock.calls.some(([, ms]) => ms === 2 ** 31 - 1)).toBe(true);
  expect(server.requests).toHaveLength(1);
});
