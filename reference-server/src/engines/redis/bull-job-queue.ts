/** Queue in BullMQ: its hand-out, its locks, its finding of workers that died, its repeats. */
import { setTimeout as delay } from 'node:timers/promises';
import { Queue, WaitingError, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobHandler, JobQueue, JobStopped } from '../../jobs/job-queue.ts';
import { answered } from './connection.ts';
import { keys, QUEUE_NAME, QUEUE_PREFIX } from './keys.ts';
import type { Replicas } from './replicas.ts';
import type { Runs } from './runs.ts';
import { ASK, BEGIN, COUNT_IN, COUNT_OUT, LEAVE } from './queue-scripts.ts';
import { loadScript, STOP } from './scripts.ts';
import type { Script } from './scripts.ts';

/** A job whose handler threw, for example on a full disk, is handed out again after this time. */
const REDELIVERY_MS = 5000;
/** How often is looked whether a job has left, in ms: it is a matter of one answer of Redis. */
const LEAVE_MS = 10;
/** A job is handed out until its end is logged. */
const ALWAYS = 1_000_000;

export interface BullJobQueueOptions {
  readonly redis: Redis;
  readonly replicas: Replicas;
  readonly runs: Runs;
  readonly concurrency: number;
  readonly feedLength: number;
  /** Silence of a worker after which its jobs go to another one, in ms. */
  readonly takeOverAfterMs: number;
  readonly onError: (error: unknown, jobId?: string) => void;
}

export class BullJobQueue implements JobQueue {
  readonly #options: BullJobQueueOptions;
  readonly #queue: Queue;
  readonly #ask: Script;
  readonly #begin: Script;
  readonly #leave: Script;
  readonly #countIn: Script;
  readonly #countOut: Script;
  readonly #stop: Script;
  #worker: Worker | undefined;
  /** When each job that runs here goes to another worker, unless its lock is renewed before. */
  readonly #leases = new Map<string, NodeJS.Timeout>();

  constructor(options: BullJobQueueOptions) {
    const { redis, replicas, onError } = options;
    this.#options = options;
    this.#queue = new Queue(QUEUE_NAME, {
      connection: redis,
      prefix: QUEUE_PREFIX,
      // What happens to a job is told by its own log.
      streams: { events: { maxLen: 0 } },
      defaultJobOptions: {
        attempts: ALWAYS,
        backoff: { type: 'fixed', delay: REDELIVERY_MS },
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    this.#queue.on('error', onError);
    this.#ask = loadScript(redis, 'Ask', ASK);
    this.#begin = loadScript(redis, 'Begin', BEGIN);
    this.#leave = loadScript(redis, 'Leave', LEAVE);
    this.#countIn = loadScript(replicas.redis, 'CountIn', COUNT_IN);
    this.#countOut = loadScript(redis, 'CountOut', COUNT_OUT);
    this.#stop = loadScript(redis, 'Stop', STOP);
  }

  async enqueue(jobId: string): Promise<void> {
    const place = [keys.queued(jobId), keys.lock(jobId)];
    for (;;) {
      const state = await answered(this.#ask(place, []));
      if (state === 'FREE') await answered(this.#queue.add('job', null, { jobId }));
      if (state !== 'LEAVING') break;
      await delay(LEAVE_MS);
    }
    const counted = [keys.job(jobId), keys.log(jobId), keys.queued(jobId), keys.unqueued];
    await answered(this.#options.replicas.have(() => this.#countIn(counted, [jobId, keys.busy('')])));
  }

  /** BullMQ leaves a job alone that a worker holds. */
  async remove(jobId: string): Promise<void> {
    await answered(this.#queue.remove(jobId));
    await answered(this.#countOut([keys.job(jobId), keys.queued(jobId)], [jobId, keys.busy('')]));
  }

  /** Every worker is told, and asks for itself should it have missed that. */
  async stop(jobId: string, why: 'cancel' | 'pause'): Promise<void> {
    await answered(this.#stop([keys.clock, keys.feed], [jobId, why, this.#options.feedLength]));
  }

  async position(jobId: string): Promise<number | null> {
    const waiting = this.#queue.toKey('wait');
    // The next one to be handed out is the last of the list.
    const replies = await answered(this.#options.redis.multi().lpos(waiting, jobId).llen(waiting).exec());
    const [index, length] = replies!.map(([, reply]) => reply as number | null);
    return index === null || index === undefined ? null : length! - 1 - index;
  }

  countOf(ownerId: string): Promise<number> {
    return answered(this.#options.redis.scard(keys.busy(ownerId)));
  }

  async depth(): Promise<{ waiting: number; running: number }> {
    const {
      waiting = 0,
      delayed = 0,
      active = 0,
    } = await answered(this.#queue.getJobCounts('waiting', 'delayed', 'active'));
    return { waiting: waiting + delayed, running: active };
  }

  process(handler: JobHandler): void {
    const { redis, concurrency, takeOverAfterMs, runs, onError } = this.#options;
    this.#worker = new Worker(QUEUE_NAME, (job: Job, token?: string) => this.#run(job, token!, handler), {
      connection: redis,
      prefix: QUEUE_PREFIX,
      concurrency,
      lockDuration: takeOverAfterMs,
      lockRenewTime: takeOverAfterMs / 4,
      stalledInterval: takeOverAfterMs / 4,
      maxStalledCount: ALWAYS,
      runRetryDelay: 500,
    });
    this.#worker.on('error', (error) => onError(error));
    this.#worker.on('locksRenewed', ({ jobIds }: { jobIds: string[] }) => {
      for (const jobId of jobIds) this.#leases.get(jobId)?.refresh();
    });
    this.#worker.on('lockRenewalFailed', (jobIds: string[]) => {
      for (const jobId of jobIds) runs.stop(jobId, 'taken');
    });
  }

  async close(): Promise<void> {
    const { runs } = this.#options;
    for (const jobId of runs.jobIds) runs.stop(jobId, 'shutdown');
    await this.#worker?.close();
    await this.#queue.close();
  }

  async #run(job: Job, lock: string, handler: JobHandler): Promise<void> {
    const { runs, onError, takeOverAfterMs } = this.#options;
    const jobId = job.id!;
    let signal: AbortSignal;
    try {
      signal = runs.begin(jobId, lock, String(await answered(this.#begin([keys.queued(jobId), keys.clock], []))));
      // A worker that is cut off cannot be told, and must not work in a folder where another one works by then.
      this.#leases.set(jobId, setTimeout(() => runs.stop(jobId, 'taken'), takeOverAfterMs).unref());
      // It was handed out while the worker was about to stop.
      if (this.#worker?.closing) runs.stop(jobId, 'shutdown');
      await handler(jobId, signal);
    } catch (error) {
      onError(error, jobId);
      throw error;
    } finally {
      clearTimeout(this.#leases.get(jobId));
      this.#leases.delete(jobId);
      runs.end(jobId);
    }
    const why = signal.aborted ? (signal.reason as JobStopped).why : undefined;
    const end = why === 'taken' || why === 'shutdown' ? why : await this.#leaveQueue(jobId, lock);
    if (end === 'left') return;
    // Whoever has the job now is none of this worker's business.
    if (end !== 'taken') await job.moveToWait(lock);
    throw new WaitingError();
  }

  /** @returns `wanted`: somebody has asked for another hand-out, so it stays */
  async #leaveQueue(jobId: string, lock: string): Promise<'left' | 'wanted' | 'taken'> {
    const place = [keys.queued(jobId), keys.log(jobId), keys.job(jobId), keys.lock(jobId)];
    const state = await answered(this.#leave(place, [jobId, keys.busy(''), lock]));
    return state === 'LEAVES' ? 'left' : state === 'AGAIN' ? 'wanted' : 'taken';
  }
}
