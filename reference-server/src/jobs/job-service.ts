/** What can be asked of jobs: create, read, cancel, retry, delete. Every route goes through here. */
import { randomBytes } from 'node:crypto';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { EventHub } from '../events/event-hub.ts';
import { LogSealedError } from '../events/event-log.ts';
import type { EventLog } from '../events/event-log.ts';
import { endOfJob } from './job-endings.ts';
import { pageOfJobs } from './job-list.ts';
import type { JobPage, ListRequest } from './job-list.ts';
import { jobLogLines } from './job-log-lines.ts';
import type { JobQueue } from './job-queue.ts';
import { toJobResource } from './job-resource.ts';
import type { JobResource } from './job-resource.ts';
import type { ParsedRequest } from './job-request.ts';
import { JobStarter } from './job-starter.ts';
import type { JobStarterOptions } from './job-starter.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { ServiceError } from './service-error.ts';
import type { Workspaces } from './workspaces.ts';

/** Who asks. */
export interface Caller {
  readonly id: string;
}

export interface JobServiceOptions extends JobStarterOptions {
  readonly artifacts: ArtifactStore;
  readonly workspaces: Workspaces;
}

export interface CreateDetails {
  readonly correlationId: string;
  readonly idempotencyKey: string | undefined;
}

export class JobService {
  readonly #store: JobStore;
  readonly #log: EventLog;
  readonly #queue: JobQueue;
  readonly #hub: EventHub;
  readonly #artifacts: ArtifactStore;
  readonly #workspaces: Workspaces;
  readonly #starter: JobStarter;

  constructor({ store, log, queue, hub, artifacts, workspaces }: JobServiceOptions) {
    this.#store = store;
    this.#log = log;
    this.#queue = queue;
    this.#hub = hub;
    this.#artifacts = artifacts;
    this.#workspaces = workspaces;
    this.#starter = new JobStarter({ store, log, queue, hub });
  }

  /** Stores and queues a job. When it returns, the job survives a crash. */
  async create({ spec, simulation }: ParsedRequest, caller: Caller, details: CreateDetails): Promise<JobResource> {
    const record = { ...newRecord(caller, details), spec, simulation, retryOf: null, attempt: 1 };
    return this.#starter.start(record, details.idempotencyKey && `create ${details.idempotencyKey}`);
  }

  /** The caller's job. @throws {ServiceError} `JobNotFound`, also for somebody else's: whether it exists is nobody's business */
  async record(jobId: string, caller: Caller): Promise<JobRecord> {
    const [record] = await this.records([jobId], caller);
    if (record) return record;
    throw new ServiceError('JobNotFound', 'There is no such job, or it has expired. Start a new one.', { jobId });
  }

  /** Those of the jobs that are the caller's, in the order asked. */
  async records(jobIds: readonly string[], caller: Caller): Promise<JobRecord[]> {
    const records = await Promise.all(jobIds.map((jobId) => this.#store.get(jobId)));
    return records.flatMap((record) => (record?.ownerId === caller.id ? record : []));
  }

  async get(jobId: string, caller: Caller): Promise<JobResource> {
    return this.#resource(await this.record(jobId, caller));
  }

  /** A page of the caller's jobs, newest first. */
  list(caller: Caller, request: ListRequest): Promise<JobPage> {
    return pageOfJobs(this.#store, caller.id, request, (record) => this.#resource(record));
  }

  /** The same as {@link get}, for those of the jobs that are the caller's. */
  async getAll(jobIds: readonly string[], caller: Caller): Promise<JobResource[]> {
    return Promise.all((await this.records(jobIds, caller)).map((record) => this.#resource(record)));
  }

  /** Every log line of a job, oldest first (C-20). */
  async logLines(jobId: string, caller: Caller): Promise<AsyncIterable<string>> {
    return jobLogLines(this.#log, (await this.record(jobId, caller)).id);
  }

  /**
   * Asks a job to stop. The state changes only when its worker has stopped and cleaned up.
   *
   * @throws {ServiceError} `NotCancellable` when the job has ended (C-15)
   */
  async cancel(jobId: string, caller: Caller): Promise<JobSnapshot> {
    const record = await this.record(jobId, caller);
    const snapshot = await this.#hub.snapshot(jobId);
    if (isTerminal(snapshot.status)) {
      throw new ServiceError(
        'NotCancellable',
        `The job is ${snapshot.status} already, so there is nothing to cancel.`,
        {
          jobId,
          currentStatus: snapshot.status,
        },
      );
    }
    // Remembered first: a worker that takes the job this very moment looks there before it begins.
    await this.#store.requestCancel(jobId);
    if (record.simulation?.hold) await this.#queue.enqueue(jobId);
    if ((await this.#queue.position(jobId)) === null) await this.#queue.stop(jobId);
    else {
      // Told first and taken out then: a crash in between leaves a job that a worker finds to have ended.
      await this.#log.append(jobId, endOfJob.canceled(record, snapshot)).catch(ignoreSealed);
      await this.#queue.remove(jobId);
    }
    return snapshot;
  }

  /**
   * Makes a new job from a failed one; its finished stages are taken over (C-31).
   *
   * @throws {ServiceError} `NotRetryable` when the job has not failed
   */
  async retry(jobId: string, caller: Caller, details: CreateDetails): Promise<JobResource> {
    const failed = await this.record(jobId, caller);
    const { status } = await this.#hub.snapshot(jobId);
    if (status !== 'Failed') {
      throw new ServiceError('NotRetryable', `Only failed jobs can be retried; this one is ${status}.`, {
        jobId,
        currentStatus: status,
        suggestedActions: isTerminal(status) ? ['Start a new job.'] : ['Wait until the job has ended, or cancel it.'],
      });
    }
    const { spec, simulation, attempt } = failed;
    const record = { ...newRecord(caller, details), spec, simulation, retryOf: jobId, attempt: attempt + 1 };
    return this.#starter.start(record, details.idempotencyKey && `retry ${jobId} ${details.idempotencyKey}`);
  }

  /**
   * Takes an ended job away with everything it has left.
   *
   * @throws {ServiceError} `NotDeletable` while the job waits or runs
   */
  async remove(jobId: string, caller: Caller): Promise<void> {
    await this.record(jobId, caller);
    const { status } = await this.#hub.snapshot(jobId);
    if (!isTerminal(status)) {
      throw new ServiceError('NotDeletable', `Only ended jobs can be deleted; this one is ${status}.`, {
        jobId,
        currentStatus: status,
        suggestedActions: ['Cancel the job first, then delete it once it has stopped.'],
      });
    }
    // Files first: should one resist, the job is still there to be deleted again. The record before the log: a record
    // without a log would be a job that has yet to begin.
    await this.#artifacts.remove(jobId);
    await this.#workspaces.remove(jobId);
    await this.#store.remove(jobId);
    this.#hub.forget(jobId);
    await this.#log.remove(jobId);
  }

  /** Lets a held simulated job begin. @throws {ServiceError} `NotFound` for any other job */
  async release(jobId: string, caller: Caller): Promise<void> {
    const record = await this.record(jobId, caller);
    if (!record.simulation?.hold)
      throw new ServiceError('NotFound', 'Only simulated jobs with "hold" can be released.', { jobId });
    await this.#queue.enqueue(jobId);
  }

  /** Queues what a crash has left between its record and the queue. Called once, before jobs are handed out. */
  recover(): Promise<void> {
    return this.#starter.recover();
  }

  async #resource(record: JobRecord): Promise<JobResource> {
    const snapshot = await this.#hub.snapshot(record.id);
    const position = snapshot.status === 'Queued' ? await this.#queue.position(record.id) : null;
    return toJobResource(record, snapshot, position);
  }
}

/** The job has ended in the meantime, which is what was asked for. */
function ignoreSealed(error: unknown): void {
  if (!(error instanceof LogSealedError)) throw error;
}

function newRecord(
  caller: Caller,
  { correlationId }: CreateDetails,
): Pick<JobRecord, 'id' | 'ownerId' | 'correlationId' | 'createdAt'> {
  return { id: `job-${randomBytes(8).toString('hex')}`, ownerId: caller.id, correlationId, createdAt: Date.now() };
}
