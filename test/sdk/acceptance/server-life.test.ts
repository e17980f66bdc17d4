/** A server that ends connections, stops and starts again: AC-28, AC-63. */
import { afterEach, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { logOf, release, simulate } from '../../reference-server/simulated-jobs.ts';
import { eventually } from '../../support/eventually.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';

let server: TestServer;

afterEach(() => server.stop());

test('AC-28 a stream that is ended in time again and again loses nothing and costs no attempt', async () => {
  server = await startReferenceServer({ AURA_STREAM_MAX_MS: '100' });
  let streams = 0;
  const client = new AuraClient({ baseUrl: server.url, fetch: (...args) => (streams++, fetch(...args)) });
  const jobId = await simulate(server, { seconds: 3, eventsPerSecond: 100 });
  const states: string[] = [];
  const leave = client.subscribe(jobId, { onState: ({ status }) => void states.push(status) });

  const ids: (string | undefined)[] = [];
  for await (const { id } of client.events(jobId, { replay: 'all' })) ids.push(id);

  // Two readers, each of which has come back.
  expect(streams).toBeGreaterThan(3);
  expect(ids).toEqual((await logOf(server, jobId)).map(({ id }) => id));
  expect(new Set(states)).toEqual(new Set(['connecting', 'open', 'closed']));
  leave();
});

test('AC-63 a server that is stopped in order and started again finds its readers again', async () => {
  server = await startReferenceServer();
  const client = new AuraClient({
    baseUrl: server.url,
    retry: { initialDelayMs: 20, maxDelayMs: 100, maxAttempts: Infinity },
  });
  const jobId = await simulate(server, { events: 20, eventsPerSecond: 0, hold: true });
  const watcher = client.watch(jobId);
  await eventually(() => watcher.connection.status === 'open');

  expect(await server.terminate()).toBe(0);
  await eventually(() => watcher.connection.status === 'reconnecting');
  await server.restart();
  await eventually(() => watcher.connection.status === 'open');
  await release(server, jobId);

  expect(await watcher.done).toMatchObject({ status: 'Succeeded', percent: 100 });
});
