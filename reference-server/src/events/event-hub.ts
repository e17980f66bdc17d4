/** The channels of this process: one for each job that somebody is interested in. */
import type { ServerResponse } from 'node:http';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { EventLog } from './event-log.ts';
import { EventStreamSession } from './event-stream-session.ts';
import type { SessionOptions, SessionStart } from './event-stream-session.ts';
import { JobChannel } from './job-channel.ts';

/** Channels that nobody reads are kept for the next reader, up to this many. */
const IDLE_CHANNELS = 64;
/** Final states that are kept, so that a list of old jobs does not read their logs again. */
const ENDED_SNAPSHOTS = 1000;

export class EventHub {
  readonly #log: EventLog;
  readonly #options: SessionOptions;
  readonly #channels = new Map<string, { readonly opened: Promise<JobChannel>; users: number }>();
  readonly #ended = new Map<string, JobSnapshot>();
  readonly #sessions = new Set<EventStreamSession>();
  #ticker: NodeJS.Timeout | undefined;

  constructor(log: EventLog, options: SessionOptions) {
    this.#log = log;
    this.#options = options;
  }

  /** A job's state now: the fold of its log. Of an ended job it is kept, since it never changes. */
  async snapshot(jobId: string): Promise<JobSnapshot> {
    const known = this.#ended.get(jobId);
    if (known) return known;
    return this.withChannel(jobId, async ({ snapshot }) => {
      if (isTerminal(snapshot.status)) remember(this.#ended, jobId, snapshot, ENDED_SNAPSHOTS);
      return snapshot;
    });
  }

  /** Lends the channel of a job: it stays open at least until `use` has returned. */
  async withChannel<T>(jobId: string, use: (channel: JobChannel) => Promise<T>): Promise<T> {
    const entry = this.#channels.get(jobId) ?? { opened: JobChannel.open(jobId, this.#log), users: 0 };
    // Counted before anything is awaited, and the map stays in the order of use.
    entry.users++;
    this.#channels.delete(jobId);
    this.#channels.set(jobId, entry);
    try {
      return await use(await entry.opened);
    } catch (error) {
      entry.opened.catch(() => this.#channels.delete(jobId));
      throw error;
    } finally {
      entry.users--;
      this.#dropIdle();
    }
  }

  /** Serves a stream until it ends. */
  serve(response: ServerResponse, channel: JobChannel, start: SessionStart): void {
    const session = new EventStreamSession(response, channel, start, this.#options);
    this.#sessions.add(session);
    this.#ticker ??= this.#startTicker();
    response.once('close', () => {
      this.#sessions.delete(session);
      if (this.#sessions.size > 0) return;
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    });
  }

  /** Ends every stream cleanly; readers come back after `retryMs`. */
  close(retryMs: number): void {
    for (const session of this.#sessions) session.end(retryMs);
  }

  /** One timer for the keep-alives and rotations of all sessions. */
  #startTicker(): NodeJS.Timeout {
    const everyMs = Math.min(1000, this.#options.keepAliveMs / 2, this.#options.maxAgeMs / 4);
    return setInterval(() => {
      const now = performance.now();
      for (const session of this.#sessions) session.tick(now);
    }, everyMs).unref();
  }

  #dropIdle(): void {
    let surplus = this.#channels.size - IDLE_CHANNELS;
    for (const [jobId, entry] of this.#channels) {
      if (surplus-- <= 0) return;
      if (entry.users > 0) continue;
      entry.opened.then(
        (channel) => {
          if (entry.users > 0 || channel.sessions.size > 0 || this.#channels.get(jobId) !== entry) return;
          this.#channels.delete(jobId);
          channel.close();
        },
        () => {},
      );
    }
  }
}

/** Adds to a map that forgets its oldest entries. */
function remember<K, V>(map: Map<K, V>, key: K, value: V, limit: number): void {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}
