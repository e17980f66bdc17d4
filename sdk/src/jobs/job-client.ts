/** The client: one object per backend, shared by everything in the program that talks to it. */
import { HttpClient } from '../http/http-client.ts';
import type { HttpOptions } from '../http/http-client.ts';
import type { JobEvent } from '../protocol/job-events.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { onAbort } from '../http/abort.ts';
import { connectJobs } from './connect-jobs.ts';
import type { ConnectionOptions, JobConnection } from './connect-jobs.ts';
import { encodeJobId, jobPath } from './job-path.ts';
import { JobsWatcher } from './jobs-watcher.ts';
import { EventQueue } from './event-queue.ts';
import { JobFeed } from './job-feed.ts';
import type { FeedOptions, JobReader, Unopened } from './job-feed.ts';
import { JobsApi } from './jobs-api.ts';
import type { FileTicket } from './jobs-api.ts';
import { JobWatcher } from './job-watcher.ts';

export interface AuraClientOptions extends HttpOptions, ConnectionOptions {}

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
  readonly #options: AuraClientOptions;
  readonly #feeds = new Map<string, JobFeed>();

  constructor(options: AuraClientOptions = {}) {
    this.#options = options;
    this.#http = new HttpClient(options);
    this.jobs = new JobsApi(this.#http);
  }

  /**
   * Absolute URL of a path that an event or snapshot names, such as `output.videoPath`; `null` for what a page must not
   * link to, such as a path on somebody's disk (C-28).
   *
   * @param ticket of {@link JobsApi.ticket}; goes to this backend alone
   */
  url(path: string, ticket?: FileTicket | null): string | null {
    if (/^(https?|blob):/i.test(path)) return path;
    // A scheme, a drive letter, another host; control characters, which browsers leave out, may hide one.
    if (/^(\w[\w+.-]*:|\/\/)|[\\\p{Cc}]/u.test(path)) return null;
    const query = ticket ? (path.includes('?') ? '&ticket=' : '?ticket=') + encodeURIComponent(ticket.token) : '';
    return this.#http.url(path.replace(/^\/?/, '/') + query);
  }

  /**
   * Follows a job's state. Reads `GET` first, then streams from where that answer stood, so warnings, logs and finished
   * steps are complete. Reconnects by itself; all watchers of a job share one connection.
   */
  watch(jobId: string, { signal }: { signal?: AbortSignal } = {}): JobWatcher {
    return new JobWatcher(this.#feed(jobId), signal);
  }

  /**
   * Follows several jobs over ONE connection. A job that has a connection already is not put on another. Where a backend
   * or a transport has no stream for several jobs, each gets its own: over HTTP/1.1 a browser has six.
   *
   * @example for await (const job of client.watchAll(ids)) console.log(job.jobId, job.percent);
   */
  watchAll(jobIds: readonly string[], { signal }: { signal?: AbortSignal } = {}): JobsWatcher {
    const ids = [...new Set(jobIds)];
    const fresh = ids.filter((jobId) => !this.#feeds.has(jobId));
    // A stream of its own says as much about a single job, and more backends have one.
    if (fresh.length > 1) {
      const path = `/api/events?jobs=${fresh.map(encodeJobId).join()}`;
      let connection: JobConnection | undefined;
      const connect = (): JobConnection => (connection ??= connectJobs(this.#http, path, feeds, this.#options));
      let asked: Promise<JobSnapshot[]> | undefined;
      const read = async (given: AbortSignal, jobId: string): Promise<JobSnapshot> => {
        const call = { signal: given, retries: 0 };
        // One request for all of them; a backend that does not know this form is asked for each.
        asked ??= this.jobs.list({ ids: fresh, ...call }).catch(() => []);
        const known = (await asked).find((job) => job.jobId === jobId);
        asked = undefined;
        return known ?? this.jobs.get(jobId, call);
      };
      const feeds = fresh.map((jobId) => this.#share(jobId, { connect, read }));
    }
    return new JobsWatcher(ids.map((jobId) => new JobWatcher(this.#feed(jobId), signal)));
  }

  /**
   * A job's events, in order and each once, over any number of reconnects; ends after the terminal event. Without
   * options it begins with the current state and shares the job's connection.
   *
   * @throws the error that ended the connection for good, such as {@link JobNotFoundError}
   * @example for await (const event of client.events(jobId, { replay: 'all' })) console.log(event.id, event.type);
   */
  events(jobId: string, { signal, lastEventId, replay }: EventsOptions = {}): AsyncIterableIterator<JobEvent> {
    let leave = (): void => {};
    const exact = lastEventId !== undefined || replay === 'all';
    const feed = exact ? this.#newFeed(jobId, replay ? '?replay=all' : '', { lastEventId, exact }) : this.#feed(jobId);
    const queue = new EventQueue<Unopened, JobEvent>(
      (event) => feed.open(event),
      () => leave(),
    );
    const forget = onAbort(signal, (reason) => queue.end(reason));
    if (signal?.aborted) return queue;
    const detach = feed.attach({
      take: (event) => queue.push(event),
      onState(state) {
        if (state.status === 'failed') queue.end(state.error);
        if (state.status === 'closed') queue.end();
      },
    });
    leave = () => {
      forget();
      detach();
    };
    return queue;
  }

  /** Callbacks instead of an iterator. @returns a function that ends the subscription */
  subscribe(jobId: string, reader: JobReader): () => void {
    return this.#feed(jobId).attach(reader);
  }

  /** The feed that all readers of a job share. */
  #feed(jobId: string): JobFeed {
    return this.#feeds.get(jobId) ?? this.#share(jobId);
  }

  #share(jobId: string, options?: Partial<FeedOptions>): JobFeed {
    const feed = this.#newFeed(jobId, '', {
      ...options,
      onOver: () => {
        if (this.#feeds.get(jobId) === feed) this.#feeds.delete(jobId);
      },
    });
    this.#feeds.set(jobId, feed);
    return feed;
  }

  #newFeed(jobId: string, query: string, options: Partial<FeedOptions>): JobFeed {
    return new JobFeed({
      jobId,
      connect: (feed) => connectJobs(this.#http, jobPath(jobId, `/events${query}`), [feed], this.#options),
      read: (signal) => this.jobs.get(jobId, { signal, retries: 0 }),
      ...options,
    });
  }
}
