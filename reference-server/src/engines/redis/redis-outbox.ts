/** The outbox in Redis: one sorted set of all deliveries by time, and for each job how often each was tried. */
import type { Redis } from 'ioredis';
import type { ChannelName } from '../../notifications/notify-targets.ts';
import type { Delivery, Outbox } from '../../notifications/outbox.ts';
import { answered } from './connection.ts';
import { keys } from './keys.ts';
import { ADD_DELIVERIES, CLAIM, FINISH_DELIVERY, FORGET_DELIVERIES, RELEASE } from './outbox-scripts.ts';
import { loadScript } from './scripts.ts';
import type { Script } from './scripts.ts';

export class RedisOutbox implements Outbox {
  readonly #redis: Redis;
  readonly #add: Script;
  readonly #release: Script;
  readonly #claim: Script;
  readonly #done: Script;
  readonly #remove: Script;

  constructor(redis: Redis) {
    this.#redis = redis;
    this.#add = loadScript(redis, 'AddDeliveries', ADD_DELIVERIES);
    this.#release = loadScript(redis, 'Release', RELEASE);
    this.#claim = loadScript(redis, 'Claim', CLAIM);
    this.#done = loadScript(redis, 'FinishDelivery', FINISH_DELIVERY);
    this.#remove = loadScript(redis, 'ForgetDeliveries', FORGET_DELIVERIES);
  }

  async add(jobId: string, channels: readonly ChannelName[]): Promise<void> {
    await answered(this.#add([keys.outbox, keys.deliveries(jobId)], [jobId, ...channels]));
  }

  async awaited(): Promise<string[]> {
    const members = await answered(this.#redis.zrangebyscore(keys.outbox, '+inf', '+inf'));
    return [...new Set(members.map((member) => member.slice(member.indexOf(':') + 1)))];
  }

  async release(jobId: string, now: number): Promise<void> {
    await answered(this.#release([keys.outbox, keys.deliveries(jobId)], [jobId, now]));
  }

  async claim({ now, again, limit }: { now: number; again: number; limit: number }): Promise<Delivery[]> {
    const taken = await answered(this.#claim([keys.outbox], [now, again, limit, keys.deliveries('')]));
    return (taken as [string, ChannelName, number][]).map(([jobId, channel, attempt]) => ({ jobId, channel, attempt }));
  }

  async postpone({ jobId, channel }: Delivery, dueAt: number): Promise<void> {
    await answered(this.#redis.zadd(keys.outbox, 'XX', dueAt, `${channel}:${jobId}`));
  }

  async done({ jobId, channel }: Delivery): Promise<void> {
    await answered(this.#done([keys.outbox, keys.deliveries(jobId)], [jobId, channel]));
  }

  async nextDueAt(): Promise<number | undefined> {
    const [, dueAt] = await answered(
      this.#redis.zrange(keys.outbox, '-inf', '(+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES'),
    );
    return dueAt === undefined ? undefined : Number(dueAt);
  }

  depth(): Promise<number> {
    return answered(this.#redis.zcount(keys.outbox, '-inf', '(+inf'));
  }

  async remove(jobId: string): Promise<void> {
    await answered(this.#remove([keys.outbox, keys.deliveries(jobId)], [jobId]));
  }
}
