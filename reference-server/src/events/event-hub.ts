/** The channels of this process, one for each job that somebody is interested in, and the sessions that read them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { EventLog } from './event-log.ts';
import { EventStreamSession } from './event-stream-session.ts';
import type { Reading, SessionOptions } from './event-stream-session.ts';
import { JobChannel } from './job-channel.ts';

/** Channels that nobody reads are kept for the next reader, up to this many. */
const IDLE_CHANNELS = 64;
/** Final states that are kept, so that a list of old jobs does not read their logs again. */
const ENDED_SNAPSHOTS = 1000;

interface Entry {
  readonly opened: Promise<JobChannel>;
  users: number;
}

export interface HubOptions extends SessionOptions {
  /** Called with the seconds from an event to the last of its readers. */
  readonly onFanOut?: (seconds: number) => void;
}

export class EventHub {
  readonly #log: EventLog;
  readonly #options: HubOptions;
  readonly #channels = new Map<string, Entry>();
  readonly #ended = new Map<string, JobSnapshot>();
  readonly #sessions = new Set<EventStreamSession>();
  #ticker: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(log: EventLog, options: HubOptions) {
    this.#log = log;
    this.#options = options;
  }

  /** Readers that are served now. */
  get openStreams(): number {
    return this.#sessions.size;
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
  withChannel<T>(jobId: string, use: (channel: JobChannel) => Promise<T>): Promise<T> {
    return this.withChannels([jobId], ([channel]) => use(channel!));
  }

  /** The same for several jobs at once. */
  async withChannels<T>(jobIds: readonly string[], use: (channels: readonly JobChannel[]) => Promise<T>): Promise<T> {
    const entries: Entry[] = [];
    const channels: JobChannel[] = [];
    try {
      for (const jobId of jobIds) {
        // Many logs must not hold up everybody else.
        if (entries.length > 0) await nextTurn();
        const entry = this.#borrow(jobId);
        entries.push(entry);
        channels.push(await entry.opened);
      }
      // Other processes log as well: what a reader has seen at one of them is known here, too.
      if (!channels.every(({ ended }) => ended)) await this.#log.caughtUp();
      return await use(channels);
    } finally {
      for (const entry of entries) entry.users--;
      this.#dropIdle();
    }
  }

  /** Serves a reader until it has everything, or is gone. */
  serve(reading: Reading): void {
    const session = new EventStreamSession(reading, this.#options, () => {
      this.#sessions.delete(session);
      if (this.#sessions.size > 0) return;
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    });
    this.#sessions.add(session);
    this.#ticker ??= this.#startTicker();
    if (this.#closed) session.end('shutdown');
  }

  /** Forgets a job that was deleted. */
  forget(jobId: string): void {
    const entry = this.#channels.get(jobId);
    this.#channels.delete(jobId);
    this.#ended.delete(jobId);
    entry?.opened.then(
      (channel) => channel.close(),
      () => {},
    );
  }

  /** Ends every session in order, also those that begin later. */
  close(): void {
    this.#closed = true;
    for (const session of this.#sessions) session.end('shutdown');
  }

  /** One timer for the keep-alives and rotations of all sessions. */
  #startTicker(): NodeJS.Timeout {
    const everyMs = Math.min(1000, this.#options.keepAliveMs / 2, this.#options.maxAgeMs / 4);
    return setInterval(() => {
      const now = performance.now();
      for (const session of this.#sessions) session.tick(now);
    }, everyMs).unref();
  }

  /** Counted before anything is awaited, and the map stays in the order of use. */
  #borrow(jobId: string): Entry {
    const entry = this.#channels.get(jobId) ?? {
      opened: JobChannel.open(jobId, this.#log, this.#options.onFanOut),
      users: 0,
    };
    entry.users++;
    this.#channels.delete(jobId);
    this.#channels.set(jobId, entry);
    entry.opened.catch(() => {
      if (this.#channels.get(jobId) === entry) this.#channels.delete(jobId);
    });
    return entry;
  }

  #dropIdle(): void {
    let surplus = this.#channels.size - IDLE_CHANNELS;
    for (const [jobId, entry] of this.#channels) {
      if (surplus-- <= 0) return;
      if (entry.users > 0) continue;
      entry.opened.then(
        (channel) => {
          if (entry.users > 0 || channel.inUse || this.#channels.get(jobId) !== entry) return;
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
