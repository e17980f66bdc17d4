/** What `client.watch()` returns: one reader's view of a job, as iterator, store and promise. */
import { JobCanceledError } from '../errors/job-canceled-error.ts';
import { JobFailedError } from '../errors/job-failed-error.ts';
import { onAbort } from '../http/abort.ts';
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import type { ConnectionState } from '../sse/connection-state.ts';
import type { JobFeed } from './job-feed.ts';

const CLOSED: ConnectionState = { status: 'closed' };

/** Resolves at the next change. */
export function nextChange(source: { subscribe(listener: () => void): () => void }): Promise<void> {
  return new Promise((resolve) => {
    const leave = source.subscribe(() => {
      leave();
      resolve();
    });
  });
}

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
  /** A signal may outlive many watchers. */
  #forgetSignal = (): void => {};
  #closed = false;
  #closedBy: unknown;
  #done: Promise<JobSnapshot> | undefined;

  /** @internal Use `client.watch()`. */
  constructor(feed: JobFeed, signal?: AbortSignal) {
    this.#feed = feed;
    this.#detach = feed.attach({ onChange: () => this.#notify() });
    this.#forgetSignal = onAbort(signal, (reason) => {
      this.#closedBy = reason;
      this.close();
    });
  }

  get jobId(): string {
    return this.#feed.jobId;
  }

  /** The newest state, the same object until it changes; `null` until the first answer. */
  get snapshot(): JobSnapshot | null {
    return this.#feed.snapshot;
  }

  /** What the connection is doing. */
  get connection(): ConnectionState {
    return this.#closed ? CLOSED : this.#feed.connection;
  }

  /** Whether nothing more will change: the job has ended, the attempts are used up, or the watcher is closed. */
  get ended(): boolean {
    return this.#feed.ended || /failed|closed/.test(this.connection.status);
  }

  /** When something was heard from the server last, if only a sign of life: Unix ms, 0 for never. */
  get lastNewsAt(): number {
    return this.#feed.lastNewsAt;
  }

  /**
   * Calls `listener` after each change of `snapshot` or `connection`, once for all that came together. Fits React's
   * `useSyncExternalStore`.
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
    return (this.#done ??= this.#result());
  }

  /** Tries again now, after `failed` or in the middle of a wait. */
  reconnect(): void {
    if (!this.#closed) this.#feed.reconnect();
  }

  /** Stops watching. The job itself goes on. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#forgetSignal();
    this.#detach();
    this.#notify();
    this.#listeners.clear();
  }

  /**
   * Snapshots as they change, the newest first when the reader is slower than the job; ends after the terminal one.
   * Leaving the loop closes the watcher.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<JobSnapshot, void> {
    let last: JobSnapshot | null = null;
    try {
      for (;;) {
        const { snapshot } = this;
        if (snapshot && snapshot !== last) yield (last = snapshot);
        else if (this.#hasEnded()) return;
        else await nextChange(this);
      }
    } finally {
      this.close();
    }
  }

  async #result(): Promise<JobSnapshot> {
    while (!this.#hasEnded()) await nextChange(this);
    const job = this.snapshot!;
    this.#forgetSignal();
    if (job.status === 'Failed') throw new JobFailedError(job);
    if (job.status === 'Canceled') throw new JobCanceledError(job);
    return job;
  }

  /** @throws why there is nothing more to wait for although the job has not ended */
  #hasEnded(): boolean {
    if (this.#feed.ended) return true;
    const { connection } = this;
    if (connection.status === 'failed') throw connection.error;
    if (!this.#closed) return false;
    throw this.#closedBy ?? new DOMException('The watcher was closed before the job ended.', 'AbortError');
  }

  #notify(): void {
    if (this.#feed.ended) this.#forgetSignal();
    for (const listener of [...this.#listeners]) listener();
  }
}
