/** Begins jobs: record, first event, queue. Each step can be repeated, so that a crash in between loses nothing. */
import { isDeepStrictEqual } from 'node:util';
import { isTerminal } from '@aura-jobs/sdk/protocol';
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { EventHub } from '../events/event-hub.ts';
import type { EventLog } from '../events/event-log.ts';
import { channelsOf } from '../notifications/notify-targets.ts';
import type { Outbox } from '../notifications/outbox.ts';
import { queuedEvent } from './job-endings.ts';
import type { JobQueue } from './job-queue.ts';
import { toJobResource } from './job-resource.ts';
import type { JobResource } from './job-resource.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import { ServiceError } from './service-error.ts';

/** When a job that could not be begun is tried again, in ms. */
const LATER_MS = 5000;

export interface JobStarterOptions {
  readonly store: JobStore;
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly hub: EventHub;
  /** Where to note who is to be told of the end. */
  readonly outbox?: Outbox | undefined;
}

export class JobStarter {
  readonly #store: JobStore;
  readonly #log: EventLog;
  readonly #queue: JobQueue;
  readonly #hub: EventHub;
  readonly #outbox: Outbox | undefined;
  readonly #beginning = new Map<string, Promise<JobSnapshot>>();
  /** Jobs that are tried again. */
  readonly #later = new Set<string>();

  constructor({ store, log, queue, hub, outbox }: JobStarterOptions) {
    this.#store = store;
    this.#log = log;
    this.#queue = queue;
    this.#hub = hub;
    this.#outbox = outbox;
  }

  /** Stores and queues a job. @param key idempotency key within the owner's requests of all kinds */
  async start(record: JobRecord, key: string | undefined): Promise<JobResource> {
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
    return toJobResource(stored, await this.#begin(stored), null);
  }

  /** One at a time: requests with the same key may be here at once, also while the job is recovered. */
  #begin(record: JobRecord): Promise<JobSnapshot> {
    const { id } = record;
    const begun = this.#beginning.get(id) ?? this.#writeBeginning(record).finally(() => this.#beginning.delete(id));
    this.#beginning.set(id, begun);
    begun.catch(() => this.#beginLater(id));
    return begun;
  }

  /** A disk that was full between record and queue leaves a job that waits for nobody: it is begun when there is space. */
  #beginLater(jobId: string): void {
    if (this.#later.has(jobId)) return;
    this.#later.add(jobId);
    setTimeout(() => {
      this.#later.delete(jobId);
      this.#store
        .get(jobId)
        .then((record) => record && this.#begin(record))
        .catch(() => this.#beginLater(jobId));
    }, LATER_MS).unref();
  }

  /** Can be repeated at any point: what was done already is not done again. @returns the state before a worker sees it */
  async #writeBeginning(record: JobRecord): Promise<JobSnapshot> {
    const known = await this.#hub.snapshot(record.id);
    if (known.lastEventId === null) {
      // Noted before anything has happened, and never again: what was told already is not told twice.
      if (record.notify) await this.#outbox?.add(record.id, channelsOf(record.notify));
      await this.#log.append(record.id, [queuedEvent(record)], { first: true });
    }
    const snapshot = await this.#hub.snapshot(record.id);
    if (!record.simulation?.hold && !isTerminal(snapshot.status)) await this.#queue.enqueue(record.id);
    return snapshot;
  }

  /** Queues what a crash has left between its record and the queue. Starts that are under way are not disturbed. */
  async recover(): Promise<void> {
    for await (const record of this.#store.unqueued()) {
      if (!(await this.#log.isSealed(record.id))) await this.#begin(record);
    }
  }
}

function asksTheSame(a: JobRecord, b: JobRecord): boolean {
  return isDeepStrictEqual([a.spec, a.simulation, a.retryOf, a.notify], [b.spec, b.simulation, b.retryOf, b.notify]);
}
