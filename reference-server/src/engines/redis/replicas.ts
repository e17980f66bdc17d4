/**
 * What a failover must not lose is said to have happened when replicas have it (Redis `WAIT`). Without replicas to wait
 * for, this costs nothing.
 */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

/** How long Redis waits before it says how many replicas have it, in ms. Then it is asked again. */
const WAIT_MS = 500;

export class Replicas {
  /** `WAIT` holds up all that comes after it on a connection, and counts what came before it there. */
  readonly redis: Redis;
  readonly #count: number;
  /** Lines that were lost so far: behind a new one there may be another Redis. */
  #lost = 0;
  #word: Promise<number> | undefined;

  /** @param count how many replicas must have it; 0 asks for none */
  constructor(redis: Redis, count: number) {
    this.redis = redis;
    this.#count = count;
    redis.on('close', () => this.#lost++);
  }

  /**
   * Does something on the connection until its effects, and whatever it has seen, are with the replicas. It is done
   * again when they are not in time, or when the line was lost meanwhile, so it must bear that.
   */
  async have<T>(work: () => Promise<T>): Promise<T> {
    if (this.#count === 0) return work();
    for (;;) {
      const lost = this.#lost;
      const result = await work();
      if ((await this.#ask()) >= this.#count && lost === this.#lost) return result;
    }
  }

  /** One question for all that was done in this turn. @returns how many replicas have it; -1 where Redis could not say */
  #ask(): Promise<number> {
    return (this.#word ??= nextTurn().then(async () => {
      this.#word = undefined;
      try {
        // Only a write is sure to count: what was seen may have been written by others.
        const [, have] = await Promise.all([
          this.redis.set(keys.check, Date.now()),
          this.redis.wait(this.#count, WAIT_MS),
        ]);
        return have;
      } catch (error) {
        // Asking again would not help.
        if (this.redis.status === 'end' || /^(NOPERM|ERR unknown command)/.test((error as Error).message)) throw error;
        await delay(WAIT_MS);
        return -1;
      }
    }));
  }
}
