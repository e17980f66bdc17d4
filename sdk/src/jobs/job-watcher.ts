/** What `client.watch()` returns: one reader's view of a job, as iterator, store and promise. */
import { JobCanceledError } from '../errors/job-canceled-error.ts';
import { JobFailedError } from '../errors/job-failed-error.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { isTerminal } from '../protocol/job-status.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import { EventQueue } from './event-queue.ts';
import type { JobFeed } from './job-feed.ts';

const CLOSED: ConnectionState = { status: 'closed' };

/**
 * Follows one job until it ends or {@link close} is called. All watchers of a job share one connection.
 *
 * @example
 * for await (const job of client.watch(jobId)) console.log(job.stage, job.percent);
 */
export class JobWatcher implements AsyncIterable<JobSnapshot> {
  readonly #feed: JobFeed;
  readonly #detach: () => void;
  readonly #listeners = new Set<() => void>();
  readonly #signal: AbortSignal | undefined;
  #closed = false;
  #done: Promise<JobSnapshot> | undefined;

  /** @internal Use `client.watch()`. */
  constructor(feed: JobFeed, signal?: AbortSignal) {
    this.#feed = feed;
    this.#signal = signal;
    this.#detach = feed.attach({ onChange: () => this.#notify() });
    if (signal?.aborted) this.close();
    else if (signal) {
      signal.addEventListener('abort', this.close, { once: true });
      // A signal may outlive many watchers.
      this.#whenSettled(() => signal.removeEventListener('abort', this.close));
    }
  }

  /** The newest state, the same object until it changes; `null` until the first answer. */
  get snapshot(): JobSnapshot | null {
    return this.#feed.snapshot;
  }

  /** What the connection is doing. */
  get connection(): ConnectionState {
    return this.#closed ? CLOSED : this.#feed.connection;
  }

  /**
   * Calls `listener` after each change of `snapshot` or `connection`. Fits React's `useSyncExternalStore`.
   *
   * @returns a function that ends it
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /**
   * The final snapshot of a job that succeeded.
   *
   * @throws {JobFailedError} with every error and its remediation; {@link JobCanceledError}; {@link ConnectionError} when
   * the attempts are used up; {@link JobNotFoundError}; an `AbortError` when the watcher is closed first.
   */
  get done(): Promise<JobSnapshot> {
    this.#done ??= new Promise((resolve, reject) => {
      const stop = this.#whenSettled((error) => {
        stop();
        const job = this.snapshot;
        if (error) reject(error);
        else if (job?.status === 'Failed') reject(new JobFailedError(job));
        else if (job?.status === 'Canceled') reject(new JobCanceledError(job));
        else resolve(job!);
      });
    });
    return this.#done;
  }

  /** Tries again now, after `failed` or in the middle of a wait. */
  reconnect(): void {
    if (!this.#closed) this.#feed.reconnect();
  }

  /** Stops watching. The job itself goes on. */
  readonly close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#signal?.removeEventListener('abort', this.close);
    this.#detach();
    this.#notify();
    this.#listeners.clear();
  };

  /**
   * Snapshots as they change, the newest first when the reader is slower than the job; ends after the terminal one.
   * Leaving the loop closes the watcher.
   */
  [Symbol.asyncIterator](): AsyncIterator<JobSnapshot> {
    let last: JobSnapshot | null = null;
    const queue = new EventQueue<JobSnapshot>(() => {
      stopListening();
      stopSettling();
      this.close();
    });
    const push = (): void => {
      const { snapshot } = this;
      if (!snapshot || snapshot === last) return;
      last = snapshot;
      queue.replace(snapshot);
    };
    const stopListening = this.subscribe(push);
    push();
    const stopSettling = this.#whenSettled((error) => queue.end(error));
    return queue;
  }

  /** Calls back once, never before this method has returned, when nothing more will change. */
  #whenSettled(settled: (error?: unknown) => void): () => void {
    let over = false;
    const check = (): void => {
      if (over) return;
      const { snapshot, connection } = this;
      const ended = snapshot !== null && isTerminal(snapshot.status);
      if (!ended && connection.status !== 'failed' && !this.#closed) return;
      stop();
      settled(ended ? undefined : this.#whyOver(connection));
    };
    const stopListening = this.subscribe(check);
    const stop = (): void => {
      over = true;
      stopListening();
    };
    queueMicrotask(check);
    return stop;
  }

  #whyOver(connection: ConnectionState): unknown {
    if (connection.status === 'failed') return connection.error;
    return this.#signal?.reason ?? new DOMException('The watcher was closed before the job ended.', 'AbortError');
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
