/** Videos in a real S3-compatible store: processes that share no folder, one that dies, and a store that is away for a while. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';
import { call } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { startObjectStore } from '../../support/object-store.ts';
import type { ObjectStore } from '../../support/object-store.ts';
import { startRedis } from '../../support/redis.ts';
import type { TestRedis } from '../../support/redis.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';

/** An installation may be part of it. */
const SETUP_MS = 300_000;
const REQUEST = { brief: { topic: 'How tides work' }, planSpec: { targetDuration: '00:00:10' } };

let objects: ObjectStore;
let redis: TestRedis;
const servers: TestServer[] = [];

beforeAll(async () => {
  objects = await startObjectStore();
  redis = await startRedis();
}, SETUP_MS);

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

afterAll(async () => {
  await redis?.stop();
  await objects?.stop();
});

/** Each has a data folder of its own. */
async function start(environment: Record<string, string> = {}): Promise<TestServer> {
  const server = await startReferenceServer({ ...objects.environment, ...environment });
  servers.push(server);
  return server;
}

const startOnRedis = (role: string): Promise<TestServer> =>
  start({ AURA_REDIS_URL: redis.url, AURA_ROLE: role, AURA_TAKE_OVER_AFTER_MS: '1000' });

/** All files of a job, as the API sends them: as long as the job says, and a part is a part of the whole. */
async function expectFiles(server: TestServer, { jobId, artifacts, output }: JobSnapshot): Promise<void> {
  expect(artifacts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['script.md', 'output.mp4', 'subtitles.vtt']),
  );
  for (const { path, sizeBytes } of artifacts) {
    const bytes = Buffer.from(await (await fetch(server.url + path)).arrayBuffer());
    expect(bytes.length).toBe(sizeBytes);
  }
  const whole = Buffer.from(await (await fetch(server.url + output!.videoPath)).arrayBuffer());
  expect(whole.toString('latin1', 4, 8)).toBe('ftyp');
  const part = await fetch(server.url + output!.videoPath, { headers: { range: 'bytes=1000-4999' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 1000-4999/${whole.length}`]);
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  expect(hash(new Uint8Array(await part.arrayBuffer()))).toBe(hash(whole.subarray(1000, 5000)));
  const download = await fetch(`${server.url + output!.videoPath}?download`);
  expect(download.headers.get('content-disposition')).toContain('output.mp4');
  await download.body!.cancel();
  const keys = (await objects.keys()).filter((key) => key.startsWith(`aura/${jobId}/`));
  expect(keys).toHaveLength(artifacts.length);
}

test('an API process and workers without a common folder; the worker dies in the middle, another one makes the video', async () => {
  const api = await startOnRedis('api');
  const first = await startOnRedis('worker');
  const client = new AuraClient({ baseUrl: api.url });
  const { jobId } = await client.jobs.create(REQUEST);
  const watcher = client.watch(jobId);
  const percents: number[] = [];
  watcher.subscribe(() => percents.push(watcher.snapshot?.percent ?? 0));
  await eventually(() => watcher.snapshot?.steps.find(({ name }) => name === 'Rendering')?.status === 'Running');
  await first.kill();
  await startOnRedis('worker');

  const job = await watcher.done;

  expect(job.warnings).toMatchObject([{ message: expect.stringContaining('interrupted') }]);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  await expectFiles(api, await client.jobs.get(jobId));

  await client.jobs.delete(jobId);
  expect((await objects.keys()).filter((key) => key.includes(jobId))).toEqual([]);
  expect((await call(`${api.url}${job.output!.videoPath}`)).status).toBe(404);
});

test('a store that is away: the job waits for it, readers are told when to come back, and nothing is lost', async () => {
  const server = await start();
  const client = new AuraClient({ baseUrl: server.url });
  const { jobId } = await client.jobs.create(REQUEST);
  const watcher = client.watch(jobId);
  await eventually(() => watcher.snapshot?.steps.find(({ name }) => name === 'Rendering')?.status === 'Running');
  await objects.down();
  const away = await call(`${server.url}/readyz`);
  expect([away.status, JSON.stringify(away.body)]).toEqual([
    503,
    expect.stringContaining('artifact store does not answer'),
  ]);
  // The video is there, and cannot be handed over.
  await eventually(() => watcher.snapshot?.percent === 99 || watcher.snapshot?.warnings.length);
  expect(watcher.snapshot!.status).toBe('Running');
  await objects.up();
  await watcher.done;
  const job = await client.jobs.get(jobId);
  await expectFiles(server, job);

  await objects.down();
  const refused = await call(server.url + job.output!.videoPath);
  expect(refused).toMatchObject({ status: 503, body: { code: 'ServiceUnavailable' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('cache-control')).not.toBe('private, max-age=3600');
  // What is not the store's goes on.
  expect((await call(`${server.url}/api/jobs/${jobId}`)).status).toBe(200);
  await objects.up();
  await eventually(async () => (await call(`${server.url}/readyz`)).status === 200);
  await expectFiles(server, job);
});

test.each(['is gone', 'hangs'])('a store that %s keeps no cancel back', async (kind) => {
  const server = await start({ AURA_CONCURRENCY: '1' });
  const client = new AuraClient({ baseUrl: server.url });
  const endless = { preset: 'simulated', inputs: { seconds: 600, eventsPerSecond: 5 } } as never;
  const running = (await client.jobs.create(endless)).jobId;
  const waiting = (await client.jobs.create(endless)).jobId;
  await eventually(async () => (await client.jobs.get(running)).status === 'Running');
  const thaw = kind === 'hangs' ? objects.freeze() : undefined;
  if (!thaw) await objects.down();
  try {
    for (const jobId of [waiting, running]) {
      await client.jobs.cancel(jobId);
      await eventually(async () => (await client.jobs.get(jobId)).status === 'Canceled');
    }
  } finally {
    if (thaw) thaw();
    else await objects.up();
  }
  const { body } = await call(`${server.url}/api/jobs/recent-artifacts`);
  expect(body).toMatchObject({ count: 0 });
});

test('files go when their time has come', async () => {
  const server = await start({ AURA_KEEP_HISTORY_MS: '1000', AURA_KEEP_ARTIFACTS_MS: '1000' });
  const client = new AuraClient({ baseUrl: server.url });
  const { jobId } = await client.jobs.create(REQUEST);
  await client.watch(jobId).done;
  await eventually(async () => (await objects.keys()).every((key) => !key.includes(jobId)));
});

test('a bucket that is not there is told of at the start, with what to do', async () => {
  await expect(start({ AURA_ARTIFACTS: 's3://nobody' })).rejects.toThrow(/did not start/);
});
