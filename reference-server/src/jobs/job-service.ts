/** What can be asked of jobs: create, read, cancel, pause, retry, delete. Every route goes through here. */
import { randomBytes } from 'node:crypto';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobStatus } from '@aura-jobs/sdk/protocol';
import type { Artifacts } from '../artifacts/artifacts.ts';
import type { EventHub } from '../events/event-hub.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Quota } from '../limits/quota.ts';
import { owns } from './caller.ts';
import type { Caller } from './caller.ts';
import { JobCanceller } from './job-canceller.ts';
import { forgetJob, type Traces } from './forget-job.ts';
import { pageOfJobs } from './job-list.ts';
import type { JobPage, ListRequest } from './job-list.ts';
import { jobLogLines } from './job-log-lines.ts';
import { JobPauser } from './job-pauser.ts';
import type { JobQueue } from './job-queue.ts';
import { toJobResource } from './job-resource.ts';
import type { JobResource } from './job-resource.ts';
import type { ParsedRequest } from './job-request.ts';
import { JobStarter } from './job-starter.ts';
import type { JobStarterOptions } from './job-starter.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { providerStatuses } from './provider-status.ts';
import type { ProviderStatus } from './provider-status.ts';
import { ServiceError } from './service-error.ts';
import type { Workspaces } from './workspaces.ts';

export interface JobServiceOptions extends JobStarterOptions {
  readonly artifacts: Artifacts;
  /** `undefined`: everybody may have as much as they like. */
  readonly quota?: Quota | undefined;
  readonly workspaces: Workspaces;
}

export interface CreateDetails {
  readonly correlationId: string;
  readonly idempotencyKey: string | undefined;
  /** Runs before a job is made, and not for a repeat, which makes none. What it throws refuses the job. */
  readonly admit?: () => Promise<void>;
}

/** What is known when a cancel is acknowledged. */
export interface CancelOutcome {
  readonly status: JobStatus;
  readonly providerStatuses: readonly ProviderStatus[];
}

export class JobService {
  readonly #store: JobStore;
  readonly #log: EventLog;
  readonly #queue: JobQueue;
  readonly #hub: EventHub;
  readonly #artifacts: Artifacts;
  readonly #traces: Traces;
  readonly #quota: Quota | undefined;
  readonly #starter: JobStarter;
  readonly #canceller: JobCanceller;
  readonly #pauser: JobPauser;

  constructor({ store, log, queue, hub, artifacts, workspaces, outbox, quota }: JobServiceOptions) {
    this.#store = store;
    this.#log = log;
    this.#queue = queue;
    this.#hub = hub;
    this.#artifacts = artifacts;
    this.#traces = { store, log, hub, workspaces, outbox };
    this.#quota = quota;
    this.#starter = new JobStarter({ store, log, queue, hub, outbox });
    this.#canceller = new JobCanceller({ store, log, queue, artifacts, workspaces });
    this.#pauser = new JobPauser({ store, log, queue });
  }

  /** Stores and queues a job. When it returns, the job survives a crash. */
  async create(request: ParsedRequest, caller: Caller, details: CreateDetails): Promise<JobResource> {
    const record = { ...newRecord(caller.id, details), ...request, retryOf: null, attempt: 1 };
    return this.#start(record, details, 'create');
  }

  /** The caller's job. @throws {ServiceError} `JobNotFound`, also for somebody else's: whether it exists is nobody's business */
  async record(jobId: string, caller: Caller): Promise<JobRecord> {
    const [record] = await this.records([jobId], caller);
    if (record) return record;
    throw new ServiceError('JobNotFound', 'There is no such job, or it has expired. Start a new one.', { jobId });
  }

  /** Those of the jobs that are the caller's, in the order asked; every job is an administrator's (AC-50). */
  async records(jobIds: readonly string[], caller: Caller): Promise<JobRecord[]> {
    const records = await Promise.all(jobIds.map((jobId) => this.#store.get(jobId)));
    return records.flatMap((record) => (record && owns(caller, record) ? record : []));
  }

  async get(jobId: string, caller: Caller): Promise<JobResource> {
    return this.#resource(await this.record(jobId, caller));
  }

  /** A page of the caller's jobs, newest first. */
  list(caller: Caller, request: ListRequest): Promise<JobPage> {
    return pageOfJobs(this.#store, caller.isAdmin ? undefined : caller.id, request, (record) => this.#resource(record));
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
  async cancel(jobId: string, caller: Caller): Promise<CancelOutcome> {
    const record = await this.record(jobId, caller);
    const snapshot = await this.#hub.snapshot(jobId);
    if (isTerminal(snapshot.status)) {
      const message = `The job is ${snapshot.status} already, so there is nothing to cancel.`;
      throw new ServiceError('NotCancellable', message, { jobId, currentStatus: snapshot.status });
    }
    // Asked first: when the work is put down, nobody does it any more.
    const provider = await this.#store.providerOf(jobId);
    await this.#canceller.cancel(record, snapshot);
    const { status, stage } = snapshot;
    return { status, providerStatuses: status === 'Running' ? providerStatuses(stage, provider) : [] };
  }

  /**
   * Asks a running job to rest. The state changes when its worker has put the work down.
   *
   * @throws {ServiceError} `NotPausable` when it is not running
   */
  async pause(jobId: string, caller: Caller): Promise<void> {
    await this.#pauser.pause(await this.record(jobId, caller), await this.#hub.snapshot(jobId));
  }

  /** Lets a paused job go on. @throws {ServiceError} `NotResumable` when it is not paused */
  async resume(jobId: string, caller: Caller): Promise<void> {
    await this.#pauser.resume(await this.record(jobId, caller), await this.#hub.snapshot(jobId));
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
    const record = { ...failed, ...newRecord(failed.ownerId, details), retryOf: jobId, attempt: failed.attempt + 1 };
    return this.#start(record, details, `retry ${jobId}`);
  }

  /**
   * Takes an ended job away with everything it has left.
   *
   * @throws {ServiceError} `NotDeletable` while the job waits or runs
   */
  async remove(jobId: string, caller: Caller): Promise<void> {
    const files = await this.#artifacts.of(jobId);
    // Files are kept for longer than what else is known of a job, and take up their owner's space.
    const expired = files && owns(caller, files) && !(await this.#store.get(jobId));
    if (expired) return this.#artifacts.remove(jobId);
    await this.record(jobId, caller);
    const { status } = await this.#hub.snapshot(jobId);
    if (!isTerminal(status)) {
      throw new ServiceError('NotDeletable', `Only ended jobs can be deleted; this one is ${status}.`, {
        jobId,
        currentStatus: status,
        suggestedActions: ['Cancel the job first, then delete it once it has stopped.'],
      });
    }
    // Files first: should one resist, the job is still there to be deleted again.
    await this.#artifacts.remove(jobId);
    await forgetJob(this.#traces, jobId);
  }

  /** Lets a held simulated job begin. @throws {ServiceError} `NotFound` for any other job */
  async release(jobId: string, caller: Caller): Promise<void> {
    const record = await this.record(jobId, caller);
    if (!record.simulation?.hold)
      throw new ServiceError('NotFound', 'Only simulated jobs with "hold" can be released.', { jobId });
    await this.#queue.enqueue(jobId);
  }

  /** Queues what a crash has left between its record and the queue: at the start, and now and then while other processes run. */
  recover(): Promise<void> {
    return this.#starter.recover();
  }

  async #start(record: JobRecord, { idempotencyKey, admit }: CreateDetails, what: string): Promise<JobResource> {
    const { ownerId } = record;
    const key = idempotencyKey && `${what} ${idempotencyKey}`;
    const start = () => this.#starter.start(record, key);
    // The answer to the first one may have got lost: no limit comes between its job and who asks again.
    if (key && (await this.#store.getByKey(ownerId, key))) return start();
    // Counted last: what the quota refuses makes no job.
    const admitted = async (): Promise<JobResource> => {
      await admit?.();
      return start();
    };
    return this.#quota?.admit(ownerId, admitted) ?? admitted();
  }

  async #resource(record: JobRecord): Promise<JobResource> {
    const snapshot = await this.#hub.snapshot(record.id);
    // A paused job has one when it was asked to go on.
    const waits = snapshot.status === 'Queued' || snapshot.status === 'Paused';
    const position = waits ? await this.#queue.position(record.id) : null;
    return toJobResource(record, snapshot, position);
  }
}

function newRecord(
  ownerId: string,
  { correlationId }: CreateDetails,
): Pick<JobRecord, 'id' | 'ownerId' | 'correlationId' | 'createdAt'> {
  return { id: `job-${randomBytes(8).toString('hex')}`, ownerId, correlationId, createdAt: Date.now() };
}
