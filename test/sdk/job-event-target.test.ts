/** A job as an `EventTarget`, against the reference server and one that misbehaves. */
import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AuraClient, ConnectionErrorEvent, JobEventTarget, JobMessageEvent } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { breakStream, frame, openStream, startScriptedServer } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

let server: TestServer;
let client: AuraClient;
let foreign: ScriptedServer | undefined;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  client = new AuraClient({ baseUrl: server.url });
});

afterEach(async () => {
  await foreign?.close();
  foreign = undefined;
});

afterAll(() => server.stop());

async function simulate(inputs: Record<string, unknown>): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs })).jobId;
}

/** A target on a job that begins only when the target is connected. */
async function targetOn(
  inputs: Record<string, unknown>,
  prepare: (target: JobEventTarget) => void,
): Promise<JobEventTarget> {
  const jobId = await simulate({ ...inputs, hold: true });
  const target = new JobEventTarget(client, jobId);
  prepare(target);
  await eventually(() => target.connection.status === 'open');
  expect((await call(`${server.url}/api/jobs/${jobId}/release`, 'POST')).status).toBe(202);
  return target;
}

/** Resolves with the first event of a name. */
function next<E extends Event>(target: EventTarget, type: string): Promise<E> {
  return new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as E), { once: true }));
}

const NAMES = [
  'job-status',
  'step-status',
  'step-progress',
  'warning',
  'job-completed',
  'job-failed',
  'job-cancelled',
] as const;

/** Everything a target says of a job, in order. */
function record(target: JobEventTarget): JobMessageEvent[] {
  const events: JobMessageEvent[] = [];
  for (const name of NAMES) target.addEventListener(name, (event) => void events.push(event));
  return events;
}

test('dispatches each event under its own name, once and in order, up to the end of the job', async () => {
  let events: JobMessageEvent[] = [];
  const target = await targetOn({ events: 60, eventsPerSecond: 400, warnAt: 30 }, (one) => (events = record(one)));
  const { jobId } = target;
  const log: string[] = [];
  for await (const { id, type } of client.events(jobId, { replay: 'all' })) log.push(`${id} ${type}`);
  await eventually(() => target.connection.status === 'closed');

  // What came first was the state at that moment, which is in no log.
  const live = events.filter(({ lastEventId }) => lastEventId);
  expect(live.map(({ lastEventId, type }) => `${lastEventId} ${type}`)).toEqual(log.slice(-live.length));
  expect(live.length).toBeGreaterThan(60);
  expect(events.length - live.length).toBe(1);
  expect(live.map(({ type }) => type)).toEqual(expect.arrayContaining(['warning', 'step-progress', 'step-status']));
  expect(events.at(-1)).toBeInstanceOf(JobMessageEvent);
  expect(events.at(-1)).toMatchObject({ type: 'job-completed', data: { status: 'Succeeded' } });
  expect(target.job).toMatchObject({ jobId, status: 'Succeeded', percent: 100 });
});

test('tells with each event the state that has it in it', async () => {
  const states: [unknown, JobSnapshot][] = [];
  const warnings: [string, JobSnapshot][] = [];
  let early: JobMessageEvent | undefined;
  let last: JobSnapshot | undefined;
  const target = await targetOn({ events: 40, eventsPerSecond: 200, warnAt: 20 }, (one) => {
    one.addEventListener('step-progress', (event) => {
      early ??= event;
      states.push([event.data.percent, event.job]);
    });
    one.addEventListener('warning', ({ data, job }) => void warnings.push([data.message, job]));
    one.addEventListener('job-completed', ({ job }) => (last = job));
  });
  await eventually(() => last);

  expect(last).toMatchObject({ status: 'Succeeded', percent: 100 });
  expect(states.length).toBe(40);
  for (const [percent, state] of states) expect(state.percent).toBe(percent);
  expect(warnings).toMatchObject([['This is a simulated warning.', { warnings: [{}] }]]);
  await eventually(() => target.job?.status === 'Succeeded');
  expect(early!.job).toBe(target.job);
});

test('change tells of each new state and connection; job and connection are the same objects in between', async () => {
  const percents: number[] = [];
  const connections = new Set<string>();
  const told: unknown[] = [];
  const target = await targetOn({ events: 20, eventsPerSecond: 100 }, (one) => {
    expect(one.job).toBeNull();
    one.addEventListener('change', function () {
      told.push(this, this.job === one.job);
      if (one.job) percents.push(one.job.percent);
      connections.add(one.connection.status);
    });
  });
  await eventually(() => target.connection.status === 'closed');
  expect(new Set(told)).toEqual(new Set([target, true]));

  expect(percents.length).toBeGreaterThan(5);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect([...connections]).toEqual(['connecting', 'open', 'closed']);
});

test('C-04 a server’s error is no connection error, whatever it is called, and the other way round', async () => {
  foreign = await startScriptedServer(({ url }, response, n) => {
    if (!url!.endsWith('/events')) {
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ id: 'a', status: 'running', percent: 3, lastEventId: '1700000000000-1' }));
    }
    if (n === 2) {
      return breakStream(response, frame('error', { message: 'The disk is slow.' }), frame('change', { new: true }));
    }
    openStream(
      response,
      frame('connection-error', { no: 'connection' }),
      frame('job-cancelled', { status: 'Cancelled', stage: 'Script' }, '1700000000000-2'),
    );
  });
  const own = new AuraClient({ baseUrl: foreign.url, retry: { initialDelayMs: 1 } });
  const target = new JobEventTarget(own, 'a');
  const told: [string, unknown][] = [];
  for (const name of ['error', 'server-error', 'server-change', 'server-connection-error']) {
    target.addEventListener(name, (event) => void told.push([name, (event as JobMessageEvent).data]));
  }
  let trouble: JobMessageEvent | undefined;
  let inListener: JobSnapshot | undefined;
  target.addEventListener('server-error', (event) => {
    trouble = event;
    inListener = event.job;
  });
  let later: JobSnapshot | undefined;
  target.addEventListener('server-change', () => (later = trouble!.job));
  const faults: unknown[] = [];
  target.addEventListener('connection-error', (event) => {
    expect(event).toBeInstanceOf(ConnectionErrorEvent);
    faults.push(event.error.code);
  });
  const changes: Event[] = [];
  target.addEventListener('change', { handleEvent: (event: Event) => void changes.push(event) });
  await next(target, 'job-cancelled');

  expect(told).toEqual([
    ['server-error', { message: 'The disk is slow.' }],
    ['server-change', { new: true }],
    ['server-connection-error', { no: 'connection' }],
  ]);
  expect(faults).toEqual(['ConnectionLost']);
  for (const event of changes) expect(event).not.toBeInstanceOf(JobMessageEvent);
  // An event without an id is in the state once, too.
  for (const job of [inListener!, later!]) {
    expect(job.logs.filter((line) => line.includes('The disk is slow.'))).toHaveLength(1);
  }
});

test('an unknown event has its own name, an unreadable one is a connection error, and a failed target can reconnect', async () => {
  let known = false;
  foreign = await startScriptedServer((_request, response) => {
    if (!known) return void response.writeHead(404).end();
    if (_request.url!.endsWith('/events')) openStream(response, frame('confetti', { pieces: 7 }), 'data: {"half\n\n');
    else response.setHeader('content-type', 'application/json').end('{"id":"a","status":"running"}');
  });
  const target = new JobEventTarget(new AuraClient({ baseUrl: foreign.url }), 'a');

  const missing = await next<ConnectionErrorEvent>(target, 'connection-error');
  expect(missing.error).toMatchObject({ name: 'JobNotFoundError', retryable: false });
  await eventually(() => target.connection.status === 'failed');

  known = true;
  const confetti = next<JobMessageEvent>(target, 'confetti');
  const unreadable = next<ConnectionErrorEvent>(target, 'connection-error');
  target.reconnect();
  expect((await confetti).data).toEqual({ pieces: 7 });
  expect((await unreadable).error.code).toBe('InvalidJson');
  target.close();
});

test('AC-35 close and abort let the connection go, and nothing is dispatched afterwards', async () => {
  const held: { closed: boolean }[] = [];
  foreign = await startScriptedServer(({ url }, response) => {
    if (!url!.endsWith('/events')) {
      return void response.setHeader('content-type', 'application/json').end('{"id":"a","status":"running"}');
    }
    const connection = { closed: false };
    held.push(connection);
    response.once('close', () => (connection.closed = true));
    openStream(response, frame('step-progress', { step: 'Script', percent: 5 }));
  });
  const own = new AuraClient({ baseUrl: foreign.url });
  const abort = new AbortController();
  const [closed, aborted] = [new JobEventTarget(own, 'a'), new JobEventTarget(own, 'b', { signal: abort.signal })];
  const late: string[] = [];
  await eventually(() => [closed, aborted].every(({ job }) => job?.percent === 5));
  for (const target of [closed, aborted]) {
    for (const name of [...NAMES, 'change', 'connection-error']) {
      target.addEventListener(name, ({ type }) => void late.push(type));
    }
  }

  closed.close();
  closed.close();
  abort.abort();
  expect(held).toHaveLength(2);
  await eventually(() => held.every((connection) => connection.closed));
  expect(late).toEqual([]);
  expect(closed.connection.status).toBe('closed');

  const born = new JobEventTarget(own, 'c', { signal: abort.signal });
  expect(born.connection.status).toBe('closed');
  expect(born.job).toBeNull();

  const whole = new AbortController();
  const over = new JobEventTarget(client, await simulate({ events: 1 }), { signal: whole.signal });
  await next(over, 'job-completed');
  await eventually(() => over.connection.status === 'closed');
  expect(getEventListeners(whole.signal, 'abort')).toEqual([]);
});

test('AC-37 shares the connection of its job, and hears the current state first', async () => {
  const jobId = await simulate({ seconds: 60, eventsPerSecond: 20 });
  let streams = 0;
  const counting = new AuraClient({
    baseUrl: server.url,
    fetch: (input, init) => {
      if (String(input).endsWith('/events')) streams++;
      return fetch(input, init);
    },
  });
  const watcher = counting.watch(jobId);
  await eventually(() => watcher.snapshot?.status === 'Running' && watcher.snapshot.percent > 0);
  const target = new JobEventTarget(counting, jobId);
  const events = record(target);
  const states: boolean[] = [];
  target.addEventListener('job-status', ({ job }) => void states.push(job === watcher.snapshot));
  await next(target, 'step-progress');

  expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['job-status', 'step-status']);
  expect(states).toEqual([true]);
  expect(streams).toBe(1);
  target.close();
  watcher.close();
  await client.jobs.cancel(jobId);
});

test('a listener that is removed is not called, and one that throws stops nobody', async () => {
  const target = new JobEventTarget(client, await simulate({ events: 10, eventsPerSecond: 100 }));
  const calls: string[] = [];
  const removed = (): void => void calls.push('removed');
  target.addEventListener('step-progress', removed);
  target.removeEventListener('step-progress', removed);
  const thrown: unknown[] = [];
  const uncaught = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => thrown.push(error));
  const fault = new Error('A listener failed.');
  target.addEventListener(
    'step-progress',
    () => {
      throw fault;
    },
    { once: true },
  );
  await next(target, 'job-completed');
  await eventually(() => thrown.length);
  process.removeAllListeners('uncaughtException');
  for (const listener of uncaught) process.on('uncaughtException', listener);

  expect(calls).toEqual([]);
  expect(thrown).toEqual([fault]);
});
