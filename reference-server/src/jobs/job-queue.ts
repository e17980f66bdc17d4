/** Hands waiting jobs to a worker, each at least once until its handler has returned. Implemented by each engine. */

/** Why a running handler was aborted. `taken`: this process was silent for so long that another one was given the job. */
export type StopReason = 'cancel' | 'pause' | 'shutdown' | 'taken';

const WORDS: Readonly<Record<StopReason, string>> = {
  cancel: 'The job was cancelled.',
  pause: 'The job was paused.',
  shutdown: 'The server is shutting down.',
  taken: 'Another worker has the job now.',
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
  /**
   * Adds a job at the end; one that waits stays where it is, and one that runs with its worker. A handler that begins after
   * the call is certain, unless the job has ended: one that was about to return may have overlooked what the caller has
   * stored. Resolves when it is durable.
   */
  enqueue(jobId: string): Promise<void>;
  /** Takes a job out if it waits. */
  remove(jobId: string): Promise<void>;
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
