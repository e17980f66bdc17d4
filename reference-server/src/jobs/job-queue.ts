/** Hands waiting jobs to a worker, each at least once until its handler has returned. Implemented by each engine. */

/** Why a running handler was aborted. */
export type StopReason = 'cancel' | 'pause' | 'shutdown';

const WORDS: Readonly<Record<StopReason, string>> = {
  cancel: 'The job was cancelled.',
  pause: 'The job was paused.',
  shutdown: 'The server is shutting down.',
};

/** The reason an aborted handler finds in `signal.reason`. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped';
  readonly why: StopReason;

  constructor(why: StopReason) {
    super(WORDS[why]);
    this.why = why;
  }
}

/** Does a job's work. A job whose handler never returned, since the process died, is handed out again. */
export type JobHandler = (jobId: string, signal: AbortSignal) => Promise<void>;

export interface JobQueue {
  /** Adds a job at the end; one that is in the queue stays where it is. Resolves when it is durable. */
  enqueue(jobId: string): Promise<void>;
  /** Takes a waiting job out. @returns false when it is not waiting (any more) */
  remove(jobId: string): Promise<boolean>;
  /** Aborts the handler of a running job, with {@link JobStopped} as the reason. */
  stop(jobId: string, why: 'cancel' | 'pause'): Promise<void>;
  /** How many jobs are in front of a waiting one; `null` when it does not wait. */
  position(jobId: string): Promise<number | null>;
  /** How many jobs of an owner wait or run. */
  countOf(ownerId: string): Promise<number>;
  /** How many jobs of all owners there are. */
  depth(): Promise<{ readonly waiting: number; readonly running: number }>;
  /** Starts handing out jobs. Called once. */
  process(handler: JobHandler): void;
  /** Hands out nothing more, aborts what runs with reason `shutdown` and waits until its handlers have returned. */
  close(): Promise<void>;
}
