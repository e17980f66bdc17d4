/** Queue of the embedded engine: waiting jobs in SQLite, handlers in this process. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { JobStopped } from '../../jobs/job-queue.ts';
import type { JobHandler, JobQueue } from '../../jobs/job-queue.ts';

/** A job whose handler threw, for example on a full disk, is handed out again after this time. */
const REDELIVERY_MS = 5000;

export class InProcessQueue implements JobQueue {
  readonly #concurrency: number;
  readonly #onError: (error: unknown, jobId: string) => void;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #waitingIds: StatementSync;
  readonly #ofOwner: StatementSync;
  /** Running handlers. Their rows stay in the table until they return, so that a crash hands them out again. */
  readonly #running = new Map<string, { readonly abort: AbortController; readonly returned: Promise<void> }>();
  #handler: JobHandler | undefined;
  #closed = false;

  /** @param onError a handler threw: a fault of the program, since handlers report a job's failure themselves */
  constructor(
    database: DatabaseSync,
    options: { concurrency: number; onError: (error: unknown, jobId: string) => void },
  ) {
    this.#concurrency = options.concurrency;
    this.#onError = options.onError;
    this.#insert = database.prepare('INSERT OR IGNORE INTO queue (job_id) VALUES (?)');
    this.#delete = database.prepare('DELETE FROM queue WHERE job_id = ?');
    this.#waitingIds = database.prepare('SELECT job_id AS id FROM queue ORDER BY position');
    this.#ofOwner = database.prepare(
      'SELECT count(*) AS count FROM queue JOIN jobs ON jobs.id = queue.job_id WHERE jobs.owner_id = ?',
    );
  }

  async enqueue(jobId: string): Promise<void> {
    this.#insert.run(jobId);
    this.#fill();
  }

  async remove(jobId: string): Promise<void> {
    if (!this.#running.has(jobId)) this.#delete.run(jobId);
  }

  async stop(jobId: string, why: 'cancel' | 'pause'): Promise<void> {
    this.#running.get(jobId)?.abort.abort(new JobStopped(why));
  }

  async position(jobId: string): Promise<number | null> {
    const index = this.#waiting().indexOf(jobId);
    return index < 0 ? null : index;
  }

  async countOf(ownerId: string): Promise<number> {
    return this.#ofOwner.get(ownerId)!.count as number;
  }

  async depth(): Promise<{ waiting: number; running: number }> {
    return { waiting: this.#waiting().length, running: this.#running.size };
  }

  process(handler: JobHandler): void {
    this.#handler = handler;
    this.#fill();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort(new JobStopped('shutdown'));
    await Promise.all(running.map(({ returned }) => returned));
  }

  #waiting(): string[] {
    return this.#waitingIds.all().flatMap(({ id }) => (this.#running.has(id as string) ? [] : [id as string]));
  }

  #fill(): void {
    if (!this.#handler || this.#closed) return;
    for (const jobId of this.#waiting().slice(0, this.#concurrency - this.#running.size))
      this.#start(jobId, this.#handler);
  }

  #start(jobId: string, handler: JobHandler): void {
    const abort = new AbortController();
    const returned = handler(jobId, abort.signal)
      .then(() => this.#returned(jobId))
      // Also when its row could not be deleted, for the disk is full: the next handler finds that the job has ended.
      .catch((error: unknown) => {
        this.#onError(error, jobId);
        setTimeout(() => this.#release(jobId), REDELIVERY_MS).unref();
      });
    this.#running.set(jobId, { abort, returned });
  }

  #returned(jobId: string): void {
    // A job that was put down for a shutdown stays in the table and goes on in the next process.
    if (!this.#closed) this.#delete.run(jobId);
    this.#release(jobId);
  }

  #release(jobId: string): void {
    this.#running.delete(jobId);
    this.#fill();
  }
}
