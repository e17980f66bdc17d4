/** The distributed engine: any number of processes on one Redis. */
import { randomBytes } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Redis } from 'ioredis';
import type { Engine, EngineOptions } from '../engine.ts';
import { BullJobQueue } from './bull-job-queue.ts';
import { answered, keepAlive, openConnection, waitForRedis } from './connection.ts';
import { Feed } from './feed.ts';
import { keys } from './keys.ts';
import { RedisArtifactLedger } from './redis-artifact-ledger.ts';
import { RedisEventLog } from './redis-event-log.ts';
import { RedisJobStore } from './redis-job-store.ts';
import { RedisOutbox } from './redis-outbox.ts';
import { RedisSlots } from './redis-slots.ts';
import { Replicas } from './replicas.ts';
import { Runs } from './runs.ts';

/** Entries of the feed that are kept, about. */
const FEED_LENGTH = 4096;
const KEY_BYTES = 32;

export interface RedisEngineOptions extends EngineOptions {
  /** `redis://[user:password@]host:port/database`, or `rediss://` for TLS. */
  readonly url: string;
  /** Silence of a worker after which its jobs go to another one, in ms. */
  readonly takeOverAfterMs: number;
  /** Told of a lost connection and the like: the engine goes on by itself. */
  readonly onTrouble: (error: unknown) => void;
  /** Replicas that must have what is acknowledged. @defaultValue 0 */
  readonly replicas?: number;
  readonly feedLength?: number;
}

/** @throws {Error} Redis does not answer */
export async function openRedisEngine(options: RedisEngineOptions): Promise<Engine> {
  const { url, concurrency, takeOverAfterMs, onTrouble, replicas: count = 0, feedLength = FEED_LENGTH } = options;
  const redis = openConnection(url, onTrouble);
  const stopPulse = keepAlive(redis);
  try {
    await waitForRedis(redis, url);
  } catch (error) {
    stopPulse();
    redis.disconnect();
    throw error;
  }
  const runs = new Runs();
  // Waiting for replicas holds a connection up.
  const writer = count === 0 ? redis : openConnection(url, onTrouble);
  const stopWriterPulse = count === 0 ? () => {} : keepAlive(writer);
  const replicas = new Replicas(writer, count);
  const feed = await Feed.open({
    redis,
    reader: new Replicas(openConnection(url, onTrouble), count),
    onTrouble,
    onStop: (jobId, why, id) => runs.obey(jobId, why, id),
    onGap: () => void stopUnwanted().catch(onTrouble),
  });
  const store = new RedisJobStore(redis, replicas);
  const slots = await RedisSlots.open(redis, onTrouble);

  /** Some words to stop were missed. */
  async function stopUnwanted(): Promise<void> {
    for (const jobId of runs.jobIds) {
      if (await store.isCancelRequested(jobId)) runs.stop(jobId, 'cancel');
      else if (await store.isPauseRequested(jobId)) runs.stop(jobId, 'pause');
    }
  }

  return {
    store,
    slots,
    log: new RedisEventLog({ redis, replicas, feed, runs, feedLength }),
    queue: new BullJobQueue({
      redis,
      replicas,
      runs,
      concurrency,
      feedLength,
      takeOverAfterMs,
      onError: options.onError,
    }),
    ledger: new RedisArtifactLedger(redis),
    outbox: new RedisOutbox(redis),
    rate: (name, points, duration) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `${keys.rate}:${name}`,
        points,
        duration,
        // Each process for itself, until Redis is back.
        insuranceLimiter: new RateLimiterMemory({ points, duration }),
        rejectIfRedisNotReady: true,
      }),
    signingKey: () => sharedKey(redis),
    async close() {
      slots.close();
      await feed.close();
      stopPulse();
      stopWriterPulse();
      redis.disconnect();
      writer.disconnect();
    },
  };
}

/** Whoever comes first makes it. */
async function sharedKey(redis: Redis): Promise<Uint8Array> {
  await answered(redis.set(keys.signingKey, randomBytes(KEY_BYTES).toString('base64'), 'NX'));
  return Buffer.from((await answered(redis.get(keys.signingKey)))!, 'base64');
}
