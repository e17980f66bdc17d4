/** The jobs that this process runs, and what proves that it may: the queue hands them out, the log asks for the proof. */
import { JobStopped } from '../../jobs/job-queue.ts';
import type { StopReason } from '../../jobs/job-queue.ts';

interface Run {
  /** The value of BullMQ's lock as long as the job is with this process. */
  readonly lock: string;
  readonly abort: AbortController;
}

export class Runs {
  readonly #runs = new Map<string, Run>();

  /** @returns aborts with {@link JobStopped} */
  begin(jobId: string, lock: string): AbortSignal {
    const abort = new AbortController();
    this.#runs.set(jobId, { lock, abort });
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

  stop(jobId: string, why: StopReason): void {
    this.#runs.get(jobId)?.abort.abort(new JobStopped(why));
  }
}
