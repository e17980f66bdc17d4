/** Readers that share one feed: who hears what, in which order, and what one reader's fault does to the others. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { AuraClient, configure, SseClient } from '@aura-jobs/sdk';
import type { JobEvent } from '@aura-jobs/sdk';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { frame, openStream, startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import { eventually } from '../support/eventually.ts';

let server: TestServer;
let client: AuraClient;
let foreign: ScriptedServer | undefined;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  client = new AuraClient({ baseUrl: server.url });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await foreign?.close();
  foreign = undefined;
});

afterAll(() => server.stop());

async function simulate(inputs: Record<string, unknown>): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs })).jobId;
}

/** A backend that answers `GET` with `job` and hands its streams to the test. */
async function serveJob(
  job: object | (() => object),
  onStream: (response: ServerResponse, n: number) => void,
): Promise<AuraClient> {
  let streams = 0;
  foreign = await startScriptedServer(({ url }, response) => {
    if (url!.includes('/events')) onStream(response, ++streams);
    else
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(typeof job === 'function' ? job() : job));
  });
  return new AuraClient({ baseUrl: foreign.url, retry: { initialDelayMs: 1, jitter: false } });
}

describe('a reader of events beside a watcher that was there first', () => {
  test('hears how an ended job ended', async () => {
    const jobId = await simulate({ events: 5, eventsPerSecond: 0 });
    await client.watch(jobId).done;

    const watcher = client.watch(jobId);
    const types: string[] = [];
    for await (const { type } of client.events(jobId)) types.push(type);

    expect(types).toEqual(['job-status', 'job-completed']);
    await watcher.done;
  });

  test('hears the state of a job that waits', async () => {
    const jobId = await simulate({ hold: true });
    const watcher = client.watch(jobId);
    const event = await new Promise<JobEvent>((resolve) => {
      const leave = client.subscribe(jobId, { onEvent: (told) => (leave(), resolve(told)) });
    });

    expect(event).toMatchObject({ type: 'job-status', data: { status: 'Queued', percent: 0 } });
    watcher.close();
  });
});

test('watchers that come together share one GET', async () => {
  let asked = 0;
  const own = await serveJob(
    () => (asked++, { jobId: 'a', status: 'Running', percent: 20, lastEventId: '1700000000000-1' }),
    (response) => void openStream(response),
  );
  const watchers = [own.watch('a'), own.watch('a'), own.watch('a')];
  await eventually(() => watchers.every(({ connection, snapshot }) => connection.status === 'open' && snapshot));

  expect(asked).toBe(1);
  for (const watcher of watchers) watcher.close();
});

describe('faults of one reader', () => {
  test('do not reach another', async () => {
    vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(
      (task) =>
        void Promise.resolve()
          .then(task, () => {})
          .catch(() => {}),
    );
    const jobId = await simulate({ events: 5, eventsPerSecond: 0, hold: true });
    const types: string[] = [];
    const over = new Promise<void>((resolve) => {
      client.subscribe(jobId, {
        onEvent() {
          throw new Error('the first reader’s own fault');
        },
      });
      client.subscribe(jobId, { onEvent: ({ type }) => (types.push(type), type === 'job-completed' && resolve()) });
    });
    const { done } = client.watch(jobId);

    await fetch(`${server.url}/api/jobs/${jobId}/release`, { method: 'POST' });
    await Promise.all([over, done]);

    expect(types.at(-1)).toBe('job-completed');
  });

  test('a reader that is added in a callback gets each event once', async () => {
    const jobId = await simulate({ events: 50, eventsPerSecond: 500 });
    const ids: (string | undefined)[] = [];
    let added = false;
    client.subscribe(jobId, {
      onEvent(event) {
        if (added || event.type !== 'step-progress') return;
        added = true;
        client.subscribe(jobId, { onEvent: ({ id }) => void ids.push(id) });
      },
    });
    await client.watch(jobId).done;

    const logged = ids.filter((id) => id !== undefined);
    expect(logged.length).toBeGreaterThan(10);
    expect(new Set(logged).size).toBe(logged.length);
  });

  test('no callback runs before subscribe has returned', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 50 });
    const first = client.watch(jobId);
    await eventually(() => first.snapshot?.status === 'Running');

    let returned = false;
    await new Promise<void>((resolve, reject) => {
      const leave = client.subscribe(jobId, {
        onEvent: () => (leave(), returned ? resolve() : reject(new Error('too early'))),
      });
      returned = true;
    });

    first.close();
    await client.jobs.cancel(jobId);
  });
});

describe('ends that are none', () => {
  test('a stream that the server closes for good before the job has ended is an error, and a new reader starts afresh', async () => {
    const own = await serveJob(
      { jobId: 'a', status: 'Running', percent: 20, lastEventId: '1700000000000-1' },
      (response, n) => {
        if (n < 3) response.writeHead(204).end();
        else openStream(response, frame('job-completed', {}, '1700000000000-2'));
      },
    );

    await expect(own.watch('a').done).rejects.toMatchObject({ name: 'ConnectionError' });
    await expect(own.events('a').next()).rejects.toMatchObject({ name: 'ConnectionError' });
    await expect(own.events('a').next()).resolves.toMatchObject({ value: { type: 'job-completed' } });
  });

  test('an end that only GET knows is told once to readers of events', async () => {
    let status = 'Running';
    const own = await serveJob(
      () => ({ jobId: 'a', status, percent: 20, lastEventId: '1700000000000-1', outputPath: '/v.mp4' }),
      (response, n) => {
        if (n > 1) return void response.writeHead(204).end();
        openStream(response, frame('warning', { message: 'soon' }, '1700000000000-2')).end();
        status = 'Done';
      },
    );
    const { done } = own.watch('a');
    const types: string[] = [];
    for await (const { type } of own.events('a')) types.push(type);

    expect(types).toEqual(['job-status', 'step-status', 'step-progress', 'warning', 'job-completed']);
    await expect(done).resolves.toMatchObject({ output: { videoPath: '/v.mp4' } });
  });

  test('AC-08 after a lost cursor the state is heard again, and what follows it', async () => {
    const ended = await simulate({ events: 5, eventsPerSecond: 0 });
    await client.watch(ended).done;

    const types: string[] = [];
    for await (const { type } of client.events(ended, { lastEventId: '9999999999999-1' })) types.push(type);

    expect(types).toEqual(['resync', 'job-status', 'job-completed']);
  });
});

describe('answers that cannot be believed', () => {
  test.each(['', '.', '..'])('the job id %j is refused', async (jobId) => {
    await expect(client.jobs.cancel(jobId)).rejects.toMatchObject({ name: 'InvalidInputError' });
  });

  test('an answer without a job is a ProtocolError', async () => {
    const own = await serveJob({}, (response) => response.end());

    await expect(own.jobs.create({ preset: 'default' })).rejects.toMatchObject({ name: 'ProtocolError' });
    await expect(own.jobs.get('a')).rejects.toMatchObject({ name: 'ProtocolError' });
  });

  test.each([
    ['/artifacts/a/v.mp4', '/artifacts/a/v.mp4'],
    ['artifacts/a/v.mp4', '/artifacts/a/v.mp4'],
    ['https://cdn.example/v.mp4', null],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['C:\\videos\\v.mp4', false],
    ['//evil.example/v.mp4', false],
    ['\\\\share\\v.mp4', false],
  ])('C-28 url(%j)', (path, expected) => {
    const url = client.url(path);

    if (expected === false) expect(url).toBeNull();
    else expect(url).toBe(expected === null ? path : server.url + expected);
  });
});

describe('a token that has run out', () => {
  /** Lets in whoever brings the newest token. */
  async function serveTokens(): Promise<{ own: AuraClient; asked: () => number }> {
    let asked = 0;
    foreign = await startScriptedServer(({ url, headers }, response) => {
      if (headers.authorization !== 'Bearer t2' && headers.authorization !== 'Bearer t3')
        return void response.writeHead(401).end();
      if (url!.endsWith('/events'))
        openStream(response, frame('job-completed', { outputPath: '/v.mp4' }, '1700000000000-2'));
      else response.setHeader('content-type', 'application/json').end('{"jobId":"a","status":"Running","percent":1}');
    });
    return { own: new AuraClient({ baseUrl: foreign.url, getToken: () => `t${++asked}` }), asked: () => asked };
  }

  test('is asked for once more by a call', async () => {
    const { own, asked } = await serveTokens();

    expect((await own.jobs.cancel('a').catch((error: Error) => error)) as object).not.toBeInstanceOf(Error);
    expect(asked()).toBe(2);
  });

  test('is asked for once more by a stream', async () => {
    const { own, asked } = await serveTokens();

    expect((await own.events('a').next()).value).toMatchObject({ type: 'job-completed' });
    expect(asked()).toBe(2);
  });

  test('and is refused again is final', async () => {
    foreign = await startScriptedServer((_request, response) => void response.writeHead(401).end());
    let asked = 0;
    const own = new AuraClient({ baseUrl: foreign.url, getToken: () => `t${++asked}` });

    await expect(own.events('a').next()).rejects.toMatchObject({ name: 'AccessDeniedError', status: 401 });
    await expect(own.jobs.get('a')).rejects.toMatchObject({ name: 'AccessDeniedError' });
    expect(foreign.requests).toHaveLength(4);
    expect(asked).toBe(4);
  });
});

describe('what is left behind', () => {
  test('a finished watcher leaves no listener on the caller’s signal', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    const jobId = await simulate({ events: 3, eventsPerSecond: 0 });

    await client.watch(jobId, { signal }).done;
    await eventually(() => remove.mock.calls.length > 0);

    expect(add.mock.calls).toHaveLength(1);
    expect(remove.mock.calls.some(([, listener]) => listener === add.mock.calls[0]![1])).toBe(true);
  });

  test('a closed watcher’s connection is the same object each time', async () => {
    const watcher = client.watch(await simulate({ hold: true }));
    watcher.close();

    expect(watcher.connection).toBe(watcher.connection);
  });

  test('a token that never comes does not outlast the time-out or an abort', async () => {
    const own = new AuraClient({ baseUrl: server.url, timeoutMs: 50, getToken: () => new Promise<string>(() => {}) });
    await expect(own.jobs.cancel('a')).rejects.toMatchObject({ code: 'ConnectionTimeout' });

    const patient = new AuraClient({ baseUrl: server.url, getToken: () => new Promise<string>(() => {}) });
    const abort = new AbortController();
    const call = patient.jobs.get('a', { signal: abort.signal });
    abort.abort(new Error('left'));
    await expect(call).rejects.toThrow('left');
  });
});

test('SseClient on a connection that is open already says so', async () => {
  configure({ baseUrl: server.url });
  const { defaultClient } = await import('@aura-jobs/sdk');
  const jobId = await simulate({ seconds: 60, eventsPerSecond: 50 });
  const watcher = defaultClient().watch(jobId);
  await eventually(() => watcher.connection.status === 'open');

  const sse = new SseClient(jobId);
  sse.connect();
  await eventually(() => sse.isConnected());

  sse.close();
  watcher.close();
  await client.jobs.cancel(jobId);
});
