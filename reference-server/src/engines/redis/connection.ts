/** Connections to Redis that outlive its restarts, and its troubles in a form that the server can tell. */
import { Redis } from 'ioredis';

/** How long Redis may take at the start, in ms: it may be starting as well. */
const START_MS = 10_000;
/** How long a question waits for its answer, in ms: a restart of Redis, and not much more. */
const ANSWER_MS = 5000;
/** A sign of life is asked for this often, in ms, and one that is missing for as long means that the line is dead. */
const PULSE_MS = 3000;
const MAX_RECONNECT_MS = 500;

/** Redis does not do what it is asked to; `code` says why, see `jobs/storage-fault.ts`. */
export class RedisTrouble extends Error {
  override readonly name = 'RedisTrouble';
  readonly code: string;

  constructor(code: 'REDIS_SILENT' | 'REDIS_FULL' | 'REDIS_REFUSES', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A connection that is made again for as long as the process lives. What was sent and not answered is sent again, so
 * everything that is sent must bear that.
 *
 * @param onTrouble told of each failed attempt
 */
export function openConnection(url: string, onTrouble: (error: unknown) => void): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: START_MS,
    retryStrategy: (times) => Math.min(times * 50, MAX_RECONNECT_MS),
    // After a failover the old master refuses to write: the name leads to the new one by then.
    reconnectOnError: ({ message }) => (/^(READONLY|UNBLOCKED|ERR WAIT)/.test(message) ? 2 : false),
  });
  redis.on('error', onTrouble);
  return redis;
}

/** Resolves when Redis answers. @throws {Error} it does not, and what to do */
export async function waitForRedis(redis: Redis, url: string): Promise<void> {
  let trouble: unknown;
  const hear = (error: unknown): void => void (trouble = error);
  redis.on('error', hear);
  try {
    await within(redis.ping(), START_MS);
  } catch (error) {
    const why = trouble ?? error;
    throw new Error(
      `Redis at ${placeOf(url)} cannot be used: ${why instanceof Error ? why.message : String(why)}\n` +
        'Start it, or correct AURA_REDIS_URL.',
      { cause: error },
    );
  } finally {
    redis.off('error', hear);
  }
}

/**
 * Notices a line that is dead without having been closed, as after a partition: nobody else would for many minutes.
 *
 * @returns a function that ends it
 */
export function keepAlive(redis: Redis): () => void {
  let greeting = false;
  const timer = setInterval(() => {
    // A line that died while Redis was being greeted is no better.
    if (greeting && redis.status === 'connect') reconnect(redis);
    greeting = redis.status === 'connect';
    if (redis.status === 'ready') within(redis.ping(), PULSE_MS).catch(() => reconnect(redis));
  }, PULSE_MS).unref();
  return () => clearInterval(timer);
}

/** Gives a line up. One that is being made must be left alone: the client would give up for good. */
export function reconnect(redis: Redis): void {
  if (redis.status === 'ready' || redis.status === 'connect') redis.disconnect(true);
}

/** An answer in time. @throws {RedisTrouble} there was none, or Redis refuses */
export async function answered<T>(reply: Promise<T>): Promise<T> {
  try {
    return await within(reply, ANSWER_MS);
  } catch (error) {
    throw toTrouble(error);
  }
}

/** What is no trouble of Redis stays what it is. */
export function toTrouble(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('OOM')) return new RedisTrouble('REDIS_FULL', message, { cause: error });
  return /^(MISCONF|READONLY|NOREPLICAS|MASTERDOWN|CLUSTERDOWN|LOADING|TRYAGAIN)/.test(message)
    ? new RedisTrouble('REDIS_REFUSES', message, { cause: error })
    : error;
}

/** The address without the password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}

function within<T>(reply: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new RedisTrouble('REDIS_SILENT', `No answer in ${ms} ms.`)), ms);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
