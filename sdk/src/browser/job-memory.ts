/** Remembers the jobs of a page, so that the next page goes on with them (AC-59, AC-60, guide "Future enhancements"). */
import type { JobWatcher } from '../jobs/job-watcher.ts';
import { isTerminal } from '../protocol/job-status.ts';
import { followPage } from '../sse/page-life.ts';
import type { JobShelf, RememberedJob } from './job-shelf.ts';

/** The part of {@link AuraClient} that is used. */
export interface JobWatching {
  watch(jobId: string): JobWatcher;
}

/** Cursors are written no more often than this: a fast job must not keep the disk busy. */
const WRITE_EVERY_MS = 1000;

/** What `rememberJobs()` returns. */
export class JobMemory {
  readonly #client: JobWatching;
  readonly #shelf: JobShelf;
  readonly #watchers = new Map<string, JobWatcher>();
  /** Cursors that are not written yet. */
  readonly #moved = new Map<string, string>();
  readonly #unfollow: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @internal Use `rememberJobs()`. */
  constructor(client: JobWatching, shelf: JobShelf) {
    this.#client = client;
    this.#shelf = shelf;
    this.#unfollow = followPage(({ type }) => {
      if (type === 'pagehide' || type === 'freeze') this.#save();
    });
  }

  /** The remembered jobs of all tabs, newest first, at most 100. */
  get jobs(): RememberedJob[] {
    return this.#shelf.list().map((job) => ({ ...job, lastEventId: this.#moved.get(job.jobId) ?? job.lastEventId }));
  }

  /**
   * Remembers a job and watches it, and throws an {@link InvalidInputError} for what can be no id. It is forgotten when its end was seen, or when the server does not know it any more.
   * Closing the watcher keeps it remembered.
   */
  add(jobId: string): JobWatcher {
    const known = this.#watchers.get(jobId);
    if (known && !known.ended) return known;
    const watcher = this.#client.watch(jobId);
    this.#shelf.add(jobId);
    this.#watchers.set(jobId, watcher);
    watcher.subscribe(() => this.#note(watcher));
    return watcher;
  }

  /** Watches all remembered jobs again, newest first. Each is asked for by `GET` before anything is shown of it. */
  restore(): JobWatcher[] {
    return this.jobs.flatMap(({ jobId }) => {
      try {
        return this.add(jobId);
      } catch {
        // Somebody else has put there what is no id.
        this.forget(jobId);
        return [];
      }
    });
  }

  /** Forgets a job in all tabs. Who watches it goes on. */
  forget(jobId: string): void {
    this.#watchers.delete(jobId);
    this.#moved.delete(jobId);
    this.#shelf.remove(jobId);
  }

  /** Closes all watchers. The jobs stay remembered. */
  close(): void {
    this.#unfollow();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#save();
  }

  #note({ jobId, snapshot, connection }: JobWatcher): void {
    if (snapshot?.lastEventId) {
      this.#moved.set(jobId, snapshot.lastEventId);
      this.#timer ??= setTimeout(() => this.#save(), WRITE_EVERY_MS);
    }
    // By name, since it may come from another copy of this module.
    const gone = connection.status === 'failed' && connection.error.name === 'JobNotFoundError';
    // The server does not know the job, or not any more (AC-60).
    if (gone) this.forget(jobId);
    else if (snapshot && isTerminal(snapshot.status)) onceVisible(() => this.forget(jobId));
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [jobId, cursor] of this.#moved) this.#shelf.move(jobId, cursor);
    this.#moved.clear();
  }
}

/** An end that nobody could see yet is one for the next page, since browsers discard hidden ones. */
function onceVisible(callback: () => void): void {
  const page: Document | undefined = globalThis.document;
  if (page?.visibilityState !== 'hidden') callback();
  else page.addEventListener('visibilitychange', callback, { once: true });
}
