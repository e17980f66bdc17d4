/** A customer's trace, played back: what the client got then, it gets again. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { AuraClientOptions, JobEvent, JobSnapshot } from '@aura-jobs/sdk';
import { recordTrace, replayTrace } from '@aura-jobs/sdk/trace';
import type { ExportedTrace, TraceEntry } from '@aura-jobs/sdk/trace';
import { call } from '../../support/api.ts';
import { startCuttingProxy } from '../../support/cutting-proxy.ts';
import type { CuttingProxy } from '../../support/cutting-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { breakStream, frame, openStream, startScriptedServer } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: TestServer;
let proxy: CuttingProxy;
let foreign: ScriptedServer | undefined;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  proxy = await startCuttingProxy(server.url);
});

afterEach(async () => {
  await foreign?.close();
  foreign = undefined;
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
});

const retry = { initialDelayMs: 1 };

/** As it reaches support: through a file. */
function sent(exported: ExportedTrace): ExportedTrace {
  return JSON.parse(JSON.stringify(exported)) as ExportedTrace;
}

function replay(exported: ExportedTrace): AuraClient {
  return new AuraClient({ baseUrl: 'http://replay.invalid', ...replayTrace(sent(exported)) });
}

const kindsOf = ({ entries }: ExportedTrace): string[] => entries.map(({ kind }) => kind);

interface Seen {
  events: string[];
  errors: string[];
  states: string[];
  snapshot: JobSnapshot | null;
}

/** Follows a job to its end or to the end of the attempts, as an application with an event log and a progress bar. */
async function follow(client: AuraClient, jobId: string, onEvent?: (event: JobEvent) => void): Promise<Seen> {
  const seen: Seen = { events: [], errors: [], states: [], snapshot: null };
  const watcher = client.watch(jobId);
  client.subscribe(jobId, {
    onEvent(event) {
      seen.events.push(`${event.id} ${event.type} ${event.raw}`);
      onEvent?.(event);
    },
    onError: ({ name, code, message }) => void seen.errors.push(`${name} ${code} ${message}`),
    onState: ({ status }) => void seen.states.push(status),
  });
  await watcher.done.catch(() => {});
  seen.snapshot = watcher.snapshot;
  return seen;
}

test('a job that was cut off twice: the same events, errors, states and final snapshot', async () => {
  const trace = recordTrace();
  const client = new AuraClient(trace.options({ baseUrl: proxy.url, retry }));
  const { jobId } = await client.jobs.create({
    preset: 'simulated',
    // Long enough that it still runs after both cuts, however busy the machine is.
    inputs: { events: 90, eventsPerSecond: 30, warnAt: 40, hold: true },
  });
  proxy.cutAfter = 20;
  const following = follow(client, jobId, ({ type }) => {
    // Counts for the next connection.
    if (type === 'step-progress' && proxy.cuts === 0) proxy.cutAfter = 3;
  });
  await eventually(() => kindsOf(trace.exportTrace()).includes('open'));
  await call(`${server.url}/api/jobs/${jobId}/release`, 'POST');
  const live = await following;
  const exported = trace.exportTrace();

  expect(proxy.cuts).toBe(2);
  expect(live.events.length).toBeGreaterThan(80);
  expect(exported).toMatchObject({ version: 1, dropped: 0 });
  expect(kindsOf(exported).filter((kind) => kind === 'attempt')).toHaveLength(3);
  expect(kindsOf(exported).filter((kind) => kind === 'error')).toHaveLength(2);
  expect(sent(exported)).toEqual(exported);
  expect(await follow(replay(exported), jobId)).toEqual(live);
  // As often as one likes.
  expect(await follow(replay(exported), jobId)).toEqual(live);
});

test('the same list of events for a reader of the whole log', async () => {
  const trace = recordTrace();
  const options = { baseUrl: server.url };
  const { jobId } = await new AuraClient(options).jobs.create({ preset: 'simulated', inputs: { events: 30 } });
  const read = async (client: AuraClient): Promise<string[]> => {
    const list: string[] = [];
    for await (const { id, type, raw } of client.events(jobId, { replay: 'all' })) list.push(`${id} ${type} ${raw}`);
    return list;
  };
  const live = await read(new AuraClient(trace.options(options)));

  expect(live.length).toBeGreaterThan(30);
  expect(await read(replay(trace.exportTrace()))).toEqual(live);
  // A watcher that was not there begins with what the events say.
  expect(await replay(trace.exportTrace()).watch(jobId).done).toMatchObject({ status: 'Succeeded', percent: 100 });
});

test('a long job of which only the end was kept ends in the same way', async () => {
  const options = { baseUrl: server.url };
  const { jobs } = new AuraClient(options);
  const { jobId } = await jobs.create({ preset: 'simulated', inputs: { events: 100, eventsPerSecond: 0, hold: true } });
  const trace = recordTrace({ limit: 20 });
  const client = new AuraClient(trace.options(options));
  const live = follow(client, jobId);
  await eventually(() => kindsOf(trace.exportTrace()).includes('open'));
  await call(`${server.url}/api/jobs/${jobId}/release`, 'POST');
  const { events, snapshot } = await live;
  const exported = trace.exportTrace();
  const again = await follow(replay(exported), jobId);

  expect(exported.dropped).toBeGreaterThan(80);
  expect(kindsOf(exported)).not.toContain('attempt');
  const kept = kindsOf(exported).filter((kind) => kind === 'frame').length;
  expect(again.events.slice(-kept)).toEqual(events.slice(-kept));
  const { status, percent, artifacts, lastEventId } = snapshot!;
  expect(again.snapshot).toMatchObject({ status, percent, artifacts, lastEventId });
});

test('two jobs over one connection, from a backend below a path', async () => {
  foreign = await startScriptedServer(({ url }, response) => {
    const { pathname, search } = new URL(url!, 'http://here');
    if (pathname !== '/studio/api/events') {
      return void response.end(JSON.stringify({ id: pathname.at(-1), status: 'running', percent: 1 }));
    }
    expect(search).toBe('?jobs=a,b');
    openStream(
      response,
      ...['a', 'b'].map((jobId, n) =>
        frame('job-cancelled', { jobId, status: 'Cancelled', stage: 'TTS' }, `1700000000000-${n}`),
      ),
    );
  });
  const trace = recordTrace();
  const finish = async (options: AuraClientOptions): Promise<unknown> => {
    const watcher = new AuraClient(options).watchAll(['a', 'b']);
    await watcher.done;
    return watcher.snapshots;
  };
  const live = await finish(trace.options({ baseUrl: `${foreign.url}/studio/` }));

  expect(live).toMatchObject([
    { jobId: 'a', status: 'Canceled' },
    { jobId: 'b', status: 'Canceled' },
  ]);
  expect(await finish({ baseUrl: 'http://elsewhere.invalid/x', ...replayTrace(trace.exportTrace()) })).toEqual(live);
});

describe('attempts that failed fail again in the same way', () => {
  test.each<[string, string, Parameters<typeof startScriptedServer>[0]]>([
    [
      'refused for good, with the server’s words and number',
      'JobNotFoundError JobNotFound GET /api/jobs/a/events answered 404: It is gone.',
      (_request, response) =>
        void response
          .writeHead(404, { 'content-type': 'application/problem+json', 'x-correlation-id': 'req-1' })
          .end('{"detail":"It is gone."}'),
    ],
    [
      'not a stream',
      'ProtocolError WrongContentType',
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>'),
    ],
    [
      'nothing more, at once',
      'ConnectionError ConnectionLost',
      (_request, response) => void response.writeHead(204).end(),
    ],
    [
      'nothing more, after a while',
      'ConnectionError ConnectionLost',
      (_request, response, n) => {
        if (n === 1)
          breakStream(response, 'retry: 20\n\n', frame('warning', { message: 'two\nlines' }, 'x-1'), 'id: x-2\n\n');
        else response.writeHead(204).end();
      },
    ],
    [
      'in trouble twice, then refused',
      'AccessDeniedError AccessDenied',
      (_request, response, n) => {
        if (n === 1) response.destroy();
        else response.writeHead(n === 2 ? 503 : 403).end();
      },
    ],
  ])('%s', async (_name, last, answer) => {
    foreign = await startScriptedServer(answer);
    const trace = recordTrace();
    const listen = async (client: AuraClient): Promise<string[]> => {
      const seen: string[] = [];
      await new Promise<void>((resolve) => {
        client.subscribe('a', {
          onEvent: (event) => void seen.push(`${event.id} ${event.raw}`),
          onError: ({ name, code, message, status, requestId }) =>
            void seen.push(`${name} ${code} ${message} ${status} ${requestId}`),
          onState: ({ status }) => status === 'failed' && resolve(),
        });
      });
      return seen.map((line) => line.replaceAll(/http:\/\/[^/ ]+/g, 'http://host'));
    };
    const live = await listen(new AuraClient(trace.options({ baseUrl: foreign.url, retry })));

    expect(live.at(-1)).toContain(last);
    expect(await listen(replay(trace.exportTrace()))).toEqual(live);
  });
});

test('a connection that was open stays open, and knows no more than was recorded', async () => {
  foreign = await startScriptedServer((_request, response) =>
    openStream(response, frame('step-progress', { step: 'TTS', percent: 20 }, '1700000000000-1')),
  );
  const trace = recordTrace();
  const client = new AuraClient(trace.options({ baseUrl: foreign.url }));
  const leave = client.subscribe('a', {});
  await eventually(() => kindsOf(trace.exportTrace()).includes('frame'));
  const open = trace.exportTrace();
  leave();
  await eventually(() => kindsOf(trace.exportTrace()).at(-1) === 'close');

  for (const exported of [open, trace.exportTrace()]) {
    const again = replay(exported);
    const watcher = again.watch('a');
    await eventually(() => watcher.snapshot?.percent === 20);
    expect(watcher.connection.status).toBe('open');
    watcher.reconnect();
    await expect(watcher.done).rejects.toMatchObject({ code: 'TraceEnded', retryable: false });
    await expect(again.jobs.cancel('a')).rejects.toMatchObject({ code: 'TraceEnded' });
  }
});

test('a transport that said for good that nothing more comes is believed, as the next answer of a stream', async () => {
  const trace = recordTrace();
  const endsOf = (options: AuraClientOptions): Promise<string[]> =>
    new Promise((resolve) => {
      const events: string[] = [];
      new AuraClient({ baseUrl: 'http://x.invalid', ...options }).subscribe('a', {
        onEvent: ({ id, type }) => void events.push(`${id} ${type}`),
        onState: (state) => state.status === 'failed' && resolve([...events, state.error.message]),
      });
    });
  const live = await endsOf(
    trace.options({
      async transport(link) {
        link.onOpen();
        link.onId('1700000000000-1');
        link.onEvent('warning', '{}', '1700000000000-1');
        return true;
      },
    }),
  );

  expect(live).toEqual(['1700000000000-1 warning', expect.stringContaining('The server ended the events of job a')]);
  expect(await endsOf(replayTrace(trace.exportTrace()))).toEqual(live);
});

test('calls answer again what they answered; the last good state of a job stands', async () => {
  foreign = await startScriptedServer(({ method, url }, response, n) => {
    response.setHeader('x-correlation-id', `req-${n}`);
    if (method === 'POST') response.writeHead(url!.endsWith('/cancel') ? 409 : 202).end('{"jobId":"b"}');
    else if (n < 3) response.end(JSON.stringify({ id: 'a', status: 'running', percent: n * 10 }));
    else response.destroy();
  });
  const trace = recordTrace();
  const use = async ({ jobs }: AuraClient): Promise<unknown[]> => [
    (await jobs.get('a')).percent,
    (await jobs.get('a')).percent,
    await jobs.cancel('a').catch((error: Error) => error.name),
    await jobs.get('a', { retries: 0 }).catch((error: Error) => error.name),
  ];
  const live = await use(new AuraClient(trace.options({ baseUrl: foreign.url })));

  expect(live).toEqual([10, 20, 'NotCancellableError', 'ConnectionError']);
  expect(await use(replay(trace.exportTrace()))).toEqual(live);
  const good = { ...trace.exportTrace(), entries: trace.exportTrace().entries.slice(0, 2) };
  const { jobs } = replay(good);
  expect([await jobs.get('a'), await jobs.get('a'), await jobs.get('a')]).toMatchObject([
    { percent: 10 },
    { percent: 20 },
    { percent: 20 },
  ]);
});

test('an abort ends a call and a connection of a replay', async () => {
  const entries: TraceEntry[] = [
    { at: 0, kind: 'attempt', connection: 1, path: '/api/jobs/a/events', lastEventId: '' },
    { at: 1, kind: 'open', connection: 1, path: '/api/jobs/a/events', status: 'open' },
  ];
  const { fetch } = replayTrace({ version: 1, startedAt: '', dropped: 0, entries });
  const abort = new AbortController();
  const response = await fetch('/api/jobs/a/events', {
    headers: { accept: 'text/event-stream' },
    signal: abort.signal,
  });
  const read = response.body!.getReader().read();
  abort.abort(new Error('enough'));

  await expect(read).rejects.toThrow('enough');
  await expect(fetch('/api/jobs/a', { signal: abort.signal })).rejects.toThrow('enough');
});

test('a trace of another version is refused', () => {
  const trace = { version: 2, startedAt: '', dropped: 0, entries: [] } as unknown as ExportedTrace;

  expect(() => replayTrace(trace)).toThrow('version 2');
});
