/** What was asked for: one record a job. What became of it is in the event log alone. */
import type { StageName } from '@aura-jobs/sdk/protocol';
import type { NotifyTargets } from '../notifications/notify-targets.ts';
import type { JobSpec } from '../pipeline/job-spec.ts';
import type { SimulationInputs } from '../pipeline/simulated/simulation-inputs.ts';
import type { StageProvider } from '../pipeline/stage.ts';

export interface JobRecord {
  readonly id: string;
  readonly ownerId: string;
  /** Traces the request that created the job; carried by each of its events. */
  readonly correlationId: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly spec: JobSpec;
  /** Set when the stages are replaced by simulated ones. */
  readonly simulation: SimulationInputs | null;
  /** The failed job that this one repeats. */
  readonly retryOf: string | null;
  /** 1 for a first try. */
  readonly attempt: number;
  /** Who is told of its end; nobody when it is not there. */
  readonly notify?: NotifyTargets;
}

/** A record in a list. */
export interface ListedJob {
  readonly record: JobRecord;
  /** Where it stands, in the store's own form; holds while other jobs come and go. */
  readonly position: string;
}

export interface JobStore {
  /**
   * Stores a record. Where the owner has used the idempotency key before, the record of that time is returned and
   * nothing is stored.
   */
  create(record: JobRecord, idempotencyKey: string | undefined): Promise<JobRecord>;
  get(jobId: string): Promise<JobRecord | undefined>;
  /** The record that {@link create} would find for an idempotency key. */
  getByKey(ownerId: string, idempotencyKey: string): Promise<JobRecord | undefined>;
  /**
   * The owner's records, or everybody's, newest first; the first of them after a position, if one is given.
   *
   * @throws {UnknownPositionError} the position is none of this store's
   */
  list(
    ownerId: string | undefined,
    options: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ListedJob[]>;
  remove(jobId: string): Promise<void>;
  /** At least the records of jobs that were never handed to the queue, oldest first. */
  unqueued(): AsyncIterable<JobRecord>;
  /** Remembers that a cancel was acknowledged, so that it survives a restart. */
  requestCancel(jobId: string): Promise<void>;
  isCancelRequested(jobId: string): Promise<boolean>;
  /** Remembers that a job shall rest, or go on. */
  requestPause(jobId: string, wanted: boolean): Promise<void>;
  isPauseRequested(jobId: string): Promise<boolean>;
  /** Jobs of an owner that shall rest, also those that have ended before they could. */
  pausedOf(ownerId: string): Promise<string[]>;
  /** Remembers who does a job's work now, for whoever cancels it. */
  setProvider(jobId: string, provider: ProviderAtWork): Promise<void>;
  providerOf(jobId: string): Promise<ProviderAtWork | undefined>;
}

/** Who does a job's work in a stage. */
export interface ProviderAtWork extends StageProvider {
  readonly stage: StageName;
}

/** A position that the store has not given out. */
export class UnknownPositionError extends Error {
  override readonly name = 'UnknownPositionError';

  constructor(position: string) {
    super(`There is no position ${JSON.stringify(position)} in the list.`);
  }
}
