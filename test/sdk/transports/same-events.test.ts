/** By whatever transport, the reader's list is the server's log; the reference server is the yardstick. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobEvent } from '@aura-jobs/sdk';
import { auto, longPolling, sse, webSocket } from '@aura-jobs/sdk/transports';
import type { Transport } from '@aura-jobs/sdk/transports';
import { openRawStream } from '../../support/raw-stream.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { startCuttingRelay } from './cutting-relay.ts';
import type { CuttingRelay } from './cutting-relay.ts';

let server: TestServer;
let relay: CuttingRelay;

beforeAll(async () => {
  // Connections of one second: their ends are part of every test that lasts longer.
  server = await startReferenceServer({ AURA_CONCURRENCY: '8', AURA_STREAM_MAX_MS: '1000' });
  relay = await startCuttingRelay(server.url);
});

afterAll(async () => {
  await relay.close();
  await server.stop();
});

const TRANSPORTS: [string, () => Transport][] = [
  ['Server-Sent Events', () => sse],
  ['WebSocket', () => webSocket],
  ['long polling', () => longPolling()],
  ['auto', () => auto()],
  ['auto, without streams', () => auto({ transports: [webSocket, longPolling()] })],
];

function connect(transport: Transport): AuraClient {
  return new AuraClient({ baseUrl: relay.url, transport, retry: { initialDelayMs: 1, jitter: false } });
}

async function simulate(client: AuraClient, inputs: Record<string, unknown>): Promise<string> {
  const { jobId } = await client.jobs.create({ preset: 'simulated', inputs });
  return jobId;
}

async function logOf(jobId: string): Promise<string[]> {
  const raw = await openRawStream(`${server.url}/api/jobs/${jobId}/events?replay=all`);
  await raw.ended;
  return raw.events.map(({ id, event, data }) => `${id} ${event} ${JSON.stringify(data)}`);
}

const asText = ({ id, type, raw }: JobEvent): string => `${id} ${type} ${String(raw)}`;

async function read(events: AsyncIterable<JobEvent>): Promise<string[]> {
  const list: string[] = [];
  for await (const event of events) list.push(asText(event));
  return list;
}

describe.each(TRANSPORTS)('%s', (_name, transport) => {
  test('brings a live job’s events, from the first to the last', async () => {
    const client = connect(transport());
    const jobId = await simulate(client, { events: 100, eventsPerSecond: 50, warnAt: 40 });

    expect(await read(client.events(jobId, { replay: 'all' }))).toEqual(await logOf(jobId));
  });

  test('brings a long record', async () => {
    const client = connect(transport());
    const jobId = await simulate(client, { events: 2500, eventsPerSecond: 0 });
    await client.watch(jobId).done;

    expect(await read(client.events(jobId, { replay: 'all' }))).toEqual(await logOf(jobId));
  });

  test('goes on after any event', async () => {
    const client = connect(transport());
    const jobId = await simulate(client, { events: 10, eventsPerSecond: 0 });
    await client.watch(jobId).done;
    const log = await logOf(jobId);

    for (const [index, line] of log.entries()) {
      const lastEventId = line.split(' ')[0]!;
      expect(await read(client.events(jobId, { lastEventId }))).toEqual(log.slice(index + 1));
    }
  });

  test('cut anywhere in its bytes', async () => {
    const client = connect(transport());
    const jobId = await simulate(client, { events: 20, eventsPerSecond: 0, warnAt: 10 });
    await client.watch(jobId).done;
    const log = await logOf(jobId);
    const { length } = log.join('');

    const before = relay.cuts;
    let reads = 0;
    for (let bytes = 1; bytes < length; bytes += 199, reads++) {
      relay.cutAfter = bytes;
      expect(await read(client.events(jobId, { replay: 'all' })), `cut after ${bytes} bytes`).toEqual(log);
    }
    expect(relay.cuts - before).toBe(reads);
  });

  test('cut again and again while the job runs', async () => {
    const client = connect(transport());
    const jobId = await simulate(client, { events: 300, eventsPerSecond: 200 });

    const list: string[] = [];
    for await (const event of client.events(jobId, { replay: 'all' })) {
      if (list.push(asText(event)) % 11 === 0) relay.cutAfter = 50 * (list.length % 37);
    }
    relay.cutAfter = Infinity;

    expect(list).toEqual(await logOf(jobId));
  });

  test('says that there is no such job', async () => {
    const done = read(connect(transport()).events('job-unknown', { replay: 'all' }));

    await expect(done).rejects.toMatchObject({ name: 'JobNotFoundError', status: 404 });
  });

  test('follows a watched job to its end', async () => {
    const client = connect(transport());
    const jobId = await simulate(client, { events: 60, eventsPerSecond: 60, warnAt: 30 });

    const percents: number[] = [];
    for await (const { percent } of client.watch(jobId)) percents.push(percent);

    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);
  });
});

test('many jobs over one connection: by polling, and by auto, for which a socket is no way', async () => {
  for (const transport of [longPolling(), auto({ transports: [webSocket, longPolling()] })]) {
    const client = connect(transport);
    const jobIds = await Promise.all([1, 2, 3].map(() => simulate(client, { events: 40, eventsPerSecond: 100 })));
    const watcher = client.watchAll(jobIds);
    const ends = await watcher.done;

    expect(ends).toMatchObject(jobIds.map((jobId) => ({ value: { jobId, status: 'Succeeded' } })));
  }
});
