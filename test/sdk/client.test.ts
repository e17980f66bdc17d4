/** The client against the reference server and against servers that are not ours. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  AuraClient,
  cancelJob,
  configure,
  createJob,
  describeError,
  getJob,
  isAuraError,
  JobCanceledError,
  JobFailedError,
  retryJob,
  SseClient,
  SSEClient,
  subscribeToJobEvents,
} from '@aura-jobs/sdk';
import type { JobEvent, JobSnapshot, SseConnectionState } from '@aura-jobs/sdk';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { frame, openStream, startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import { eventually } from '../support/eventually.ts';

let server: TestServer;
let client: AuraClient;
let foreign: ScriptedServer | undefined;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8', AURA_ALLOW_PAUSE: '1' });
  client = new AuraClient({ baseUrl: `${server.url}/` });
});

afterEach(async () => {
  await foreign?.close();
  foreign = undefined;
});

afterAll(() => server.stop());

async function simulate(inputs: Record<string, unknown>): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs })).jobId;
}

test('a logger hears of states and failed attempts, and of no token', async () => {
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const logged = new AuraClient({
    baseUrl: server.url,
    getToken: () => 'secret-token',
    logger: { debug: say, warn: say },
  });

  const jobId = await simulate({ events: 3, eventsPerSecond: 0, hold: true });
  const watcher = logged.watch(jobId);
  await eventually(() => watcher.connection.status === 'open');
  await fetch(`${server.url}/api/jobs/${jobId}/release`, { method: 'POST' });
  await watcher.done;
  await expect(logged.jobs.get('nobody')).rejects.toMatchObject({ code: 'JobNotFound' });

  expect(said.filter((line) => line.endsWith(': open'))).toHaveLength(1);
  expect(said.at(-1)).toContain('GET /api/jobs/nobody answered 404');
  expect(said.join()).not.toContain('secret-token');
});

describe('watch', () => {
  test('gives snapshots up to the terminal one, percent never falling', async () => {
    const jobId = await simulate({ events: 100, eventsPerSecond: 500 });

    const seen: JobSnapshot[] = [];
    for await (const snapshot of client.watch(jobId)) seen.push(snapshot);

    expect(seen.at(-1)).toMatchObject({ jobId, status: 'Succeeded', percent: 100, title: 'Simulated job' });
    const percents = seen.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
  });

  test('is a store: the same snapshot until it changes, and listeners that can leave', async () => {
    const watcher = client.watch(await simulate({ events: 50, eventsPerSecond: 500 }));
    let calls = 0;
    const leave = watcher.subscribe(() => {
      calls++;
      if (watcher.snapshot?.status === 'Running') leave();
    });
    expect(watcher.snapshot).toBeNull();

    const final = await watcher.done;

    expect(watcher.snapshot).toBe(final);
    expect(calls).toBeGreaterThan(0);
    expect(watcher.connection.status).toBe('closed');
  });

  test('done throws the typed failure', async () => {
    const failed = client.watch(await simulate({ events: 10, eventsPerSecond: 0, failAt: 5 })).done;
    await expect(failed).rejects.toBeInstanceOf(JobFailedError);
    await expect(failed).rejects.toMatchObject({ code: 'SimulatedFailure', snapshot: { status: 'Failed' } });

    const jobId = await simulate({ hold: true });
    const canceled = client.watch(jobId).done;
    await client.jobs.cancel(jobId);
    await expect(canceled).rejects.toBeInstanceOf(JobCanceledError);
  });

  test('AC-12 an unknown job throws JobNotFound to every reader at once', async () => {
    const watcher = client.watch('job-0000000000000000');

    await expect(watcher.done).rejects.toMatchObject({
      name: 'JobNotFoundError',
      status: 404,
      requestId: expect.any(String),
    });
    await expect(watcher[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'JobNotFoundError' });
    await expect(client.events('job-0000000000000000').next()).rejects.toMatchObject({ code: 'JobNotFound' });
  });

  test('AC-35 an abort ends the loop with the signal’s reason', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 50 });
    const abort = new AbortController();
    const reason = new Error('enough');
    const read = async (): Promise<void> => {
      for await (const { status } of client.watch(jobId, { signal: abort.signal }))
        if (status === 'Running') abort.abort(reason);
    };

    await expect(read()).rejects.toBe(reason);
    await client.jobs.cancel(jobId);
  });

  test('AC-37 all readers of a job share one connection', async () => {
    const held: ServerResponse[] = [];
    foreign = await startScriptedServer(({ url }, response) => {
      if (url!.endsWith('/events'))
        held.push(
          openStream(
            response,
            frame('job-status', { status: 'Running', stage: 'Script', percent: 3 }, '1700000000000-1'),
          ),
        );
      else
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ id: 'a', status: 'running', percent: 3, lastEventId: '1700000000000-1' }));
    });
    const own = new AuraClient({ baseUrl: foreign.url });

    const first = own.watch('a');
    await eventually(() => first.snapshot);
    const second = own.watch('a');
    const events: JobEvent[] = [];
    const leave = own.subscribe('a', { onEvent: (event) => void events.push(event) });
    expect(second.snapshot).toBe(first.snapshot);
    await eventually(() => held.length === 1 && events.length === 3);
    expect(events.map(({ type }) => type)).toEqual(['job-status', 'step-status', 'step-progress']);

    held[0]!.write(frame('step-progress', { step: 'Script', percent: 9 }, '1700000000000-2'));
    await eventually(() => first.snapshot!.percent === 9);
    expect(second.snapshot!.percent).toBe(9);
    expect(events.at(-1)!.type).toBe('step-progress');

    first.close();
    held[0]!.write(frame('step-progress', { step: 'Script', percent: 12 }, '1700000000000-3'));
    await eventually(() => second.snapshot!.percent === 12);
    const over = new Promise((resolve) => held[0]!.once('close', resolve));
    second.close();
    leave();
    await over;
    expect(held).toHaveLength(1);
  });

  test('AC-36 three jobs at once do not mix', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => simulate({ events: 60, eventsPerSecond: 300 })));
    const seen = new Map(ids.map((id): [string, JobEvent[]] => [id, []]));
    const stops = ids.map((id) => client.subscribe(id, { onEvent: (event) => void seen.get(id)!.push(event) }));
    stops[0]!();
    const before = seen.get(ids[0]!)!.length;

    await Promise.all(ids.slice(1).map((id) => client.watch(id).done));

    expect(seen.get(ids[0]!)).toHaveLength(before);
    for (const id of ids.slice(1)) {
      const ends = seen.get(id)!.filter(({ type }) => type === 'job-completed');
      expect(ends.map(({ data }) => (data as { jobId: string }).jobId)).toEqual([id]);
    }
  });

  test('AC-61 a GET that is overtaken by newer events does not take them back', async () => {
    let answer: (() => void) | undefined;
    foreign = await startScriptedServer(({ url }, response) => {
      if (url!.endsWith('/events')) {
        openStream(
          response,
          frame('job-status', { status: 'Running', stage: 'TTS', percent: 20 }, '1700000000000-5'),
          frame('step-progress', { step: 'TTS', percent: 30, message: 'new' }, '1700000000000-9'),
        );
      } else {
        answer = () =>
          response.setHeader('content-type', 'application/json').end(
            JSON.stringify({
              jobId: 'a',
              status: 'Running',
              percent: 20,
              lastEventId: '1700000000000-5',
              title: 'stale',
            }),
          );
      }
    });
    const own = new AuraClient({ baseUrl: foreign.url });
    const events: JobEvent[] = [];
    const leave = own.subscribe('a', { onEvent: (event) => void events.push(event) });
    await eventually(() => events.length === 2);
    const watcher = own.watch('a');
    await eventually(() => answer);

    const changed = new Promise<void>((resolve) => watcher.subscribe(resolve));
    answer!();
    await changed;

    // What events cannot bring is taken from the answer, the rest stays as the newer events have it.
    expect(watcher.snapshot).toMatchObject({
      percent: 30,
      message: 'new',
      title: 'stale',
      lastEventId: '1700000000000-9',
    });
    watcher.close();
    leave();
  });

  test('a job that ended while nobody was connected is told once, from GET alone', async () => {
    foreign = await startScriptedServer((_request, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ id: 'a', status: 'Done', percent: 100, outputPath: '/v.mp4' }));
    });

    const job = await new AuraClient({ baseUrl: foreign.url }).watch('a').done;

    expect(job).toMatchObject({ status: 'Succeeded', output: { videoPath: '/v.mp4' } });
    expect(foreign.requests).toHaveLength(1);
  });

  test('AC-45 STALL_TIMEOUT is verified by GET, and the job may still succeed', async () => {
    let streams = 0;
    foreign = await startScriptedServer(({ url }, response) => {
      if (url!.endsWith('/events')) {
        streams++;
        openStream(response, frame('job-failed', { errors: [{ Code: 'STALL_TIMEOUT' }] }, '1700000000000-6'));
        void foreign!
          .requested(3)
          .then(() => response.write(frame('job-completed', { outputPath: '/v.mp4' }, '1700000000000-7')));
      } else {
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ jobId: 'a', status: 'Running', percent: 20, lastEventId: '1700000000000-5' }));
      }
    });

    await expect(new AuraClient({ baseUrl: foreign.url }).watch('a').done).resolves.toMatchObject({
      status: 'Succeeded',
    });
    expect(streams).toBe(1);
  });
});

describe('events', () => {
  test('AC-48 an event that is not JSON is reported and the next one is read', async () => {
    foreign = await startScriptedServer(
      (_request, response) =>
        void openStream(response, 'event: warning\ndata: {oops\n\n', frame('warning', { message: 'fine' })),
    );
    const errors: Error[] = [];

    const event = await new Promise<JobEvent>((resolve) => {
      new AuraClient({ baseUrl: foreign!.url }).subscribe('a', {
        onEvent: resolve,
        onError: (error) => void errors.push(error),
      });
    });

    expect(event.data).toMatchObject({ message: 'fine' });
    expect(errors).toMatchObject([{ name: 'ProtocolError', code: 'InvalidJson' }]);
  });

  test.each(['{oops', '{"percent":}'])(
    'AC-48 so is progress that is not JSON, once for all readers: %s',
    async (data) => {
      foreign = await startScriptedServer((request, response) => {
        if (request.url!.endsWith('/events')) {
          openStream(
            response,
            frame('step-progress', { step: 'TTS', percent: 20 }),
            `event: step-progress\ndata: ${data}\n\n`,
            frame('step-progress', { step: 'TTS', percent: 30 }),
            frame('job-cancelled', {}),
          );
        } else
          response.setHeader('content-type', 'application/json').end(JSON.stringify({ jobId: 'a', status: 'Queued' }));
      });
      const own = new AuraClient({ baseUrl: foreign.url });
      const errors: Error[] = [];
      own.subscribe('a', { onError: (error) => void errors.push(error) });
      const watcher = own.watch('a');
      const percents: number[] = [];
      for await (const { type, data: payload } of own.events('a')) {
        if (type === 'step-progress') percents.push(payload.percent!);
      }

      await expect(watcher.done).rejects.toMatchObject({ name: 'JobCanceledError' });
      expect(percents).toEqual([20, 30]);
      expect(errors).toMatchObject([{ name: 'ProtocolError', code: 'InvalidJson' }]);
    },
  );

  test('AC-32 a server’s error event is an event; a broken link is an error', async () => {
    foreign = await startScriptedServer((_request, response, n) => {
      if (n === 1) openStream(response, frame('error', { message: 'Connection lost' })).end();
      else response.writeHead(404).end();
    });
    const seen: string[] = [];

    await new Promise<void>((resolve) => {
      new AuraClient({ baseUrl: foreign!.url, retry: { initialDelayMs: 1 } }).subscribe('a', {
        onEvent: ({ type, data }) => void seen.push(`${type} ${(data as { message: string }).message}`),
        onError(error) {
          seen.push(error.name);
          if (!error.retryable) resolve();
        },
      });
    });

    expect(seen).toEqual(['error Connection lost', 'ConnectionError', 'JobNotFoundError']);
  });

  test('an event that comes twice is delivered once', async () => {
    const one = frame('warning', { message: '1' }, '1700000000000-1');
    const two = frame('warning', { message: '2' }, '1700000000000-2');
    foreign = await startScriptedServer(
      (_request, response) =>
        void openStream(response, one, one, two, one, frame('job-completed', {}, '1700000000000-3')),
    );

    const types: string[] = [];
    for await (const { id } of new AuraClient({ baseUrl: foreign.url }).events('a')) types.push(id!);

    expect(types).toEqual(['1700000000000-1', '1700000000000-2', '1700000000000-3']);
  });

  test('leaving the loop closes the connection', async () => {
    let closed: Promise<unknown> | undefined;
    foreign = await startScriptedServer((_request, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      openStream(response, frame('warning', { message: '1' }));
    });

    for await (const _event of new AuraClient({ baseUrl: foreign.url }).events('a')) break;

    await closed;
  });
});

describe('calls', () => {
  test('a token goes into the header, is asked each time, and never stands in a URL', async () => {
    foreign = await startScriptedServer(
      (_request, response) => void response.setHeader('content-type', 'application/json').end('{"jobs":[]}'),
    );
    let asked = 0;
    const own = new AuraClient({ baseUrl: foreign.url, getToken: async () => `secret-${++asked}` });

    await own.jobs.list();
    await own.jobs.list({ limit: 3 });

    expect(foreign.requests.map(({ headers, url }) => [headers.authorization, url])).toEqual([
      ['Bearer secret-1', '/api/jobs'],
      ['Bearer secret-2', '/api/jobs?limit=3'],
    ]);
  });

  test.each([
    [404, 'JobNotFoundError', false],
    [401, 'AccessDeniedError', false],
    [429, 'RateLimitedError', true],
    [503, 'ServerError', true],
  ])('%d is a %s', async (status, name, retryable) => {
    foreign = await startScriptedServer(
      (_request, response) =>
        void response.writeHead(status, { 'x-correlation-id': 'c-1', 'retry-after': '0' }).end('<html>oops'),
    );

    await expect(new AuraClient({ baseUrl: foreign.url }).jobs.get('a')).rejects.toMatchObject({
      name,
      status,
      retryable,
      requestId: 'c-1',
    });
  });

  test('a refused cancel says why, also where a backend answers 400 (C-15)', async () => {
    const jobId = await simulate({ events: 1, eventsPerSecond: 0 });
    await client.watch(jobId).done;
    await expect(client.jobs.cancel(jobId)).rejects.toMatchObject({
      name: 'NotCancellableError',
      status: 409,
      problem: { currentStatus: 'Succeeded' },
    });

    foreign = await startScriptedServer(
      (_request, response) => void response.writeHead(400).end('{"CurrentStatus":"Done"}'),
    );
    const error: unknown = await new AuraClient({ baseUrl: foreign.url }).jobs
      .cancel('a')
      .catch((reason: unknown) => reason);
    expect(isAuraError(error) && [error.code, error.problem?.currentStatus]).toEqual(['NotCancellable', 'Done']);
  });

  test('a running job rests and goes on; another state is said by its code', async () => {
    const jobId = await simulate({ seconds: 60, eventsPerSecond: 20 });
    const is = (wanted: string) => eventually(async () => (await client.jobs.get(jobId)).status === wanted);
    await is('Running');
    await expect(client.jobs.resume(jobId)).rejects.toMatchObject({
      code: 'NotResumable',
      status: 409,
      problem: { currentStatus: 'Running' },
    });
    await client.jobs.pause(jobId);
    await is('Paused');
    await client.jobs.pause(jobId);
    await client.jobs.resume(jobId);
    await is('Running');
    await client.jobs.cancel(jobId);
    await is('Canceled');
    const refused: unknown = await client.jobs.pause(jobId).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'NotPausable', problem: { currentStatus: 'Canceled' } });
    expect(describeError(refused)).toMatchObject({ code: 'NotPausable', title: 'The job cannot be paused' });
    await expect(client.jobs.pause('job-0')).rejects.toMatchObject({ name: 'JobNotFoundError' });
  });

  test('create repeats after a passing fault, with the same key', async () => {
    foreign = await startScriptedServer((_request, response, n) => {
      if (n === 1) response.writeHead(503, { 'retry-after': '0' }).end();
      else response.setHeader('content-type', 'application/json').writeHead(202).end('{"jobId":"a"}');
    });

    expect((await new AuraClient({ baseUrl: foreign.url }).jobs.create({ preset: 'default' })).jobId).toBe('a');
    const keys = foreign.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBeTruthy();
    expect(keys[0]).toBe(keys[1]);
  });

  test('an abort rejects with the signal’s reason', async () => {
    foreign = await startScriptedServer(() => {});
    const abort = new AbortController();
    const call = new AuraClient({ baseUrl: foreign.url }).jobs.get('a', { signal: abort.signal });
    await foreign.requested(1);
    const reason = new Error('left');
    abort.abort(reason);

    await expect(call).rejects.toBe(reason);
  });

  test('a server that is not there is a ConnectionError that names it', async () => {
    const dead = await startScriptedServer(() => {});
    await dead.close();

    const call = new AuraClient({ baseUrl: dead.url }).jobs.cancel('a');

    await expect(call).rejects.toMatchObject({
      name: 'ConnectionError',
      retryable: true,
      message: expect.stringContaining(dead.url),
    });
  });

  test('a job id cannot leave its place in the path', async () => {
    foreign = await startScriptedServer((_request, response) => void response.writeHead(404).end());

    await new AuraClient({ baseUrl: foreign.url }).jobs.get('../x?y#z').catch(() => {});

    expect(foreign.requests[0]!.url).toBe('/api/jobs/..%2Fx%3Fy%23z');
  });
});

describe('the guide’s surface', () => {
  test('functions on the default client', async () => {
    configure({ baseUrl: server.url });
    const { jobId } = await createJob({ preset: 'simulated', inputs: { events: 20, eventsPerSecond: 0, failAt: 10 } });

    const types: string[] = [];
    await new Promise<void>((resolve) => {
      subscribeToJobEvents(jobId, (event) => {
        types.push(event.type);
        if (event.type === 'job-failed') resolve();
      });
    });

    expect(types).toContain('job-status');
    expect((await getJob(jobId)).status).toBe('Failed');
    expect(await retryJob(jobId)).toMatchObject({ retryOf: jobId });
    await expect(cancelJob(jobId)).rejects.toMatchObject({ name: 'NotCancellableError' });
  });

  test('SseClient listens by name and tells its state', async () => {
    configure({ baseUrl: server.url });
    const jobId = await simulate({ events: 30, eventsPerSecond: 300 });
    const sse = new SseClient(jobId);
    const states: SseConnectionState['status'][] = [];
    sse.onStatusChange(({ status }) => states.push(status));
    let progress = 0;
    sse.on('step-progress', () => progress++);
    const completed = new Promise<JobEvent>((resolve) => sse.on('job-completed', resolve));

    sse.connect();
    sse.connect();
    const { id } = await completed;
    await eventually(() => !sse.isConnected());

    expect(progress).toBeGreaterThan(0);
    expect(states).toEqual(['connecting', 'connected', 'disconnected']);
    expect(sse.getConnectionState()).toEqual({ status: 'disconnected', reconnectAttempt: 0, lastEventId: id });
  });

  test('SSEClient reads any URL', async () => {
    foreign = await startScriptedServer((_request, response, n) => {
      if (n === 1) openStream(response, frame('named', 1, '1-1')).end();
      else response.writeHead(204).end();
    });
    const messages: string[] = [];
    const states: string[] = [];

    await new Promise<void>((onClose) => {
      const old = new SSEClient({
        url: foreign!.url,
        onMessage: ({ type, data }) => void messages.push(`${type} ${data}`),
        onOpen: () => states.push(old.getState(), String(old.isConnected())),
        onClose,
      });
      old.connect();
      states.push(old.getState());
    });

    expect(messages).toEqual(['named 1']);
    expect(states).toEqual(['CONNECTING', 'CONNECTED', 'true']);
  });
});
