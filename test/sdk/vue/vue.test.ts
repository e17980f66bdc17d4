/** The Vue binding in Vue's own effect scope, against the real server; it needs no page. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSSRApp, effectScope, h, ref } from 'vue';
import { renderToString } from 'vue/server-renderer';
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

test('a server that renders the page asks for nothing, since nobody would ever let go of it', async () => {
  const ask = vi.fn<typeof fetch>(() => Promise.reject(new Error('no')));
  const own = new AuraClient({ baseUrl: server.url, fetch: ask });
  const app = createSSRApp({
    setup() {
      const { job, connection } = useJob('a', own);
      return () => h('p', `${connection.value.status} ${job.value?.percent ?? 'nothing'}`);
    },
  });

  expect(await renderToString(app)).toBe('<p>connecting nothing</p>');
  await new Promise((resolve) => setImmediate(resolve));
  expect(ask).not.toHaveBeenCalled();
});

test('no job any more: nothing is left of the one before', async () => {
  const jobId = ref<string | null>(await simulate({ hold: true, events: 1 }));
  const scope = effectScope();
  const { job, connection } = scope.run(() => useJob(jobId, client))!;
  await eventually(() => job.value && connection.value.status === 'open');

  for (const none of [null, '']) {
    jobId.value = none;
    await eventually(() => job.value === null);
    expect(connection.value).toEqual({ status: 'connecting' });
  }
  scope.stop();
});
