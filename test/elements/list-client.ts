/** A client for tests of the list: the test says which jobs the server lists, and what it answers. */
import type { JobListSource, JobsView, JobView } from '@aura-jobs/elements';
import { emptySnapshot } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import { ScriptedClient } from '../support/scripted-client.ts';

export class ListClient extends ScriptedClient implements JobListSource {
  declare readonly jobs: JobListSource['jobs'];
  /** What the server lists, in pages. */
  pages: JobSnapshot[][] = [];
  /** Why it lists nothing. */
  listError: Error | undefined;
  /** Ids that were followed together, by connection. */
  readonly connections: string[][] = [];
  /** How many connections are open now. */
  following = 0;
  /** How many deletions were under way at once, at most. */
  deletionsAtOnce = 0;
  #deletions = 0;
  /** Jobs that the server does not cancel or delete. */
  refuses = new Set<string>();
  readonly #known = new Map<string, JobSnapshot>();

  constructor() {
    super();
    const more: Omit<JobListSource['jobs'], 'cancel' | 'retry'> = {
      list: () => {
        this.commands.push('list');
        return this.#list();
      },
      cancelMany: async (ids) => {
        this.commands.push(`cancel ${ids.join()}`);
        await Promise.resolve();
        return ids.map((jobId) => {
          const accepted = !this.refuses.has(jobId);
          return { jobId, accepted, currentStatus: 'Running', message: accepted ? '' : 'Too late.', code: null };
        });
      },
      delete: async (jobId) => {
        this.commands.push(`delete ${jobId}`);
        this.deletionsAtOnce = Math.max(this.deletionsAtOnce, ++this.#deletions);
        await Promise.resolve();
        this.#deletions--;
        if (this.refuses.has(jobId)) throw new Error('Not now.');
      },
    };
    Object.assign(this.jobs, more);
  }

  /** Adds a job that the server lists; the newest is added last. */
  add(jobId: string, set: Partial<JobSnapshot> = {}): this {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + this.#known.size * 1000).toISOString();
    const snapshot = { ...emptySnapshot(jobId), title: `Title ${jobId}`, createdAt, ...set };
    this.#known.set(jobId, snapshot);
    this.pages = [[...this.#known.values()].toReversed()];
    return this;
  }

  /** The server tells another state of a listed job. */
  change(jobId: string, set: Partial<JobSnapshot>): void {
    const snapshot = { ...this.#known.get(jobId)!, ...set };
    this.#known.set(jobId, snapshot);
    this.pages = [[...this.#known.values()].toReversed()];
    this.job(jobId).set(snapshot);
  }

  override watch(jobId: string): JobView {
    this.job(jobId).snapshot ??= this.#known.get(jobId) ?? null;
    return super.watch(jobId);
  }

  watchAll(jobIds: readonly string[]): JobsView {
    this.connections.push([...jobIds]);
    this.following++;
    const views = jobIds.map((jobId) => ({ jobId, view: this.job(jobId).view(), job: this.job(jobId) }));
    for (const { jobId, job } of views) job.snapshot ??= this.#known.get(jobId) ?? null;
    return {
      watchers: views.map(({ jobId, view }) =>
        Object.defineProperties({ jobId } as JobsView['watchers'][number], {
          snapshot: { get: () => view.snapshot },
          connection: { get: () => view.connection },
        }),
      ),
      subscribe: (listener) => {
        queueMicrotask(listener);
        const leave = views.map(({ view }) => view.subscribe(listener));
        return () => leave.forEach((stop) => stop());
      },
      close: () => {
        this.following--;
        for (const { view } of views) view.close();
      },
    };
  }

  #list(): ReturnType<JobListSource['jobs']['list']> {
    const { pages, listError } = this;
    const first = listError ? Promise.reject(listError) : Promise.resolve(pages[0] ?? []);
    return Object.assign(first, {
      async *[Symbol.asyncIterator]() {
        await first;
        for (const page of pages) yield* page;
      },
    });
  }
}
