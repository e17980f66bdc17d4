/**
 * Everything that this process has to be told, by one blocking read whatever the number of jobs: the events of all jobs
 * and the jobs to stop, in the order of the clock.
 *
 * The counter of the clock rises by one with each entry. So a gap is seen, as after a long partition or a failover that
 * lost what was written last; what is missing is then read from the jobs' logs.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import type { LoggedEvent } from '../../events/event-log.ts';
import type { StopReason } from '../../jobs/job-queue.ts';
import { answered, reconnect, RedisTrouble } from './connection.ts';
import { keys } from './keys.ts';
import { readEvents } from './logged-events.ts';
import type { Replicas } from './replicas.ts';

/** Entries that one read brings. */
const PORTION = 500;
/** A read without news ends after this time, in ms: nothing at all for twice as long means that the line is dead. */
const BLOCK_MS = 2000;
const RETRY_MS = 200;
const PAGE = 1000;

export type Listener = (events: readonly LoggedEvent[]) => void;

interface Followed {
  readonly listeners: Set<Listener>;
  /** What was handed out, or is older than the first listener. */
  newest: string;
}

interface Waiting {
  readonly id: string;
  resolve(): void;
  reject(error: unknown): void;
}

export interface FeedOptions {
  /** For the blocking read alone. */
  readonly reader: Replicas;
  readonly redis: Redis;
  /** Somebody wants a job stopped. @param id of the word */
  readonly onStop: (jobId: string, why: StopReason, id: string) => void;
  /** Such words may have been missed. */
  readonly onGap: () => void;
  readonly onTrouble: (error: unknown) => void;
}

export class Feed {
  readonly #options: FeedOptions;
  readonly #followed = new Map<string, Followed>();
  readonly #waiting = new Set<Waiting>();
  /** Id of the newest entry that was handed out. */
  #position: string;
  #reading: Promise<void> | undefined;
  #closed = false;
  readonly #over = Promise.withResolvers<null>();

  private constructor(options: FeedOptions, position: string) {
    this.#options = options;
    this.#position = position;
  }

  /** Resolves when nothing that is logged from now on is missed. */
  static async open(options: FeedOptions): Promise<Feed> {
    const feed = new Feed(options, await newestId(options.redis));
    feed.#reading = feed.#read();
    return feed;
  }

  /** Hands each later event of a job to `listener`, in order. @returns a function that ends it */
  follow(jobId: string, listener: Listener): () => void {
    const followed = this.#followed.get(jobId) ?? { listeners: new Set(), newest: this.#position };
    this.#followed.set(jobId, followed);
    followed.listeners.add(listener);
    return () => {
      followed.listeners.delete(listener);
      if (followed.listeners.size === 0 && this.#followed.get(jobId) === followed) this.#followed.delete(jobId);
    };
  }

  /** Resolves when everything that is logged by now was handed out. @throws {RedisTrouble} it was not, in time */
  async caughtUp(): Promise<void> {
    const id = await answered(newestId(this.#options.redis));
    if (compareEventIds(id, this.#position) <= 0) return;
    const reached = Promise.withResolvers<void>();
    const waiting: Waiting = { id, resolve: reached.resolve, reject: reached.reject };
    this.#waiting.add(waiting);
    await answered(reached.promise).finally(() => this.#waiting.delete(waiting));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#over.resolve(null);
    this.#options.reader.redis.disconnect();
    await this.#reading;
    for (const { reject } of this.#waiting) reject(new RedisTrouble('REDIS_SILENT', 'The server stops.'));
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      try {
        // What a failover could lose is not shown.
        const entries = await this.#options.reader.have(() => this.#next());
        if (this.#closed) return;
        if (entries.length > 0 && this.#isNext(entries[0]![0])) this.#handOut(entries);
        // Nothing new, or not what comes next: perhaps Redis has lost what this process has seen already.
        else if (
          entries.length > 0 ||
          compareEventIds(await answered(newestId(this.#options.redis)), this.#position) < 0
        )
          await this.#realign();
      } catch (error) {
        if (this.#closed) return;
        this.#options.onTrouble(error);
        await delay(RETRY_MS);
      }
    }
  }

  async #next(): Promise<Entry[]> {
    const { redis: reader } = this.#options.reader;
    const dead = setInterval(() => reconnect(reader), BLOCK_MS * 2);
    try {
      const read = reader.xread('COUNT', PORTION, 'BLOCK', BLOCK_MS, 'STREAMS', keys.feed, this.#position);
      read.catch(() => {});
      // A client that is closed while it waits for a connection never answers.
      const reply = await Promise.race([read, this.#over.promise]);
      return reply?.[0]?.[1] ?? [];
    } finally {
      clearInterval(dead);
    }
  }

  #isNext(id: string): boolean {
    return counterOf(id) === counterOf(this.#position) + 1;
  }

  #handOut(entries: readonly Entry[]): void {
    const news = new Map<string, LoggedEvent[]>();
    for (const [id, [kind, jobId, , type, , json]] of entries) {
      if (kind === 'stop') this.#options.onStop(jobId!, type as StopReason, id);
      else if (this.#followed.has(jobId!)) {
        const events = news.get(jobId!) ?? [];
        news.set(jobId!, events);
        events.push({ id, type: type as LoggedEvent['type'], json: json! });
      }
    }
    for (const [jobId, events] of news) this.#tell(jobId, events);
    this.#moveTo(entries.at(-1)![0]);
  }

  /** Goes on at the end, after what was missed was read from the logs of all jobs that somebody follows. */
  async #realign(): Promise<void> {
    const { redis, onGap } = this.#options;
    const end = await answered(newestId(redis));
    const missed = new Map<string, LoggedEvent[]>();
    for (const [jobId, { newest }] of this.#followed) {
      const events: LoggedEvent[] = [];
      for (let more = true; more;) {
        const page = await answered(readEvents(redis, jobId, events.at(-1)?.id ?? newest, PAGE));
        events.push(...page);
        more = page.length === PAGE;
      }
      missed.set(jobId, events);
    }
    // All at once: who follows several jobs must not see a later event of one before an earlier one of another.
    for (const [jobId, events] of missed) this.#tell(jobId, events);
    onGap();
    this.#moveTo(end);
  }

  #tell(jobId: string, events: readonly LoggedEvent[]): void {
    const followed = this.#followed.get(jobId);
    const fresh = events.filter(({ id }) => followed && compareEventIds(id, followed.newest) > 0);
    if (!followed || fresh.length === 0) return;
    followed.newest = fresh.at(-1)!.id;
    for (const listener of followed.listeners) listener(fresh);
  }

  #moveTo(id: string): void {
    this.#position = id;
    for (const waiting of this.#waiting) if (compareEventIds(waiting.id, id) <= 0) waiting.resolve();
  }
}

/** Id, and fields with their values. */
type Entry = [id: string, fields: string[]];

/** The id of what was logged last, by whoever it was. */
export async function newestId(redis: Redis): Promise<string> {
  const [ms, counter] = await redis.hmget(keys.clock, 'ms', 'counter');
  return `${ms ?? 0}-${counter ?? 0}`;
}

function counterOf(id: string): number {
  return Number(id.slice(id.indexOf('-') + 1));
}
