/** The truth about every job: its events, ordered, durable, replayable. Implemented by each engine. */
import type { JobEventDraft, JobEventType } from '@aura-jobs/sdk/protocol';

/** An event that is in the log, for as long as its job is kept. */
export interface LoggedEvent {
  /** `{unix ms}-{counter}`, strictly increasing over all jobs (docs/architecture.md, rule 3). */
  readonly id: string;
  readonly type: JobEventType;
  /** The payload, as it goes over the wire. */
  readonly json: string;
}

export interface AppendOptions {
  /** Only to a log that is empty; else nothing is added, and nothing returned. */
  readonly first?: boolean;
}

export interface EventLog {
  /**
   * Adds events to a job, all or none, and resolves when they are durable. Readers are told only then.
   *
   * @throws {LogSealedError} the job's terminal event is in the log: nothing follows it (rule 5, AC-26)
   * @throws {JobStopped} with `taken`: this process ran the job, and another one does now
   */
  append(jobId: string, events: readonly JobEventDraft[], options?: AppendOptions): Promise<readonly LoggedEvent[]>;

  /** Up to `limit` events after the id `after`, oldest first; without `after` from the beginning. */
  read(jobId: string, options: { readonly after?: string | undefined; readonly limit: number }): Promise<LoggedEvent[]>;

  /** Whether the job's log holds this very id: a cursor that it does not know cannot be resumed from (AC-08). */
  has(jobId: string, id: string): Promise<boolean>;

  /** The id that was given out last, to whatever job: its events may be gone since. `0-0` before the first one. */
  newestId(): Promise<string>;

  /** Whether the job's terminal event is in the log. */
  isSealed(jobId: string): Promise<boolean>;

  /** Jobs whose terminal event is older than that, oldest first. */
  endedBefore(time: number, limit: number): Promise<string[]>;

  /** Forgets a job that has ended. */
  remove(jobId: string): Promise<void>;

  /** Tells whether something could be appended now. @throws when it could not */
  check(): Promise<void>;

  /** Hands each event of a job to `listener`, in order, that is not caught up with yet. @returns a function that ends it */
  follow(jobId: string, listener: (events: readonly LoggedEvent[]) => void): () => void;

  /** Resolves when listeners were handed everything that was logged before, by whatever process. */
  caughtUp(): Promise<void>;
}

/** The payload as it is logged and sent. Each names its job, since a stream may carry many. */
export function toPayload(jobId: string, data: object): string {
  return JSON.stringify({ ...data, jobId });
}

/** A job whose terminal event is logged takes no more events. */
export class LogSealedError extends Error {
  override readonly name = 'LogSealedError';

  constructor(jobId: string) {
    super(`Job ${jobId} has ended, so no more events can be logged for it.`);
  }
}
