/** Event log in Redis Streams: one stream for each job, and the feed that tells every process. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isEventId } from '@aura-jobs/sdk/protocol';
import type { JobEventDraft } from '@aura-jobs/sdk/protocol';
import type { AppendOptions, EventLog, LoggedEvent } from '../../events/event-log.ts';
import { LogSealedError, toPayload } from '../../events/event-log.ts';
import { JobStopped } from '../../jobs/job-queue.ts';
import { answered, toTrouble } from './connection.ts';
import { newestId } from './feed.ts';
import type { Feed, Listener } from './feed.ts';
import type { Replicas } from './replicas.ts';
import { keys } from './keys.ts';
import { readEvents } from './logged-events.ts';
import type { Runs } from './runs.ts';
import { APPEND, loadScript } from './scripts.ts';
import type { Script } from './scripts.ts';

export interface RedisEventLogOptions {
  readonly redis: Redis;
  readonly replicas: Replicas;
  readonly feed: Feed;
  readonly runs: Runs;
  /** Entries of the feed that are kept, about: what a process may lag behind without reading the jobs' logs. */
  readonly feedLength: number;
}

export class RedisEventLog implements EventLog {
  readonly #options: RedisEventLogOptions;
  readonly #append: Script;
  /** Tells this process' appends from those of others. */
  readonly #writer = randomUUID();
  #appends = 0;
  /** The last append of each job that is under way: they go one after another, so that each can be sent again. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(options: RedisEventLogOptions) {
    this.#options = options;
    this.#append = loadScript(options.replicas.redis, 'Append', APPEND);
  }

  /** Waits for as long as Redis is away: only Redis can tell whether the events are in the log. */
  async append(
    jobId: string,
    events: readonly JobEventDraft[],
    options: AppendOptions = {},
  ): Promise<readonly LoggedEvent[]> {
    const logged = (this.#underWay.get(jobId) ?? Promise.resolve()).then(() => this.#log(jobId, events, options));
    const settled = logged.then(
      () => {},
      () => {},
    );
    this.#underWay.set(jobId, settled);
    void settled.then(() => this.#underWay.get(jobId) === settled && this.#underWay.delete(jobId));
    return logged;
  }

  read(
    jobId: string,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<LoggedEvent[]> {
    return answered(readEvents(this.#options.redis, jobId, after, limit));
  }

  async has(jobId: string, id: string): Promise<boolean> {
    return isEventId(id) && (await answered(this.#options.redis.xrange(keys.events(jobId), id, id))).length > 0;
  }

  newestId(): Promise<string> {
    return answered(newestId(this.#options.redis));
  }

  async isSealed(jobId: string): Promise<boolean> {
    return (await answered(this.#options.redis.hexists(keys.log(jobId), 'end'))) === 1;
  }

  endedBefore(time: number, limit: number): Promise<string[]> {
    return answered(this.#options.redis.zrangebyscore(keys.ends, '-inf', `(${time}`, 'LIMIT', 0, limit));
  }

  async remove(jobId: string): Promise<void> {
    const { redis } = this.#options;
    // The mark that it ended goes last: by it the next sweep finds what a crash has left.
    await answered(redis.del(keys.events(jobId), keys.log(jobId)));
    await answered(redis.zrem(keys.ends, jobId));
  }

  async check(): Promise<void> {
    await answered(this.#options.redis.set(keys.check, Date.now()));
    await this.caughtUp();
  }

  follow(jobId: string, listener: Listener): () => void {
    return this.#options.feed.follow(jobId, listener);
  }

  caughtUp(): Promise<void> {
    return this.#options.feed.caughtUp();
  }

  async #log(
    jobId: string,
    events: readonly JobEventDraft[],
    { first = false }: AppendOptions,
  ): Promise<LoggedEvent[]> {
    const { replicas, runs, feedLength } = this.#options;
    const number = ++this.#appends;
    const payloads = events.map(({ type, data }) => ({ type, json: toPayload(jobId, data) }));
    const place = [
      keys.clock,
      keys.feed,
      keys.events(jobId),
      keys.log(jobId),
      keys.ends,
      keys.job(jobId),
      keys.unqueued,
      keys.lock(jobId),
    ];
    const words = [
      jobId,
      this.#writer,
      number,
      first ? 'first' : '',
      runs.lockOf(jobId) ?? '',
      feedLength,
      keys.busy(''),
      ...payloads.flatMap(({ type, json }) => [type, json]),
    ];
    const reply = await replicas
      .have(() => this.#append(place, words))
      .catch((error: unknown) => {
        throw toTrouble(error);
      });
    if (reply === 'SEALED') throw new LogSealedError(jobId);
    if (reply === 'BEGUN') return [];
    if (reply === 'TAKEN') {
      runs.stop(jobId, 'taken');
      throw new JobStopped('taken');
    }
    const [ms, counter] = reply as [string, string];
    return payloads.map((payload, index) => ({ id: `${ms}-${Number(counter) + index}`, ...payload }));
  }
}
