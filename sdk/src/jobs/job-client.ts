/** The client: one object per backend, shared by everything in the program that talks to it. */
import { HttpClient } from '../http/http-client.ts';
import type { HttpOptions } from '../http/http-client.ts';
import { isTerminalEvent } from '../protocol/job-events.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import type { RetryOptions } from '../sse/backoff.ts';
import { EventQueue } from './event-queue.ts';
import { JobFeed } from './job-feed.ts';
import type { JobReader } from './job-feed.ts';
import { JobsApi } from './jobs-api.ts';
import { JobWatcher } from './job-watcher.ts';

export interface AuraClientOptions extends HttpOptions {
  /** Reconnection of streams. */
  retry?: RetryOptions;
}

export interface EventsOptions {
  /** Ends the iteration; it throws the signal's reason. */
  signal?: AbortSignal;
  /** Begin after this event. */
  lastEventId?: string;
  /** `all`: begin with the first event the server still has, instead of the current state. */
  replay?: 'all';
}

/**
 * Talks to one Aura backend.
 *
 * @example
 * const client = new AuraClient({ baseUrl: 'http://localhost:5005' });
 * const { jobId } = await client.jobs.create({ brief: { topic: 'How tides work' } });
 * for await (const job of client.watch(jobId)) console.log(`${job.percent} % ${job.message}`);
 */
export class AuraClient {
  /** Create, get, list, cancel, retry. */
  readonly jobs: JobsApi;
  readonly #http: HttpClient;
  readonly #retry: RetryOptions | undefined;
  readonly #feeds = new Map<string, JobFeed>();

  constructor(options: AuraClientOptions = {}) {
    this.#http = new HttpClient(options);
    this.#retry = options.retry;
    this.jobs = new JobsApi(this.#http);
  }

  /**
   * Absolute URL of a path that an event or snapshot names, such as `output.videoPath`; `null` for what a page must not
   * link to, such as a path on somebody's disk (C-28).
   */
  url(path: string): string | null {
    if (/^(https?|blob):/i.test(path)) return path;
    // A scheme, a drive letter, another host.
    return /^(\w[\w+.-]*:|\/\/)|\\/.test(path) ? null : this.#http.url(path.replace(/^\/?/, '/'));
  }

  /**
   * Follows a job's state. Reads `GET` first, then streams from where that answer stood, so warnings, logs and finished
   * steps are complete. Reconnects by itself; all watchers of a job share one connection.
   */
  watch(jobId: string, { signal }: { signal?: AbortSignal } = {}): JobWatcher {
    return new JobWatcher(this.#feed(jobId), signal);
  }

  /**
   * A job's events, in order and each once, over any number of reconnects; ends after the terminal event. Without
   * options it begins with the current state and shares the job's connection.
   *
   * @throws the error that ended the connection for good, such as {@link JobNotFoundError}
   * @example for await (const event of client.events(jobId, { replay: 'all' })) console.log(event.id, event.type);
   */
  events(jobId: string, { signal, lastEventId, replay }: EventsOptions = {}): AsyncIterableIterator<JobEvent> {
    const exact = lastEventId !== undefined || replay === 'all';
    const feed = exact ? this.#newFeed(jobId, { lastEventId, replayAll: replay === 'all' }) : this.#feed(jobId);
    const abort = (): void => queue.end(signal?.reason);
    let stop: (() => void) | undefined;
    const queue = new EventQueue<JobEvent>(() => {
      signal?.removeEventListener('abort', abort);
      stop?.();
    });
    if (signal?.aborted) abort();
    else {
      signal?.addEventListener('abort', abort, { once: true });
      stop = feed.attach({
        onEvent(event) {
          queue.push(event);
          if (isTerminalEvent(event)) queue.end();
        },
        onState(state) {
          if (state.status === 'failed') queue.end(state.error);
          if (state.status === 'closed') queue.end();
        },
      });
    }
    return queue;
  }

  /** Callbacks instead of an iterator. @returns a function that ends the subscription */
  subscribe(jobId: string, reader: JobReader): () => void {
    return this.#feed(jobId).attach(reader);
  }

  #feed(jobId: string): JobFeed {
    const known = this.#feeds.get(jobId);
    if (known) return known;
    const feed = this.#newFeed(jobId, {
      onOver: () => {
        if (this.#feeds.get(jobId) === feed) this.#feeds.delete(jobId);
      },
    });
    this.#feeds.set(jobId, feed);
    return feed;
  }

  #newFeed(
    jobId: string,
    extra: { lastEventId?: string | undefined; replayAll?: boolean; onOver?: () => void },
  ): JobFeed {
    return new JobFeed({ http: this.#http, jobId, retry: this.#retry, ...extra });
  }
}
