/** What a trace tells, and what it costs. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { Link } from '@aura-jobs/sdk';
import { recordTrace } from '@aura-jobs/sdk/trace';
import type { Trace, TraceEntry } from '@aura-jobs/sdk/trace';
import { eventually } from '../../support/eventually.ts';
import { breakStream, frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A link that nobody listens to. */
function quietLink(): Link {
  return {
    url: 'http://host/api/jobs/a/events',
    lastEventId: '',
    signal: new AbortController().signal,
    maxEventLength: 1e6,
    headers: () => Promise.resolve(new Headers()),
    get: () => Promise.reject(new Error('no network here')),
    onOpen() {},
    onAlive() {},
    onId() {},
    onEvent() {},
    onRetry() {},
  };
}

/** Runs one connection through a trace. */
async function connect(trace: Trace, transport: (link: Link) => Promise<boolean | void>): Promise<void> {
  await trace.options({ transport }).transport!(quietLink());
}

function withoutTimes(entries: readonly TraceEntry[]): object[] {
  return entries.map(({ at: _at, ...entry }) => ('ms' in entry && entry.kind === 'call' ? { ...entry, ms: 0 } : entry));
}

test('notes calls, attempts, opens, frames, ids, retry times, ends and errors, in order', async () => {
  server = await startScriptedServer(({ method, url }, response, n) => {
    response.setHeader('x-correlation-id', `req-${n}`);
    if (method === 'POST') response.writeHead(409).end('{"code":"NotCancellable","currentStatus":"Running"}');
    else if (!url!.endsWith('/events')) response.end('{"id":"a","status":"running"}');
    else if (n === 3) breakStream(response, 'retry: 5\n\n', frame('warning', { message: 'hm' }, '1700000000000-1'));
    else if (n === 5) response.writeHead(503).end();
    else openStream(response, 'id: 1700000000000-2\n\n', frame('job-cancelled', { status: 'Cancelled' }));
  });
  const trace = recordTrace();
  const client = new AuraClient(trace.options({ baseUrl: server.url, retry: { initialDelayMs: 1, jitter: false } }));
  await client.jobs.cancel('a').catch(() => {});
  await client.watch('a').done.catch(() => {});
  await eventually(() => trace.exportTrace().entries.at(-1)?.kind === 'close');
  const { startedAt, entries } = trace.exportTrace();

  const path = '/api/jobs/a/events';
  const get = { kind: 'call', method: 'GET', path: '/api/jobs/a', status: 200, ms: 0 };
  const stream = { ...get, path };
  const body = '{"id":"a","status":"running"}';
  expect(withoutTimes(entries)).toEqual([
    {
      kind: 'call',
      method: 'POST',
      path: '/api/jobs/a/cancel',
      status: 409,
      ms: 0,
      requestId: 'req-1',
      body: '{"code":"NotCancellable","currentStatus":"Running"}',
    },
    { ...get, requestId: 'req-2', body },
    { kind: 'attempt', connection: 1, path, lastEventId: '' },
    { ...stream, requestId: 'req-3' },
    { kind: 'open', connection: 1, path, status: 'open' },
    { kind: 'retry', connection: 1, path, ms: 5 },
    { kind: 'frame', connection: 1, path, type: 'warning', id: '1700000000000-1', data: '{"message":"hm"}' },
    { kind: 'error', connection: 1, path, name: 'TypeError', message: 'terminated', cause: 'other side closed' },
    { ...get, requestId: 'req-4', body },
    { kind: 'attempt', connection: 2, path, lastEventId: '1700000000000-1' },
    { ...stream, status: 503, requestId: 'req-5', body: '' },
    {
      kind: 'error',
      connection: 2,
      path,
      name: 'ServerError',
      message: `GET ${path} answered 503: Service Unavailable`,
      code: 'ServiceUnavailable',
      retryable: true,
      status: 503,
      requestId: 'req-5',
      body: '{}',
    },
    { ...get, requestId: 'req-6', body },
    { kind: 'attempt', connection: 3, path, lastEventId: '1700000000000-1' },
    { ...stream, requestId: 'req-7' },
    { kind: 'open', connection: 3, path, status: 'open' },
    { kind: 'id', connection: 3, path, id: '1700000000000-2' },
    { kind: 'frame', connection: 3, path, type: 'job-cancelled', id: '', data: '{"status":"Cancelled"}' },
    { kind: 'close', connection: 3, path },
  ]);
  expect(Math.abs(Date.parse(startedAt) - Date.now())).toBeLessThan(60_000);
  const times = entries.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('a clean end, a final one, silence and a reader that leaves are told apart', async () => {
  const trace = recordTrace();
  await connect(trace, () => Promise.resolve());
  await connect(trace, () => Promise.resolve(true));
  // Browsers say of every abort that it is one.
  const wait = (link: Link): Promise<void> =>
    new Promise((_resolve, reject) => {
      link.signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
    });
  for (const reason of [new Error('nothing was heard'), undefined]) {
    const abort = new AbortController();
    const over = trace.options({ transport: wait }).transport!({ ...quietLink(), signal: abort.signal });
    abort.abort(reason);
    await expect(over).rejects.toThrow('Aborted');
  }

  const ends = trace.exportTrace().entries.filter(({ kind }) => kind !== 'attempt');
  expect(ends).toMatchObject([
    { kind: 'end', final: false },
    { kind: 'end', final: true },
    { kind: 'error', message: 'nothing was heard' },
    { kind: 'close' },
  ]);
});

test('stands in nobody’s way: results, errors and the other options pass', async () => {
  const logged: unknown[] = [];
  const given = { baseUrl: 'http://x', timeoutMs: 7, credentials: 'include' as const, retry: { maxAttempts: 1 } };
  const fault = new Error('no');
  const trace = recordTrace();
  const { fetch, transport, getToken, ...others } = trace.options({
    ...given,
    fetch: (...args) => {
      logged.push(args);
      return Promise.reject(fault);
    },
    getToken: () => Promise.resolve('a-token'),
    transport: () => Promise.resolve(true),
  });

  expect(others).toEqual(given);
  expect(await getToken!()).toBe('a-token');
  expect(await transport!(quietLink())).toBe(true);
  await expect(fetch!('/api/jobs', { method: 'POST' })).rejects.toBe(fault);
  expect(logged).toEqual([['/api/jobs', { method: 'POST' }]]);
  expect('getToken' in trace.options({})).toBe(false);
});

describe('memory', () => {
  test('the newest entries are kept, up to the limit', async () => {
    const trace = recordTrace({ limit: 10 });
    await connect(trace, async (link) => {
      for (let n = 0; n < 1000; n++) link.onEvent('step-progress', `{"n":${n}}`, `1700000000000-${n}`);
    });
    const { dropped, entries } = trace.exportTrace();

    expect(entries).toHaveLength(10);
    // The attempt, its frames and its end.
    expect(dropped).toBe(1002 - 10);
    expect(entries.at(-2)).toMatchObject({ kind: 'frame', data: '{"n":999}', id: '1700000000000-999' });
  });

  test('and up to so many characters, be it none', async () => {
    const trace = recordTrace({ maxCharacters: 5000 });
    await connect(trace, async (link) => {
      for (let n = 0; n < 100; n++) link.onEvent('warning', 'x'.repeat(1000), '');
    });
    expect(JSON.stringify(trace.exportTrace()).length).toBeLessThan(6000);
    expect(trace.exportTrace().entries.filter(({ kind }) => kind === 'frame')).toHaveLength(4);

    await connect(trace, async (link) => link.onEvent('warning', 'x'.repeat(1_000_000), ''));
    expect(trace.exportTrace().entries.map(({ kind }) => kind)).toEqual(['end']);
  });

  test('a kept frame does not keep the network chunk it came in', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const trace = recordTrace();
    collect();
    const before = process.memoryUsage().heapUsed;
    await connect(trace, async (link) => {
      for (let n = 0; n < 100; n++) {
        const chunk = Buffer.alloc(1_000_000, `chunk ${n} `).toString('latin1');
        link.onEvent(chunk.slice(0, 20), chunk.slice(20, 420), chunk.slice(420, 450));
      }
    });
    collect();

    expect(trace.exportTrace().entries).toHaveLength(102);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });
});
