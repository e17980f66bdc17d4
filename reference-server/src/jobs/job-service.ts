/** What can be asked of jobs: create, read, cancel, retry. Every route goes through here. */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { EventHub } from '../events/event-hub.ts';
import { LogSealedError } from '../events/event-log.ts';
import type { EventLog } from '../events/event-log.ts';
import { endOfJob, queuedEvent } from './job-endings.ts';
import type { JobQueue } from './job-queue.ts';
import { toJobResource } from './job-resource.ts';
import type { JobResource } from './job-resource.ts';
import type { ParsedRequest } from './job-request.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { ServiceError } from './service-error.ts';

/** Who asks. */
export interface Caller {
  readonly id: string;
}

export interface JobServiceOptions {
  readonly store: JobStore;
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly hub: EventHub;
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
  readonly #beginning = new Map<string, Promise<JobSnapshot>>();

  constructor({ store, log, queue, hub }: JobServiceOptions) {
    this.#store = store;
    this.#log = log;
    this.#queue = queue;
    this.#hub = hub;
  }

  /** Stores and queues a job. When it returns, the job survives a crash. */
  async create({ spec, simulation }: ParsedRequest, caller: Caller, details: CreateDetails): Promise<JobResource> {
    const record = { ...newRecord(caller, details), spec, simulation, retryOf: null, attempt: 1 };
    return this.#start(record, details.idempotencyKey && `create ${details.idempotencyKey}`);
  }

  /** The caller's job. @throws {ServiceError} `JobNotFound`, also for somebody else's: whether it exists is nobody's business */
  async record(jobId: string, caller: Caller): Promise<JobRecord> {
    const record = await this.#store.get(jobId);
    if (record?.ownerId === caller.id) return record;
    throw new ServiceError('JobNotFound', 'There is no such job, or it has expired. Start a new one.', { jobId });
  }

  async get(jobId: string, caller: Caller): Promise<JobResource> {
    return this.#resource(await this.record(jobId, caller));
  }

  /** The caller's jobs, newest first. */
  async list(caller: Caller, limit: number): Promise<JobResource[]> {
    return Promise.all((await this.#store.list(caller.id, limit)).map((record) => this.#resource(record)));
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
    return this.#start(record, details.idempotencyKey && `retry ${jobId} ${details.idempotencyKey}`);
  }

  /** Lets a held simulated job begin. @throws {ServiceError} `NotFound` for any other job */
  async release(jobId: string, caller: Caller): Promise<void> {
    const record = await this.record(jobId, caller);
    if (!record.simulation?.hold)
      throw new ServiceError('NotFound', 'Only simulated jobs with "hold" can be released.', { jobId });
    await this.#queue.enqueue(jobId);
  }

  /** Queues what a crash has left between its record and the queue. Called once, before jobs are handed out. */
  async recover(): Promise<void> {
    for await (const record of this.#store.all()) {
      if (!(await this.#log.isSealed(record.id))) await this.#begin(record);
    }
  }

  /** @param key idempotency key within the owner's requests of all kinds */
  async #start(record: JobRecord, key: string | undefined): Promise<JobResource> {
    const stored = await this.#store.create(record, key);
    if (!asksTheSame(stored, record)) {
      throw new ServiceError(
        'IdempotencyKeyReused',
        'Idempotency-Key: was used for another request before. Take a new one.',
        {
          field: 'Idempotency-Key',
        },
      );
    }
    // Two requests with one key may be here at once.
    const begun = this.#beginning.get(stored.id) ?? this.#begin(stored);
    this.#beginning.set(stored.id, begun);
    const snapshot = await begun.finally(() => this.#beginning.delete(stored.id));
    return toJobResource(stored, snapshot, null);
  }

  /** Can be repeated at any point: what was done already is not done again. @returns the state before a worker sees it */
  async #begin(record: JobRecord): Promise<JobSnapshot> {
    const known = await this.#hub.snapshot(record.id);
    if (known.lastEventId === null) await this.#log.append(record.id, [queuedEvent(record)]);
    const snapshot = await this.#hub.snapshot(record.id);
    if (!record.simulation?.hold && !isTerminal(snapshot.status)) await this.#queue.enqueue(record.id);
    return snapshot;
  }

  async #resource(record: JobRecord): Promise<JobResource> {
    const snapshot = await this.#hub.snapshot(record.id);
    const position = snapshot.status === 'Queued' ? await this.#queue.position(record.id) : null;
    return toJobResource(record, snapshot, position);
  }
}

function asksTheSame(a: JobRecord, b: JobRecord): boolean {
  return isDeepStrictEqual([a.spec, a.simulation, a.retryOf], [b.spec, b.simulation, b.retryOf]);
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
