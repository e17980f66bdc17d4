/** What `client.watchAll()` returns: many jobs over one connection. */
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { nextChange } from './job-watcher.ts';
import type { JobWatcher } from './job-watcher.ts';

/**
 * Follows several jobs until all have ended or {@link close} is called.
 *
 * @example
 * for await (const job of client.watchAll(['job-1', 'job-2'])) console.log(job.jobId, job.percent);
 */
export class JobsWatcher implements AsyncIterable<JobSnapshot> {
  /** One for each job, in the order of the ids: its snapshot, its connection, its end. */
  readonly watchers: readonly JobWatcher[];

  /** @internal Use `client.watchAll()`. */
  constructor(watchers: readonly JobWatcher[]) {
    this.watchers = watchers;
  }

  /** The newest state of each job, in the order of the ids; `null` until the first answer. */
  get snapshots(): (JobSnapshot | null)[] {
    return this.watchers.map(({ snapshot }) => snapshot);
  }

  /** How each job ended: its final snapshot, or why there is none. Never rejects. */
  get done(): Promise<PromiseSettledResult<JobSnapshot>[]> {
    return Promise.allSettled(this.watchers.map(({ done }) => done));
  }

  /** Calls `listener` after each change of any job. @returns a function that ends it */
  subscribe(listener: () => void): () => void {
    const leave = this.watchers.map((watcher) => watcher.subscribe(listener));
    return () => leave.forEach((stop) => stop());
  }

  close(): void {
    for (const watcher of this.watchers) watcher.close();
  }

  /** Snapshots of all jobs as they change; ends when all jobs have. Leaving the loop closes the watcher. */
  async *[Symbol.asyncIterator](): AsyncGenerator<JobSnapshot, void> {
    let told: (JobSnapshot | null)[] = [];
    try {
      for (;;) {
        const known = told;
        const now = (told = this.snapshots);
        const news = now.filter((snapshot, index) => snapshot && snapshot !== known[index]) as JobSnapshot[];
        yield* news;
        if (news.length) continue;
        if (this.watchers.every(({ ended }) => ended)) return;
        await nextChange(this);
      }
    } finally {
      this.close();
    }
  }
}
