/** What several processes on one Redis owe each other. Each engine here stands for a process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compareEventIds, eventTime } from '@aura-jobs/sdk/protocol';
import type { Engine } from '../../../reference-server/src/engines/engine.ts';
import { openRedisEngine } from '../../../reference-server/src/engines/redis/redis-engine.ts';
import type { LoggedEvent } from '../../../reference-server/src/events/event-log.ts';
import { beginningEvents } from '../../../reference-server/src/jobs/job-endings.ts';
import { parseJobRequest } from '../../../reference-server/src/jobs/job-request.ts';
import { storageFault } from '../../../reference-server/src/jobs/storage-fault.ts';
import { ServerMetrics } from '../../../reference-server/src/metrics/server-metrics.ts';
import { Notifier } from '../../../reference-server/src/notifications/notifier.ts';
import { webhookChannel } from '../../../reference-server/src/notifications/webhook-channel.ts';
import { eventually } from '../../support/eventually.ts';
import { startReceiver } from '../../support/receiver.ts';
import { startRedis } from '../../support/redis.ts';
import type { TestRedis } from '../../support/redis.ts';
import { partsOn } from './harness.ts';
import { end, typesOf, warning } from './opened.ts';

const CALLER = { id: 'ann' };
const request = (inputs: object) => parseJobRequest({ preset: 'simulated', inputs });
const details = (idempotencyKey?: string) => ({ correlationId: 'c', idempotencyKey });
const messageOf = ({ json }: LoggedEvent) => (JSON.parse(json) as { message: string }).message;

let redis: TestRedis;
let folder: string;
const engines: Engine[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.client.flushall();
  folder = await mkdtemp(join(tmpdir(), 'aura-distributed-'));
});
afterEach(async () => {
  for (const engine of engines.splice(0)) {
    await engine.queue.close();
    await engine.close();
  }
  await rm(folder, { recursive: true, force: true });
});

async function open(options: { takeOverAfterMs?: number } = {}): Promise<Engine> {
  const engine = await openRedisEngine({
    url: redis.url,
    concurrency: 2,
    takeOverAfterMs: 1000,
    onError: () => {},
    onTrouble: () => {},
    ...options,
  });
  engines.push(engine);
  return engine;
}

/** Cuts every connection, so that what was sent goes without an answer. */
const cutAll = () => redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');

/** The news has to wait for new connections. */
async function cutFeeds(): Promise<void> {
  let reading: string[] = [];
  await eventually(async () => {
    const lines = String(await redis.client.client('LIST')).split('\n');
    reading = lines.filter((line) => line.includes('cmd=xread'));
    return reading.length >= engines.length;
  });
  for (const line of reading) await redis.client.call('CLIENT', 'KILL', 'ID', /id=(\d+)/.exec(line)![1]!);
}

describe('events', () => {
  test('reach followers in every process, in the order of all jobs', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    const [atB, atC] = [[] as LoggedEvent[], [] as LoggedEvent[]];
    for (const jobId of ['x', 'y']) {
      b.log.follow(jobId, (events) => void atB.push(...events));
      c.log.follow(jobId, (events) => void atC.push(...events));
    }
    const logged = await Promise.all(
      Array.from({ length: 300 }, (_, n) => [a, b][n % 2]!.log.append('xyz'[n % 3]!, [warning(String(n))])),
    );
    const expected = logged.filter((_, n) => n % 3 < 2).flat();
    expected.sort((one, other) => compareEventIds(one.id, other.id));
    await Promise.all([b.log.caughtUp(), c.log.caughtUp()]);
    const inOrder = (events: LoggedEvent[]) => [...events].sort((one, other) => compareEventIds(one.id, other.id));
    expect(inOrder(atB)).toEqual(expected);
    expect(inOrder(atC)).toEqual(expected);
    const ofX = atB.filter(({ json }) => json.includes('"jobId":"x"'));
    expect(ofX).toEqual(inOrder(ofX));
  });

  test('of however many jobs are read by one blocking read, over connections that do not become more', async () => {
    const { log } = await open();
    const connections = async () => {
      const lines = String(await redis.client.client('LIST'))
        .trim()
        .split('\n');
      return { all: lines.length, reading: lines.filter((line) => line.includes('cmd=xread')).length };
    };
    await eventually(async () => (await connections()).reading === 1);
    const before = await connections();
    let heard = 0;
    for (let n = 0; n < 200; n++) log.follow(`job-${n}`, (events) => void (heard += events.length));
    await Promise.all(Array.from({ length: 200 }, (_, n) => log.append(`job-${n}`, [warning('1')])));
    await log.caughtUp();
    expect(heard).toBe(200);
    await eventually(async () => (await connections()).reading > 0);
    expect(await connections()).toEqual(before);
  });

  test('that one process has logged are in the state that another tells at once', async () => {
    const [a, b] = [partsOn(await open(), folder), partsOn(await open(), folder)];
    const { jobId } = await a.jobs.create(request({ hold: true }), CALLER, details());
    for (let n = 0; n < 20; n++) {
      const [writer, reader] = n % 2 ? [a, b] : [b, a];
      await cutFeeds();
      const [event] = await writer.log.append(jobId, [warning(String(n))]);
      expect((await reader.hub.snapshot(jobId)).lastEventId).toBe(event!.id);
    }
  });

  test('AC-24 of ends in several processes one stands', async () => {
    const all = [await open(), await open(), await open()];
    for (let n = 0; n < 20; n++) {
      const results = await Promise.allSettled(all.map(({ log }) => log.append(`job-${n}`, [end()])));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await typesOf(all[0]!.log, `job-${n}`)).toEqual(['job-cancelled']);
    }
  });

  test('that were acknowledged are there once, whatever happens to connections and to Redis', async () => {
    const [writer, reader] = [await open(), await open()];
    const got: LoggedEvent[] = [];
    reader.log.follow('job', (events) => void got.push(...events));
    const logged: LoggedEvent[] = [];
    let writing = true;
    const writers = ['0', '1', '2'].map(async (name) => {
      for (let n = 0; writing; n++) logged.push(...(await writer.log.append('job', [warning(`${name}-${n}`)])));
    });
    for (let n = 0; n < 12; n++) {
      const before = logged.length;
      await eventually(() => logged.length > before + 20);
      if (n % 4 === 3) {
        await redis.kill();
        await redis.restart();
      } else await cutAll();
    }
    writing = false;
    await Promise.all(writers);
    await eventually(() =>
      reader.log.caughtUp().then(
        () => true,
        () => false,
      ),
    );

    logged.sort((one, other) => compareEventIds(one.id, other.id));
    const stored = await reader.log.read('job', { limit: 1_000_000 });
    expect(stored.map(messageOf)).toEqual([...new Set(stored.map(messageOf))]);
    expect(stored).toEqual(logged);
    expect(got).toEqual(stored);
  });

  test('that the feed did not bring are read from the log', async () => {
    const [writer, reader] = [await open(), await open()];
    const got: LoggedEvent[] = [];
    reader.log.follow('job', (events) => void got.push(...events));
    const [first] = await writer.log.append('job', [warning('first')]);
    await reader.log.caughtUp();
    // As if there had been more entries than the feed keeps, before this process came to read them.
    const [ms, counter] = first!.id.split('-').map(Number) as [number, number];
    await redis.client.hset('{aura}:clock', 'counter', counter + 7);
    for (const n of [3, 7]) {
      const json = JSON.stringify({ message: `missed ${n}` });
      await redis.client.xadd('{aura}:events:job', `${ms}-${counter + n}`, 'type', 'warning', 'json', json);
    }
    await writer.log.append('job', [warning('last')]);
    await reader.log.caughtUp();
    expect(got.map(messageOf)).toEqual(['first', 'missed 3', 'missed 7', 'last']);
  });

  test('go on after Redis has lost everything', async () => {
    const [writer, reader] = [await open(), await open()];
    const got: LoggedEvent[] = [];
    reader.log.follow('job', (events) => void got.push(...events));
    for (let n = 0; n < 5; n++) await writer.log.append('job', [warning(String(n))]);
    await reader.log.caughtUp();
    await redis.client.flushall();
    // A new beginning in the same millisecond would be older than what was lost.
    await eventually(() => Date.now() > eventTime(got.at(-1)!.id)!);
    await writer.log.append('job', [warning('new')]);
    await eventually(() => got.length === 6);
    expect(got.map(messageOf)).toEqual(['0', '1', '2', '3', '4', 'new']);
  });

  test('cannot be asked for while Redis is silent, which is said, and can be afterwards', async () => {
    const { log, store } = await open();
    await log.append('job', [warning('before')]);
    const thaw = redis.freeze();
    try {
      const refused = await Promise.allSettled([log.read('job', { limit: 1 }), log.caughtUp(), store.get('job')]);
      for (const result of refused) {
        expect(result.status).toBe('rejected');
        expect(storageFault((result as PromiseRejectedResult).reason)?.message).toMatch(/^Redis does not answer/);
      }
    } finally {
      thaw();
    }
    await eventually(() =>
      log.caughtUp().then(
        () => true,
        () => false,
      ),
    );
    expect(await log.read('job', { limit: 1 })).toHaveLength(1);
  });
});

describe('jobs', () => {
  test('with one idempotency key, asked for at every process at once, are one job', async () => {
    const all = [partsOn(await open(), folder), partsOn(await open(), folder), partsOn(await open(), folder)];
    for (let n = 0; n < 10; n++) {
      const made = await Promise.all(
        all.map(({ jobs }) => jobs.create(request({ events: 1 }), CALLER, details(`key-${n}`))),
      );
      expect(new Set(made.map(({ jobId }) => jobId)).size).toBe(1);
      expect(await typesOf(all[0]!.log, made[0]!.jobId)).toEqual(['job-status']);
    }
    expect(await all[0]!.queue.depth()).toEqual({ waiting: 10, running: 0 });
  });

  test('are admitted by all processes together', async () => {
    const all = [partsOn(await open(), folder, { queuedJobs: 5 }), partsOn(await open(), folder, { queuedJobs: 5 })];
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => all[n % 2]!.jobs.create(request({ events: 1 }), CALLER, details())),
    );
    // Two that ask for the last place may both be refused, and never both be let in.
    const admitted = results.filter(({ status }) => status === 'fulfilled').length;
    expect(admitted).toBe(await all[0]!.queue.countOf('ann'));
    expect(admitted).toBeLessThanOrEqual(5);
    expect(admitted).toBeGreaterThan(0);
  });

  test('AC-19 are cancelled at one process and stop in another', async () => {
    const [api, worker] = [partsOn(await open(), folder), partsOn(await open(), folder)];
    worker.queue.process(worker.runner.run);
    const { jobId } = await api.jobs.create(request({ events: 100_000, eventsPerSecond: 20 }), CALLER, details());
    await eventually(async () => (await api.jobs.get(jobId, CALLER)).status === 'Running');
    await api.jobs.cancel(jobId, CALLER);
    await eventually(() => api.log.isSealed(jobId));
    expect((await typesOf(api.log, jobId)).at(-1)).toBe('job-cancelled');
  });

  test('AC-19 are cancelled also when the word to stop was lost', async () => {
    const [api, worker] = [partsOn(await open(), folder), partsOn(await open(), folder)];
    worker.queue.process(worker.runner.run);
    const { jobId } = await api.jobs.create(request({ events: 100_000, eventsPerSecond: 20 }), CALLER, details());
    await eventually(async () => (await api.jobs.get(jobId, CALLER)).status === 'Running');
    await api.store.requestCancel(jobId);
    // The feed has run on beyond what it keeps.
    await redis.client.hincrby('{aura}:clock', 'counter', 10);
    await eventually(() => api.log.isSealed(jobId));
    expect((await typesOf(api.log, jobId)).at(-1)).toBe('job-cancelled');
  });

  test('of a worker that died go on in another', async () => {
    const [api, dying] = [partsOn(await open(), folder), await open()];
    let begun = false;
    // It never returns, and its process is gone before it could say so.
    dying.queue.process(() => {
      begun = true;
      return new Promise(() => {});
    });
    const { jobId } = await api.jobs.create(request({ events: 5, eventsPerSecond: 0 }), CALLER, details());
    await eventually(() => begun);
    engines.splice(engines.indexOf(dying), 1);
    await dying.close();
    const worker = partsOn(await open(), folder);
    worker.queue.process(worker.runner.run);
    await eventually(() => api.log.isSealed(jobId));
    expect((await api.jobs.get(jobId, CALLER)).status).toBe('Succeeded');
  });

  test('that went to another worker take nothing more from the first', async () => {
    const [first, second] = [await open({ takeOverAfterMs: 4000 }), await open()];
    const [stopped, refused] = [[] as string[], [] as unknown[]];
    let appended = 0;
    const finish = async (jobId: string) => void (await second.log.append(jobId, [warning('second'), end()]));
    first.queue.process(async (jobId, signal) => {
      // It may well get the job a second time.
      if (appended > 0) return finish(jobId);
      signal.addEventListener('abort', () => stopped.push((signal.reason as { why: string }).why));
      for (;;) {
        await first.log.append(jobId, [warning('first')]).catch((error: unknown) => {
          refused.push(error);
          throw error;
        });
        appended++;
      }
    });
    await first.queue.enqueue('job');
    await eventually(() => appended > 3);
    // As if the first had been silent for too long.
    await redis.client.del('{aura}:bull:jobs:job:lock');
    second.queue.process(finish);
    await eventually(() => second.log.isSealed('job'));
    expect(stopped).toEqual(['taken']);
    expect(refused).toMatchObject([{ name: 'JobStopped', why: 'taken' }]);
    const log = await second.log.read('job', { limit: 100_000 });
    expect(log.slice(-2).map(({ type }) => type)).toEqual(['warning', 'job-cancelled']);
    expect(log.filter(({ json }) => json.includes('first'))).toHaveLength(appended);
  });

  test('that are deleted leave nothing', async () => {
    const { jobs, queue, runner, log } = partsOn(await open(), folder);
    queue.process(runner.run);
    const done = await jobs.create(request({ events: 3, eventsPerSecond: 0 }), CALLER, details('key'));
    await eventually(() => log.isSealed(done.jobId));
    const held = await jobs.create(request({ hold: true }), CALLER, details());
    await jobs.cancel(held.jobId, CALLER);
    await eventually(async () => (await queue.depth()).running === 0);
    for (const { jobId } of [done, held]) await jobs.remove(jobId, CALLER);

    const left = await redis.client.keys('*');
    const ofTheServer = ['clock', 'feed', 'job-number', 'processes', 'space'].map((name) => `{aura}:${name}`);
    expect(left.filter((key) => !key.startsWith('{aura}:bull:jobs:') && !ofTheServer.includes(key))).toEqual([]);
    expect(left.filter((key) => key.includes(done.jobId) || key.includes(held.jobId))).toEqual([]);
  });

  test('that were begun while a process died are finished by another', async () => {
    const [dead, alive] = [await open(), partsOn(await open(), folder)];
    const { spec, simulation } = request({ events: 1 });
    const origin = { ownerId: 'ann', correlationId: 'c', createdAt: 1, retryOf: null, attempt: 1 };
    await dead.store.create({ id: 'job-1', spec, simulation, ...origin }, undefined);
    await alive.jobs.recover();
    expect(await typesOf(alive.log, 'job-1')).toEqual(['job-status']);
    expect(await alive.queue.position('job-1')).toBe(0);
  });
});

describe('a job that was paused', () => {
  const LONG = { events: 100_000, eventsPerSecond: 50 };
  type Parts = ReturnType<typeof partsOn>;
  const reaches = ({ hub }: Parts, jobId: string, status: string) =>
    eventually(async () => (await hub.snapshot(jobId)).status === status);
  const running = async (api: Parts) => {
    const { jobId } = await api.jobs.create(request(LONG), CALLER, details());
    await reaches(api, jobId, 'Running');
    return jobId;
  };

  test('rests in whatever process it runs, and goes on in any', async () => {
    const [api, first] = [partsOn(await open(), folder), partsOn(await open(), folder)];
    first.queue.process(first.runner.run);
    const jobId = await running(api);
    await api.jobs.pause(jobId, CALLER);
    await reaches(api, jobId, 'Paused');
    await first.queue.close();

    const second = partsOn(await open(), folder);
    second.queue.process(second.runner.run);
    await api.jobs.resume(jobId, CALLER);
    await reaches(api, jobId, 'Running');
    await api.jobs.cancel(jobId, CALLER);
    await reaches(api, jobId, 'Canceled');
  });

  test('rests also when the word to stop was lost', async () => {
    const [api, worker] = [partsOn(await open(), folder), partsOn(await open(), folder)];
    worker.queue.process(worker.runner.run);
    const jobId = await running(api);
    await api.store.requestPause(jobId, true);
    await redis.client.hincrby('{aura}:clock', 'counter', 10);
    await reaches(api, jobId, 'Paused');
  });

  test.each([
    ['resume', 'Running'],
    ['cancel', 'Canceled'],
  ] as const)('and is told to rest, but has not left its worker: %s', async (wish, status) => {
    const [api, worker] = [partsOn(await open(), folder), partsOn(await open(), folder)];
    const [told, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = 0;
    worker.queue.process(async (jobId, signal) => {
      runs++;
      await worker.runner.run(jobId, signal);
      told.resolve();
      await go.promise;
    });
    const jobId = await running(api);
    await api.jobs.pause(jobId, CALLER);
    await told.promise;
    expect((await api.jobs.get(jobId, CALLER)).status).toBe('Paused');
    await api.jobs[wish](jobId, CALLER);
    go.resolve();
    await reaches(api, jobId, status);
    expect(runs).toBe(2);
  });

  test('and leaves its worker this very moment is asked for when it has left', async () => {
    const { queue, store } = await open();
    let handed = 0;
    queue.process(async () => void handed++);
    // BullMQ's own step, in which the job goes, comes late.
    const { spec, simulation } = request(LONG);
    const origin = { ownerId: 'ann', correlationId: 'c', createdAt: 1, retryOf: null, attempt: 1 };
    await store.create({ id: 'job', spec, simulation, ...origin }, undefined);
    const queued = '{aura}:bull:jobs:job';
    await redis.client.hset(queued, 'aura', 'leaving');
    await redis.client.set(`${queued}:lock`, 'somebody');
    const scripts = async () =>
      Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.client.info('commandstats'))?.[1] ?? 0);
    await redis.client.config('RESETSTAT');
    let asked = false;
    const asking = queue.enqueue('job').then(() => (asked = true));
    await eventually(async () => (await scripts()) > 5);
    expect([asked, handed]).toEqual([false, 0]);
    await redis.client.del(queued, `${queued}:lock`);
    await asking;
    await eventually(() => handed === 1);
    await eventually(async () => (await queue.countOf('ann')) === 0);
  });

  test.each(['resume', 'cancel'] as const)(
    'while it waited for a worker, and is told otherwise at once: %s',
    async (wish) => {
      const [a, b] = [await open(), partsOn(await open(), folder)];
      // What the other process wants comes between the word that it rests and its leaving the queue.
      const between = async (): Promise<void> => {
        if (wish === 'resume') return b.jobs.resume(jobId, CALLER);
        // A cancel has found it in the queue, and will not find it there any more.
        await b.store.requestCancel(jobId);
        await b.queue.enqueue(jobId);
      };
      const queue = Object.assign(Object.create(a.queue) as typeof a.queue, {
        enqueue: (id: string) => a.queue.enqueue(id),
        position: (id: string) => a.queue.position(id),
        stop: (id: string, why: 'cancel' | 'pause') => a.queue.stop(id, why),
        remove: async (id: string) => {
          await between();
          await a.queue.remove(id);
        },
      });
      const pausing = partsOn({ ...a, queue }, folder);
      const { jobId } = await b.jobs.create(request({ events: 5, eventsPerSecond: 0 }), CALLER, details());
      const record = (await b.store.get(jobId))!;
      await b.log.append(jobId, beginningEvents(record, await b.hub.snapshot(jobId)));
      await pausing.jobs.pause(jobId, CALLER);

      const worker = partsOn(await open(), folder);
      worker.queue.process(worker.runner.run);
      await reaches(b, jobId, wish === 'resume' ? 'Succeeded' : 'Canceled');
    },
  );

  test('is not put down by a word that was meant for an earlier run', async () => {
    const [api, worker] = [partsOn(await open(), folder), await open()];
    const stopped: string[] = [];
    let handed = 0;
    worker.queue.process(async (jobId, signal) => {
      handed++;
      signal.addEventListener('abort', () => stopped.push((signal.reason as { why: string }).why));
      await worker.log.caughtUp();
      await worker.log.append(jobId, [end()]);
    });
    await cutFeeds();
    // The word comes before the job and is read later.
    await api.queue.stop('job', 'pause');
    await api.queue.enqueue('job');
    await eventually(() => worker.log.isSealed('job'));
    expect([handed, stopped]).toEqual([1, []]);
  });
});

test('an end that was logged by a process that tells nobody is told by another, once', async () => {
  const [api, engine] = [partsOn(await open(), folder), await open()];
  const { log, store, hub } = partsOn(engine, folder);
  const receiver = await startReceiver();
  const notifier = new Notifier({
    outbox: engine.outbox,
    store,
    log,
    hub,
    channels: new Map([['webhook', webhookChannel([`whsec_${Buffer.alloc(32, 7).toString('base64')}`])]]),
    metrics: new ServerMetrics(),
    logger: pino({ level: 'silent' }),
    privateHosts: ['localhost'],
    attempts: 3,
    retryMs: 10,
    timeoutMs: 2000,
  });
  try {
    await notifier.start();
    const notify = { webhook: { url: receiver.url } };
    const { jobId } = await api.jobs.create({ ...request({ events: 1 }), notify }, CALLER, details());
    await notifier.recover();
    expect(await engine.outbox.awaited()).toEqual([jobId]);
    await api.jobs.cancel(jobId, CALLER);
    for (let n = 0; n < 3; n++) await notifier.recover();
    await eventually(async () => (await engine.outbox.awaited()).length + (await engine.outbox.depth()) === 0);
    await notifier.recover();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([`msg_${jobId}`]);
  } finally {
    await notifier.close();
    await receiver.close();
  }
});

describe('limits', () => {
  test('AC-51 count what all processes hold, and not what dead ones held', async () => {
    const [a, b] = [await open(), await open()];
    const atA = [await a.slots.take('streams ann', 4), await a.slots.take('streams ann', 4)];
    expect((await b.slots.take('streams ann', 4))?.others).toBe(2);
    atA[0]!.release();
    await eventually(async () => (await redis.client.hvals('{aura}:slots:streams ann')).join() === '1,1');
    expect((await b.slots.take('streams ann', 4))?.others).toBe(2);
    expect((await b.slots.take('streams ann', 4))?.others).toBe(3);
    expect(await b.slots.take('streams ann', 4)).toBeUndefined();

    // All processes fall silent; the next sign of life is of the second alone.
    for (const member of await redis.client.zrange('{aura}:processes', 0, '-1'))
      await redis.client.zadd('{aura}:processes', 1, member);
    engines.splice(engines.indexOf(a), 1);
    await a.queue.close();
    await a.close();
    await eventually(async () => (await redis.client.zcount('{aura}:processes', 2, '+inf')) === 1);
    expect((await b.slots.take('streams ann', 4))?.others).toBe(3);
  });

  test('AC-52 count what all processes do', async () => {
    const [a, b] = [await open(), await open()];
    await a.rate('new jobs', 2, 60).consume('ann');
    await b.rate('new jobs', 2, 60).consume('ann');
    await expect(a.rate('new jobs', 2, 60).consume('ann')).rejects.toMatchObject({ remainingPoints: 0 });
  });

  test('every process signs with the same key', async () => {
    const all = [await open(), await open(), await open()];
    const signing = await Promise.all(all.map((engine) => engine.signingKey()));
    expect(new Set(signing.map(String)).size).toBe(1);
  });
});

test('a Redis that is not there is named at the start, without its password', async () => {
  const opening = openRedisEngine({
    url: 'redis://user:a-secret@127.0.0.1:1/3',
    concurrency: 1,
    takeOverAfterMs: 1000,
    onError: () => {},
    onTrouble: () => {},
  });
  await expect(opening).rejects.toThrow(/^Redis at 127\.0\.0\.1:1\/3 cannot be used: .*ECONNREFUSED[^]*AURA_REDIS_URL/);
  await expect(opening).rejects.not.toThrow(/a-secret/);
});
