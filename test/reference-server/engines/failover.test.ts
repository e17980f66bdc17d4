/** A replica takes over from Redis, or the network between a process and Redis goes dead. Each engine here stands for a process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import type { Engine } from '../../../reference-server/src/engines/engine.ts';
import { openRedisEngine } from '../../../reference-server/src/engines/redis/redis-engine.ts';
import type { LoggedEvent } from '../../../reference-server/src/events/event-log.ts';
import { parseJobRequest } from '../../../reference-server/src/jobs/job-request.ts';
import { eventually } from '../../support/eventually.ts';
import { startRedis } from '../../support/redis.ts';
import type { TestRedis } from '../../support/redis.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import type { TcpProxy } from '../../support/tcp-proxy.ts';
import { partsOn } from './harness.ts';
import { end, typesOf, warning } from './opened.ts';

const CALLER = { id: 'ann' };
const LONG = parseJobRequest({ preset: 'simulated', inputs: { events: 100_000, eventsPerSecond: 20 } });
const details = () => ({ correlationId: 'c', idempotencyKey: undefined });
const idsOf = (events: readonly LoggedEvent[]) => events.map(({ id }) => id);

let folder: string;
const engines: Engine[] = [];
const servers: TestRedis[] = [];
const proxies: TcpProxy[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-failover-'));
});
afterEach(async () => {
  for (const engine of engines.splice(0)) {
    await engine.queue.close();
    await engine.close();
  }
  for (const proxy of proxies.splice(0)) await proxy.close();
  for (const server of servers.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function startServer(master?: number): Promise<TestRedis> {
  const server = await startRedis(master === undefined ? {} : { master });
  servers.push(server);
  return server;
}

async function startProxy(target: number): Promise<TcpProxy> {
  const proxy = await startTcpProxy(target);
  proxies.push(proxy);
  return proxy;
}

async function open(port: number, options: { replicas?: number; takeOverAfterMs?: number } = {}): Promise<Engine> {
  const engine = await openRedisEngine({
    url: `redis://127.0.0.1:${port}`,
    concurrency: 2,
    takeOverAfterMs: 2000,
    onError: () => {},
    onTrouble: () => {},
    ...options,
  });
  engines.push(engine);
  return engine;
}

const caughtUp = ({ log }: Engine) =>
  eventually(() =>
    log.caughtUp().then(
      () => true,
      () => false,
    ),
  );

describe('a failover', () => {
  /** A master with two replicas, the way to them, and the name that leads to the master. */
  async function startTrio() {
    const master = await startServer();
    const lines = await startProxy(master.port);
    const replicas = [await startServer(lines.port), await startServer(lines.port)];
    for (const { client } of replicas)
      await eventually(async () => (await client.info('replication')).includes('master_link_status:up'));
    const name = await startProxy(master.port);
    const offsetOf = async ({ client }: TestRedis) =>
      Number(/slave_repl_offset:(\d+)/.exec(await client.info('replication'))![1]);
    return {
      master,
      lines,
      name,
      /** The replica that has most takes over: Sentinel chooses so, too. */
      async fail() {
        await master.kill();
        const [one, two] = [await offsetOf(replicas[0]!), await offsetOf(replicas[1]!)];
        const [heir, other] = one >= two ? [replicas[0]!, replicas[1]!] : [replicas[1]!, replicas[0]!];
        await heir.client.call('REPLICAOF', 'NO', 'ONE');
        await other.client.call('REPLICAOF', '127.0.0.1', String(heir.port));
        name.target = heir.port;
        name.cut();
      },
    };
  }

  test('loses nothing that was acknowledged or shown, and doubles nothing, however far the replicas lag', async () => {
    const { master, lines, name, fail } = await startTrio();
    const [writer, reader] = [await open(name.port, { replicas: 1 }), await open(name.port, { replicas: 1 })];
    const [acknowledged, shown] = [[] as LoggedEvent[], [] as LoggedEvent[]];
    reader.log.follow('job', (events) => void shown.push(...events));
    let writing = true;
    const writers = Array.from({ length: 8 }, async (_, lane) => {
      for (let n = 0; writing; n++) acknowledged.push(...(await writer.log.append('job', [warning(`${lane} ${n}`)])));
    });
    await eventually(() => acknowledged.length > 100);

    // The master takes more than anybody will ever know of.
    const flow = lines.stall();
    await eventually(async () => (await master.client.xlen('{aura}:events:job')) > acknowledged.length);
    await fail();
    flow();
    const resumedAt = acknowledged.length;
    await eventually(() => acknowledged.length > resumedAt + 100);
    writing = false;
    await Promise.all(writers);
    await caughtUp(reader);

    const stored = await reader.log.read('job', { limit: 1_000_000 });
    expect(idsOf(acknowledged).toSorted(compareEventIds)).toEqual(idsOf(stored));
    expect(shown).toEqual(stored);
    expect(new Set(stored.map(({ json }) => json)).size).toBe(stored.length);
  });

  test('leaves jobs running, and those that wait are run', async () => {
    const { name, fail } = await startTrio();
    const [api, worker] = [
      partsOn(await open(name.port, { replicas: 1 }), folder),
      partsOn(await open(name.port, { replicas: 1 }), folder),
    ];
    worker.queue.process(worker.runner.run);
    const jobIds: string[] = [];
    for (let n = 0; n < 3; n++) jobIds.push((await api.jobs.create(LONG, CALLER, details())).jobId);
    await eventually(async () => (await api.hub.snapshot(jobIds[1]!)).status === 'Running');
    await fail();
    const statusOf = (jobId: string) =>
      api.hub.snapshot(jobId).then(
        ({ status }) => status,
        () => undefined,
      );
    for (const jobId of jobIds) {
      await eventually(async () => (await statusOf(jobId)) === 'Running');
      await api.jobs.cancel(jobId, CALLER);
      await eventually(async () => (await statusOf(jobId)) === 'Canceled');
    }
  });

  test('without a replica that has it, nothing is acknowledged or shown until there is one', async () => {
    const { lines, name } = await startTrio();
    const engine = await open(name.port, { replicas: 2 });
    const shown: LoggedEvent[] = [];
    engine.log.follow('job', (events) => void shown.push(...events));
    const flow = lines.stall();
    let acknowledged = false;
    const appended = engine.log.append('job', [warning('held back')]).then(() => (acknowledged = true));
    // A question that is refused in time shows that the other one had time, too.
    await expect(engine.store.requestCancel('job')).rejects.toMatchObject({ code: 'REDIS_SILENT' });
    expect([acknowledged, shown]).toEqual([false, []]);
    flow();
    await appended;
    await caughtUp(engine);
    expect(shown).toHaveLength(1);
    expect(await typesOf(engine.log, 'job')).toEqual(['warning']);
  });
});

describe('a partition', () => {
  test('of a process with readers: they are silent, and then told everything in order', async () => {
    const redis = await startServer();
    const line = await startProxy(redis.port);
    const [writer, reader] = [await open(redis.port), await open(line.port)];
    const shown: LoggedEvent[] = [];
    reader.log.follow('job', (events) => void shown.push(...events));
    await writer.log.append('job', [warning('before')]);
    await eventually(() => shown.length === 1);
    const mend = line.stall();
    for (let n = 0; n < 50; n++) await writer.log.append('job', [warning(String(n))]);
    await expect(reader.log.caughtUp()).rejects.toMatchObject({ code: 'REDIS_SILENT' });
    expect(shown).toHaveLength(1);
    mend();
    await writer.log.append('job', [end()]);
    await eventually(() => shown.at(-1)?.type === 'job-cancelled');
    expect(shown).toEqual(await writer.log.read('job', { limit: 1000 }));
  });

  test('of a worker: it puts its job down by itself, and another one goes on', async () => {
    const redis = await startServer();
    const line = await startProxy(redis.port);
    const cutOff = await open(line.port);
    const stopped: string[] = [];
    let begun = false;
    cutOff.queue.process(
      (_jobId, signal) =>
        new Promise((resolve) => {
          begun = true;
          signal.addEventListener('abort', () => {
            stopped.push((signal.reason as { why: string }).why);
            resolve();
          });
        }),
    );
    await cutOff.queue.enqueue('job');
    await eventually(() => begun);
    const mend = line.stall();
    try {
      // It cannot be told by anybody, and must not work in a folder that others work in.
      await eventually(() => stopped.length > 0);
      expect(stopped).toEqual(['taken']);
      const other = await open(redis.port);
      other.queue.process(async (jobId) => void (await other.log.append(jobId, [end()])));
      await eventually(() => other.log.isSealed('job'));
    } finally {
      mend();
    }
    await eventually(async () => (await cutOff.queue.depth().catch(() => undefined))?.running === 0);
    expect(await typesOf(cutOff.log, 'job')).toEqual(['job-cancelled']);
  });
});
