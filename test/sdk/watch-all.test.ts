/** Many jobs over one connection, against the real server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient, JobNotFoundError } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { webSocket } from '@aura-jobs/sdk/transports';
import { eventually } from '../support/eventually.ts';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';
import { frame, openStream, startScriptedServer } from '../support/scripted-server.ts';

let server: TestServer;
let paths: string[];
let client: AuraClient;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '8' });
  client = new AuraClient({
    baseUrl: server.url,
    fetch(input, init) {
      paths.push(String(input).slice(server.url.length));
      return fetch(input, init);
    },
  });
});

afterAll(() => server.stop());

async function start(inputs: Record<string, unknown>, jobs: number): Promise<string[]> {
  paths = [];
  const created = await Promise.all(
    Array.from({ length: jobs }, () => client.jobs.create({ preset: 'simulated', inputs })),
  );
  return created.map(({ jobId }) => jobId);
}

const streams = (): string[] => paths.filter((path) => /\/events\b/.test(path));

test('twelve jobs are followed to their ends over one connection, none mixed with another', async () => {
  const ids = await start({ events: 40, eventsPerSecond: 400 }, 12);
  const seen = new Map<string, JobSnapshot[]>(ids.map((jobId) => [jobId, []]));

  for await (const job of client.watchAll(ids)) seen.get(job.jobId)!.push(job);

  expect(paths.slice(12, 14)).toEqual([
    `/api/jobs?ids=${encodeURIComponent(ids.join())}`,
    `/api/events?jobs=${ids.join()}`,
  ]);
  expect(streams()).toHaveLength(1);
  for (const [jobId, snapshots] of seen) {
    expect(snapshots.at(-1)).toEqual({ ...(await client.jobs.get(jobId)), logs: snapshots.at(-1)!.logs });
    const percents = snapshots.map(({ percent }) => percent);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  }
});

test('a reader of one of them uses the same connection', async () => {
  const ids = await start({ hold: true, events: 5 }, 3);
  const all = client.watchAll(ids);
  await eventually(() => all.snapshots.every(Boolean));

  const one = client.watch(ids[1]!);
  expect(one.snapshot).toMatchObject({ jobId: ids[1], status: 'Queued' });
  await Promise.all(ids.map((jobId) => fetch(`${server.url}/api/jobs/${jobId}/release`, { method: 'POST' })));

  expect((await one.done).status).toBe('Succeeded');
  expect((await all.done).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(streams()).toHaveLength(1);
});

test('a job that does not exist fails alone', async () => {
  const ids = await start({ events: 5, eventsPerSecond: 200 }, 2);
  const all = client.watchAll([ids[0]!, 'nobody', ids[1]!]);

  const [first, missing, last] = await all.done;
  expect(first).toMatchObject({ value: { jobId: ids[0], status: 'Succeeded' } });
  expect(missing).toMatchObject({ status: 'rejected', reason: expect.any(JobNotFoundError) });
  expect(last).toMatchObject({ value: { jobId: ids[1], status: 'Succeeded' } });
});

test('closing lets go of the connection when the last of them is closed', async () => {
  const ids = await start({ hold: true, events: 5 }, 2);
  const [a, b] = client.watchAll(ids).watchers;
  await eventually(() => a!.connection.status === 'open');
  a!.close();
  expect(b!.connection.status).toBe('open');
  b!.close();
  expect(b!.connection.status).toBe('closed');
  await Promise.all(ids.map((jobId) => client.jobs.cancel(jobId)));
});

test('one job alone uses its own stream, which every backend has', async () => {
  const [jobId] = await start({ events: 5, eventsPerSecond: 200 }, 1);
  await client.watchAll([jobId!, jobId!]).done;
  expect(streams()).toEqual([`/api/jobs/${jobId}/events`]);
});

test('jobs of which no WebSocket tells together have one each', async () => {
  const ids = await start({ events: 5, eventsPerSecond: 0 }, 3);
  const sockets = new AuraClient({ baseUrl: server.url, transport: webSocket });

  const ends = await sockets.watchAll(ids).done;
  expect(ends).toMatchObject(ids.map((jobId) => ({ status: 'fulfilled', value: { jobId, status: 'Succeeded' } })));
});

test.each([
  [404, 'application/json'],
  [200, 'text/html'],
])('a backend without a stream for several jobs (%i %s) is asked for each', async (status, type) => {
  const backend = await startScriptedServer(({ url }, response) => {
    if (url!.startsWith('/api/events')) response.writeHead(status, { 'content-type': type }).end('{}');
    else if (url!.endsWith('/events')) openStream(response, frame('job-completed', { status: 'Succeeded' }));
    else response.end(JSON.stringify({ id: url!.split('/').at(-1), status: 'running' }));
  });
  const errors: string[] = [];
  const foreign = new AuraClient({ baseUrl: backend.url });
  const all = foreign.watchAll(['a', 'b']);
  foreign.subscribe('a', { onError: ({ message }) => errors.push(message) });

  expect(await all.done).toMatchObject(['a', 'b'].map((jobId) => ({ value: { jobId, status: 'Succeeded' } })));
  expect(errors).toEqual([]);
  await eventually(
    async () => (await backend.connections()) === 0 || backend.requests.every(({ destroyed }) => destroyed),
  );
  await backend.close();
});

test('closing lets go of jobs that have a stream each', async () => {
  const backend = await startScriptedServer(({ url }, response) => {
    if (url!.startsWith('/api/events')) response.writeHead(404).end();
    else if (url!.endsWith('/events')) openStream(response);
    else response.end(JSON.stringify({ id: url!.split('/').at(-1), status: 'running' }));
  });
  const foreign = new AuraClient({ baseUrl: backend.url });
  const all = foreign.watchAll(['a', 'b']);
  await eventually(() => all.watchers.every(({ connection }) => connection.status === 'open'));
  expect(all.watchers[0]!.lastNewsAt).toBeGreaterThan(0);
  const open = backend.requests.filter(({ url }) => url!.endsWith('/events'));
  expect(open).toHaveLength(2);

  all.close();
  await eventually(() => open.every(({ socket }) => socket.destroyed));
  await backend.close();
});
