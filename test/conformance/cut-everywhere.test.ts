/** A connection may break after any event: the reader's list is the server's log all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { CreateJobRequest, JobEvent } from '@aura-jobs/sdk';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import type { CuttingProxy } from '../support/cutting-proxy.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

let server: TestServer;
let proxy: CuttingProxy;
let client: AuraClient;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  proxy = await startCuttingProxy(server.url);
  client = new AuraClient({ baseUrl: proxy.url, retry: { initialDelayMs: 1, jitter: false } });
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
});

async function logOf(jobId: string): Promise<string[]> {
  const raw = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
  await raw.ended;
  return raw.events.map(({ id, event, data }) => `${id} ${event} ${JSON.stringify(data)}`);
}

async function read(events: AsyncIterable<JobEvent>): Promise<string[]> {
  const list: string[] = [];
  for await (const { id, type, raw } of events) list.push(`${id} ${type} ${raw}`);
  return list;
}

test.each<[string, CreateJobRequest]>([
  ['of simulated stages', { preset: 'simulated', inputs: { events: 40, eventsPerSecond: 0, warnAt: 20 } }],
  ['that made a video', { brief: { topic: 'How tides work' }, planSpec: { targetDuration: '00:00:10' } }],
])('a recorded job %s, cut once after each of its events', async (_name, request) => {
  const { jobId } = await client.jobs.create(request);
  await client.watch(jobId).done;
  const log = await logOf(jobId);
  expect(log.length).toBeGreaterThan(15);

  const before = proxy.cuts;
  for (let boundary = 0; boundary < log.length; boundary++) {
    proxy.cutAfter = boundary;
    expect(await read(client.events(jobId, { replay: 'all' })), `cut after ${boundary}`).toEqual(log);
  }
  expect(proxy.cuts - before).toBe(log.length);
});

test('a live job, cut again and again', async () => {
  const { jobId } = await client.jobs.create({ preset: 'simulated', inputs: { events: 300, eventsPerSecond: 500 } });

  const list: string[] = [];
  for await (const { id, type, raw } of client.events(jobId, { replay: 'all' })) {
    list.push(`${id} ${type} ${raw}`);
    if (list.length % 7 === 0) proxy.cutAfter = 3;
  }

  expect(list).toEqual(await logOf(jobId));
});

test('a watcher that is cut sees no regress and all warnings', async () => {
  const { jobId } = await client.jobs.create({
    preset: 'simulated',
    inputs: { events: 200, eventsPerSecond: 400, warnAt: 100 },
  });
  proxy.cutAfter = 2;

  const percents: number[] = [];
  let last;
  for await (const snapshot of client.watch(jobId)) {
    percents.push(snapshot.percent);
    last = snapshot;
    if (percents.length % 5 === 0) proxy.cutAfter = 1;
  }

  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(last).toMatchObject({
    status: 'Succeeded',
    percent: 100,
    warnings: [{ message: 'This is a simulated warning.' }],
  });
});
