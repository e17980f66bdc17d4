/** What the distributed engine costs: appends, the way to another process, and what a process pays for the events of others. */
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { openRedisEngine } from '../../reference-server/src/engines/redis/redis-engine.ts';
import { startRedis } from '../support/redis.ts';
import { progressFrame } from './frames.ts';
import type { TestRedis } from '../support/redis.ts';

const APPENDS = 20_000;
/** Appends that are under way at once, each to a job of its own. */
const AT_ONCE = 64;
const ROUND_TRIPS = 2000;
const STOPS = 200;

const event = (n: number) =>
  ({
    type: 'warning',
    data: { message: `something that is worth ${n} words, or a few more of them`, step: 'Script', correlationId: 'c' },
  }) as const;

const open = (url: string, replicas = 0) =>
  openRedisEngine({ url, replicas, concurrency: 1, takeOverAfterMs: 20_000, onError: () => {}, onTrouble: () => {} });

/** Figures of this machine, one a line. */
export async function benchDistributed(): Promise<string> {
  const redis = await startRedis();
  try {
    const lines: string[] = [];
    for (const fsync of ['always', 'everysec']) {
      await redis.client.config('SET', 'appendfsync', fsync);
      lines.push(`appends, appendfsync ${fsync}: ${await appendRate(redis.url)}`);
    }
    await redis.client.config('SET', 'appendfsync', 'always');
    lines.push(await withReplica(redis));
    lines.push(
      `an append, from the call to a follower in another process: ${await wayToAnother(redis.url)}`,
      `a word to stop, from the call to the handler in another process: ${await wayToStop(redis.url)}`,
      `an event that nobody follows here: ${await costOfOthers(redis.url)}`,
      await memoryOfEvents(redis),
    );
    return lines.join('\n');
  } finally {
    await redis.stop();
  }
}

/** Each append is with a replica before it is acknowledged and shown. */
async function withReplica({ url, port, client }: TestRedis): Promise<string> {
  const replica = await startRedis({ master: port });
  try {
    while ((await client.wait(1, 100)) < 1);
    return (
      `appends with a replica, appendfsync always: ${await appendRate(url, 1)}\n` +
      `with a replica, from the call to a follower in another process: ${await wayToAnother(url, 1)}`
    );
  } finally {
    await replica.stop();
  }
}

async function appendRate(url: string, replicas?: number): Promise<string> {
  const engine = await open(url, replicas);
  const before = { time: performance.now(), cpu: process.cpuUsage() };
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      for (let n = 0; n < APPENDS / AT_ONCE; n++) await engine.log.append(`job-${lane}`, [event(n)]);
    }),
  );
  const seconds = (performance.now() - before.time) / 1000;
  await engine.close();
  return `${Math.round(APPENDS / seconds)} a second with ${AT_ONCE} jobs at once, by one process`;
}

async function wayToAnother(url: string, replicas?: number): Promise<string> {
  const [writer, reader] = [await open(url, replicas), await open(url, replicas)];
  const times: number[] = [];
  let heard = Promise.withResolvers<number>();
  reader.log.follow('watched', () => heard.resolve(performance.now()));
  for (let n = 0; n < ROUND_TRIPS; n++) {
    heard = Promise.withResolvers();
    const since = performance.now();
    await writer.log.append('watched', [event(n)]);
    times.push((await heard.promise) - since);
  }
  await writer.close();
  await reader.close();
  return quantiles(times);
}

async function wayToStop(url: string): Promise<string> {
  const [api, worker] = [await open(url), await open(url)];
  let begun = Promise.withResolvers<AbortSignal>();
  worker.queue.process(async (_jobId, signal) => {
    begun.resolve(signal);
    await once(signal, 'abort');
  });
  const times: number[] = [];
  for (let n = 0; n < STOPS; n++) {
    begun = Promise.withResolvers();
    await api.queue.enqueue(`stop-${n}`);
    const signal = await begun.promise;
    const stopped = once(signal, 'abort').then(() => performance.now());
    const since = performance.now();
    await api.queue.stop(`stop-${n}`, 'cancel');
    times.push((await stopped) - since);
  }
  for (const { queue, close } of [api, worker]) {
    await queue.close();
    await close();
  }
  return quantiles(times);
}

/** In a thread of its own, whose time is spent on nothing else. */
async function costOfOthers(url: string): Promise<string> {
  const bystander = new Worker(new URL(import.meta.url), { workerData: url });
  await once(bystander, 'message');
  const engine = await open(url);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      for (let n = 0; n < APPENDS / AT_ONCE; n++) await engine.log.append(`other-${lane}`, [event(n)]);
    }),
  );
  await engine.log.caughtUp();
  const told = once(bystander, 'message') as Promise<[number]>;
  bystander.postMessage('done');
  const [busyMs] = await told;
  await bystander.terminate();
  await engine.close();
  return `${((busyMs * 1000) / APPENDS).toFixed(1)} µs of a core, for each process`;
}

/** Of the log alone: the feed keeps its length. */
async function memoryOfEvents({ url, client }: TestRedis): Promise<string> {
  const engine = await open(url);
  const [, ...block] = String(progressFrame(1, APPENDS)).trim().split('\n');
  const data = JSON.parse(block[1]!.slice('data: '.length)) as never;
  const draft = { type: 'step-progress', data } as const;
  for (let n = 0; n < 1000; n++) await engine.log.append('measured', [draft]);
  const [{ json } = { json: '' }] = await engine.log.read('measured', { limit: 1 });
  const bytes = (await client.memory('USAGE', '{aura}:events:measured', 'SAMPLES', 0))! / 1000;
  await engine.close();
  return `memory in Redis for a step-progress of ${json.length} bytes: ${Math.round(bytes)} bytes`;
}

function quantiles(times: number[]): string {
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${times.at(-1)!.toFixed(1)} ms`;
}

if (!isMainThread) {
  const engine = await open(workerData as string);
  const before = performance.eventLoopUtilization();
  parentPort!.postMessage('ready');
  parentPort!.once('message', () => {
    void engine.log.caughtUp().then(() => parentPort!.postMessage(performance.eventLoopUtilization(before).active));
  });
}
