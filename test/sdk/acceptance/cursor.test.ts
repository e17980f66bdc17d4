/** What a reader gets for the place at which it stands: AC-05 … AC-11, against the reference server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobEvent } from '@aura-jobs/sdk';
import { connectEventStream } from '@aura-jobs/sdk/sse';
import type { EventStreamOptions } from '@aura-jobs/sdk/sse';
import { finished, logOf, release, simulate } from '../../reference-server/simulated-jobs.ts';
import type { RawEvent } from '../../reference-server/simulated-jobs.ts';
import { startCuttingProxy } from '../../support/cutting-proxy.ts';
import type { CuttingProxy } from '../../support/cutting-proxy.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';

const FAST = { initialDelayMs: 1, jitter: false };

let server: TestServer;
let proxy: CuttingProxy;
let client: AuraClient;
let requests = 0;
/** A job that has ended, and its log. */
let jobId: string;
let log: RawEvent[];

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  proxy = await startCuttingProxy(server.url);
  client = new AuraClient({ baseUrl: server.url, fetch: (...args) => (requests++, fetch(...args)) });
  ({ jobId, log } = await finished(server, { events: 30, eventsPerSecond: 0, warnAt: 15 }));
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
});

const toLine = (id: string | undefined, type: string, data: unknown): string => `${id} ${type} ${JSON.stringify(data)}`;
const after = (place: number): string[] => log.slice(place + 1).map(({ id, type, data }) => toLine(id, type, data));
const idAt = (place: number): string => log.at(place)!.id!;

async function read(events: AsyncIterable<JobEvent>): Promise<string[]> {
  const list: string[] = [];
  for await (const { id, type, raw } of events) list.push(toLine(id, type, JSON.parse(raw!)));
  return list;
}

/** Everything that comes before the server says that there is nothing more. */
function readStream(url: string, options: EventStreamOptions = {}): Promise<string[]> {
  const list: string[] = [];
  return new Promise((resolve, reject) => {
    connectEventStream(url, {
      retry: FAST,
      ...options,
      onEvent: ({ id, type, data }) => void list.push(toLine(id, type, JSON.parse(data))),
      onStateChange(state) {
        if (state.status === 'closed') resolve(list);
        if (state.status === 'failed') reject(state.error);
      },
    });
  });
}

test('AC-05 from every event on, exactly the events after it', async () => {
  expect(log.length).toBeGreaterThan(30);
  for (let place = 0; place < log.length; place++) {
    expect(await read(client.events(jobId, { lastEventId: idAt(place) })), `after ${place}`).toEqual(after(place));
  }
});

test('AC-05 a link that is cut goes on after the last event that came', async () => {
  const own = new AuraClient({ baseUrl: proxy.url, retry: FAST });
  proxy.cutAfter = 7;
  const before = proxy.cuts;

  expect(await read(own.events(jobId, { lastEventId: idAt(4) }))).toEqual(after(4));
  expect(proxy.cuts).toBe(before + 1);
});

test('AC-06 a cursor in the URL counts like the header', async () => {
  expect(await readStream(`${server.url}/api/jobs/${jobId}/events?lastEventId=${idAt(9)}`)).toEqual(after(9));
});

test('AC-07 the header of a reconnect counts more than the stale cursor in the URL', async () => {
  proxy.cutAfter = 5;

  const list = await readStream(`${proxy.url}/api/jobs/${jobId}/events?lastEventId=${idAt(3)}`);

  expect(list).toEqual(after(3));
});

describe('AC-08 a cursor that the server does not know', () => {
  test.each([
    ['unknown', () => '1000000000000-1'],
    ['malformed', () => 'nonsense'],
    ['from the future', () => '9999999999999-1'],
    ['of another job', async () => (await finished(server)).log[3]!.id!],
  ])('%s: a resync, the current state, and on to the end', async (_name, cursor) => {
    const held = await simulate(server, { events: 5, eventsPerSecond: 0, hold: true });
    const types: string[] = [];
    for await (const { type } of client.events(held, { lastEventId: await cursor() })) {
      types.push(type);
      if (types.length === 2) await release(server, held);
    }

    expect(types.slice(0, 2)).toEqual(['resync', 'job-status']);
    expect(types.filter((type) => type === 'resync')).toHaveLength(1);
    expect(types.at(-1)).toBe('job-completed');
    const told = await logOf(server, held);
    // The greeting is the newest `job-status`, and after it comes the rest of the log.
    expect(types.slice(2)).toEqual(told.slice(1).map(({ type }) => type));
  });
});

test('AC-09 a job that ended while the reader was away tells the missed events and its end, in order', async () => {
  const held = await simulate(server, { events: 10, eventsPerSecond: 0, hold: true });
  let lastEventId = '';
  for await (const { id } of client.events(held, { replay: 'all' })) {
    lastEventId = id!;
    break;
  }
  await release(server, held);
  const whole = await logOf(server, held);

  const missed = await read(client.events(held, { lastEventId }));

  const place = whole.findIndex(({ id }) => id === lastEventId);
  expect(missed).toEqual(whole.slice(place + 1).map(({ id, type, data }) => toLine(id, type, data)));
  expect(missed.at(-1)).toContain('job-completed');
});

test('AC-10 a job that has ended tells its state and one end, and the reader does not come back', async () => {
  requests = 0;
  const types: string[] = [];
  for await (const { type } of client.events(jobId)) types.push(type);

  expect(types).toEqual(['job-status', 'job-completed']);
  expect(requests).toBe(1);
});

test('AC-11 a reader that has seen the end is told that there is nothing more, and stops', async () => {
  requests = 0;

  expect(await read(client.events(jobId, { lastEventId: idAt(-1) }))).toEqual([]);
  expect(requests).toBe(1);
});
