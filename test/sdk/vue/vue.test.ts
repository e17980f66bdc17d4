/** The Vue binding in Vue's own effect scope, against the real server; it needs no page. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { effectScope, ref } from 'vue';
import { AuraClient, configure } from '@aura-jobs/sdk';
import { useJob } from '@aura-jobs/sdk/vue';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';
import { eventually } from '../../support/eventually.ts';

let server: TestServer;
let client: AuraClient;

beforeAll(async () => {
  server = await startReferenceServer({ AURA_CONCURRENCY: '4' });
  client = new AuraClient({ baseUrl: server.url });
  configure({ baseUrl: server.url });
});

afterAll(() => server.stop());

async function simulate(inputs: Record<string, unknown>): Promise<string> {
  return (await client.jobs.create({ preset: 'simulated', inputs })).jobId;
}

test('useJob follows the job that its ref names, and lets go with the scope', async () => {
  const [short, long] = [
    await simulate({ events: 5, eventsPerSecond: 0 }),
    await simulate({ seconds: 60, eventsPerSecond: 40 }),
  ];
  const jobId = ref<string | null>(null);
  const scope = effectScope();
  const { job, connection } = scope.run(() => useJob(jobId))!;
  expect(job.value).toBeNull();

  jobId.value = short;
  await eventually(() => job.value?.status === 'Succeeded');
  expect(job.value!.jobId).toBe(short);

  jobId.value = long;
  await eventually(() => job.value?.jobId === long && job.value.percent > 1);
  expect(connection.value.status).toBe('open');

  scope.stop();
  const last = job.value;
  await client.jobs.cancel(long);
  await client.watch(long).done.catch(() => {});
  expect(job.value).toBe(last);
});

test('a client of its own, and a job that does not exist', async () => {
  const scope = effectScope();
  const { connection, reconnect } = scope.run(() => useJob('job-0000000000000000', client))!;

  await eventually(() => connection.value.status === 'failed');
  expect(connection.value).toMatchObject({ error: { code: 'JobNotFound' } });
  reconnect();
  await eventually(() => connection.value.status === 'failed');
  scope.stop();
});
