/** The channels of this process: one for each job that somebody is interested in. */
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { EventLog } from './event-log.ts';
import { EventStreamSession } from './event-stream-session.ts';
import type { SessionOptions, SessionStart } from './event-stream-session.ts';
import { JobChannel } from './job-channel.ts';
import type { ServerResponse } from 'node:http';

/** Channels that nobody reads are kept for the next reader, up to this many. */
const IDLE_CHANNELS = 64;

export class EventHub {
  readonly #log: EventLog;
  readonly #options: SessionOptions;
  readonly #channels = new Map<string, Promise<JobChannel>>();
  readonly #sessions = new Set<EventStreamSession>();
  #ticker: NodeJS.Timeout | undefined;

  constructor(log: EventLog, options: SessionOptions) {
    this.#log = log;
    this.#options = options;
  }

  /** A job's state now: the fold of its log. */
  async snapshot(jobId: string): Promise<JobSnapshot> {
    return (await this.#channel(jobId)).snapshot;
  }

  /** Lends the channel of a job: it stays open at least until `use` has returned. */
  async withChannel<T>(jobId: string, use: (channel: JobChannel) => Promise<T>): Promise<T> {
    const channel = await this.#channel(jobId);
    const pin = (): void => {};
    channel.sessions.add(pin);
    try {
      return await use(channel);
    } finally {
      channel.sessions.delete(pin);
    }
  }

  #channel(jobId: string): Promise<JobChannel> {
    const known = this.#channels.get(jobId);
    if (known) {
      // The map stays in the order of use.
      this.#channels.delete(jobId);
      this.#channels.set(jobId, known);
      return known;
    }
    const opened = JobChannel.open(jobId, this.#log);
    this.#channels.set(jobId, opened);
    opened.then(
      () => this.#dropIdle(),
      () => this.#channels.delete(jobId),
    );
    return opened;
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

  async #dropIdle(): Promise<void> {
    if (this.#channels.size <= IDLE_CHANNELS) return;
    for (const [jobId, opened] of [...this.#channels].slice(0, this.#channels.size - IDLE_CHANNELS)) {
      const channel = await opened;
      if (channel.sessions.size > 0 || this.#channels.get(jobId) !== opened) continue;
      this.#channels.delete(jobId);
      channel.close();
    }
  }
}
