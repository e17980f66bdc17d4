/** The jobs that this process runs, and what proves that it may: the queue hands them out, the log asks for the proof. */
import { compareEventIds } from '@aura-jobs/sdk/protocol';
import { JobStopped } from '../../jobs/job-queue.ts';
import type { StopReason } from '../../jobs/job-queue.ts';

interface Run {
  /** The value of BullMQ's lock as long as the job is with this process. */
  readonly lock: string;
  /** Id of what was said last before it began: what was said before was not meant for it. */
  readonly since: string;
  readonly abort: AbortController;
}

export class Runs {
  readonly #runs = new Map<string, Run>();

  /** @returns aborts with {@link JobStopped} */
  begin(jobId: string, lock: string, since: string): AbortSignal {
    const abort = new AbortController();
    this.#runs.set(jobId, { lock, since, abort });
    return abort.signal;
  }

  end(jobId: string): void {
    this.#runs.delete(jobId);
  }

  get jobIds(): string[] {
    return [...this.#runs.keys()];
  }

  lockOf(jobId: string): string | undefined {
    return this.#runs.get(jobId)?.lock;
  }

  /** Somebody has asked for it. @param id of the word in the feed */
  obey(jobId: string, why: StopReason, id: string): void {
    const run = this.#runs.get(jobId);
    if (run && compareEventIds(id, run.since) > 0) run.abort.abort(new JobStopped(why));
  }

  stop(jobId: string, why: StopReason): void {
    this.#runs.get(jobId)?.abort.abort(new JobStopped(why));
  }
}
