/** The deployment that is documented, as processes: nginx with its real configuration, two API processes, two workers, Redis. */
import { mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuraClient } from '@aura-jobs/sdk';
import { webSocket } from '@aura-jobs/sdk/transports';
import { startCluster } from '../../deploy/cluster/cluster.ts';
import type { Cluster } from '../../deploy/cluster/cluster.ts';
import { call } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { findProgram } from '../support/installed-program.ts';
import { NGINX, OPENSSL, REDIS } from '../support/programs.ts';
import { openRawStream } from '../support/raw-stream.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { logOf, release, simulate } from '../reference-server/simulated-jobs.ts';

/** An installation may be part of it. */
const SETUP_MS = 300_000;

let folder: string;
let cluster: Cluster;
let receiver: Receiver;

beforeAll(async () => {
  for (const program of [REDIS, OPENSSL, NGINX]) await findProgram(program);
  folder = await mkdtemp(join(tmpdir(), 'aura-cluster-'));
  receiver = await startReceiver();
  cluster = await startCluster({
    folder,
    environment: {
      AURA_ALLOW_SIMULATION: '1',
      AURA_ALLOW_PAUSE: '1',
      AURA_CONCURRENCY: '4',
      AURA_KEEPALIVE_MS: '500',
      AURA_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      AURA_NOTIFY_PRIVATE_HOSTS: 'localhost',
    },
  });
}, SETUP_MS);

afterAll(async () => {
  await cluster?.stop();
  await receiver?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A stream over HTTP/2, as a browser opens it. */
function openStream2(path: string) {
  const session = connect(cluster.httpsUrl, { rejectUnauthorized: false });
  const stream = session.request({ ':path': path, accept: 'text/event-stream' });
  const got = { text: '', headers: {} as Record<string, unknown>, ended: false };
  stream.on('response', (headers) => (got.headers = headers));
  stream.on('data', (chunk) => (got.text += String(chunk)));
  stream.on('end', () => (got.ended = true));
  stream.on('close', () => session.close());
  return got;
}

test('nginx finds its configuration sound', async () => {
  const home = join(folder, 'nginx');
  const { stderr } = await promisify(execFile)(await findProgram(NGINX), [
    '-t',
    '-p',
    home,
    '-c',
    join(home, 'nginx.conf'),
  ]);
  expect(stderr).toContain('test is successful');
  expect(stderr).not.toContain('[warn]');
});

test('AC-01 events pass nginx one by one, over HTTP/2, whichever process is asked', async () => {
  const jobId = await simulate(cluster, { hold: true, events: 30, eventsPerSecond: 10 });
  const streams = Array.from({ length: 4 }, () => openStream2(`/api/jobs/${jobId}/events`));
  await eventually(() => streams.every(({ text }) => text.includes('"status":"Queued"')));
  // Nothing is held back until there is more of it.
  await eventually(() => streams.every(({ text }) => /^:/m.test(text)));
  for (const { headers } of streams)
    expect(headers).toMatchObject({ ':status': 200, 'content-type': 'text/event-stream; charset=utf-8' });
  await release(cluster, jobId);
  await eventually(() => streams.every(({ text }) => text.includes('event: step-progress')));
  expect(streams.some(({ ended }) => ended)).toBe(false);
  await eventually(() => streams.every(({ ended }) => ended));
  const idsOf = (text: string) => [...text.matchAll(/^id: (\S+)/gm)].map(([, id]) => id);
  const log = (await logOf(cluster, jobId)).map(({ id }) => id);
  for (const { text } of streams) expect(idsOf(text)).toEqual(log);
});

test('a reader goes from one API process to the other with its cursor', async () => {
  const jobId = await simulate(cluster, { events: 300, eventsPerSecond: 100 });
  const read: string[] = [];
  for (let n = 0; ; n++) {
    const cursor = read.length > 0 ? { 'last-event-id': read.at(-1)! } : undefined;
    const url = `${cluster.apiUrls[n % 2]}/api/jobs/${jobId}/events${cursor ? '' : '?replay=all'}`;
    const stream = await openRawStream(url, cursor ? { headers: cursor } : {});
    if (stream.response.status === 204) break;
    expect(stream.events.map(({ event }) => event)).not.toContain('resync');
    await stream.until((frames) => frames.length >= 20).catch(() => {});
    stream.close();
    read.push(...stream.events.map(({ id }) => id!));
  }
  expect(read).toEqual((await logOf(cluster, jobId)).map(({ id }) => id));
});

test('jobs on both workers are read in one stream and over WebSockets, and what is cancelled stops', async () => {
  const jobIds = await Promise.all(
    Array.from({ length: 6 }, () => simulate(cluster, { events: 100_000, eventsPerSecond: 20 })),
  );
  const watcher = new AuraClient({ baseUrl: cluster.url }).watchAll(jobIds);
  watcher.subscribe(() => {});
  const sockets = new AuraClient({ baseUrl: cluster.url, transport: webSocket });
  const ends = Promise.allSettled(jobIds.map((jobId) => sockets.watch(jobId).done));
  try {
    await eventually(() => watcher.snapshots.every((job) => job?.status === 'Running'));
    for (const jobId of jobIds)
      expect((await call(`${cluster.url}/api/jobs/${jobId}/cancel`, 'POST')).status).toBe(202);
    await eventually(() => watcher.snapshots.every((job) => job?.status === 'Canceled'));
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'Cancelled' } });
  } finally {
    watcher.close();
  }
});

test('what is paused at one API process rests, and goes on when another is asked', async () => {
  const [one, other] = cluster.apiUrls as [string, string];
  const jobId = await simulate(cluster, { events: 300, eventsPerSecond: 100 });
  const statusIs = (url: string, status: string) =>
    eventually(async () => (await call(`${url}/api/jobs/${jobId}`)).body.status === status);
  for (let n = 0; n < 3; n++) {
    await statusIs(one, 'Running');
    expect((await call(`${one}/api/jobs/${jobId}/pause`, 'POST')).status).toBe(200);
    await statusIs(other, 'Paused');
    expect((await call(`${other}/api/jobs/${jobId}/resume`, 'POST')).status).toBe(200);
  }
  const log = await logOf(cluster, jobId);
  expect(log.at(-1)!.type).toBe('job-completed');
  expect(log.filter(({ data }) => data.status === 'Paused')).toHaveLength(3);
});

test('every end is told once, whichever process has logged it', async () => {
  const before = receiver.received.length;
  const notify = { webhook: { url: receiver.url } };
  const create = async (inputs: object): Promise<string> =>
    (await call(`${cluster.url}/api/jobs`, 'POST', { preset: 'simulated', inputs, notify })).body.jobId;
  const jobIds = await Promise.all(Array.from({ length: 8 }, () => create({ events: 5, eventsPerSecond: 0 })));
  // Perhaps an API process ends it, before a worker has seen it.
  const held = await create({ hold: true });
  expect((await call(`${cluster.url}/api/jobs/${held}/cancel`, 'POST')).status).toBe(202);

  await eventually(() => receiver.received.length >= before + 9);
  const told = receiver.received.slice(before).map(({ headers }) => String(headers['webhook-id']));
  expect(told.toSorted()).toEqual([...jobIds, held].map((jobId) => `msg_${jobId}`).toSorted());
  await eventually(async () =>
    String((await call(`${cluster.workerUrls[0]}/metrics`)).body).includes('aura_notifications_waiting 0'),
  );
  expect(receiver.received).toHaveLength(before + 9);
});

test('a video is made by a worker and served by the API', async () => {
  const client = new AuraClient({ baseUrl: cluster.url });
  const { jobId } = await client.jobs.create({
    brief: { topic: 'How tides work' },
    planSpec: { targetDuration: '00:00:10' },
    renderSpec: { res: { width: 256, height: 144 }, fps: 5 },
  });
  const job = await client.watch(jobId).done;
  expect(job).toMatchObject({ status: 'Succeeded', percent: 100 });
  for (const url of cluster.apiUrls) {
    for (const { path, sizeBytes } of job.artifacts) {
      const file = await fetch(url + path);
      expect((await file.arrayBuffer()).byteLength).toBe(sizeBytes);
    }
  }
});

test('a worker answers how it is doing, and nothing else', async () => {
  for (const url of cluster.workerUrls) {
    expect((await call(`${url}/readyz`)).status).toBe(200);
    expect((await call(`${url}/metrics`)).body).toContain('aura_jobs_running');
    expect((await call(`${url}/api/jobs`)).status).toBe(404);
  }
});

test('a worker that hangs loses its jobs to the other, and adds nothing when it comes back', async () => {
  const jobIds = await Promise.all(
    Array.from({ length: 4 }, () => simulate(cluster, { events: 300, eventsPerSecond: 20 })),
  );
  const statusOf = async (jobId: string) => (await call(`${cluster.url}/api/jobs/${jobId}`)).body.status;
  await eventually(async () => (await Promise.all(jobIds.map(statusOf))).every((status) => status === 'Running'));
  const thaw = cluster.members.find(({ name }) => name === 'worker-1')!.freeze();
  const logs = Promise.all(jobIds.map((jobId) => logOf(cluster, jobId)));
  try {
    await logs;
  } finally {
    thaw();
  }
  for (const log of await logs) {
    const types = log.map(({ type }) => type);
    expect(types.at(-1)).toBe('job-completed');
    const stages = log.flatMap(({ type, data }) => (type === 'step-status' ? [data.step] : []));
    expect(stages).toEqual(['Script', 'TTS', 'Visuals', 'Composition', 'Rendering']);
  }
  const client = new AuraClient({ baseUrl: cluster.url });
  // It works again, and has not said another word about the old ones.
  await client.watch(await simulate(cluster, { events: 5 })).done;
  expect(await Promise.all(jobIds.map((jobId) => logOf(cluster, jobId)))).toEqual(await logs);
}, 120_000);
