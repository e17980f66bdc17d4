/** Queue in BullMQ: its hand-out, its locks, its finding of workers that died, its repeats. */
import { Queue, WaitingError, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobHandler, JobQueue } from '../../jobs/job-queue.ts';
import { answered } from './connection.ts';
import { keys, QUEUE_NAME, QUEUE_PREFIX } from './keys.ts';
import type { Runs } from './runs.ts';
import { COUNT_IN, loadScript, STOP } from './scripts.ts';
import type { Script } from './scripts.ts';

/** A job whose handler threw, for example on a full disk, is handed out again after this time. */
const REDELIVERY_MS = 5000;
/** A job is handed out until its end is logged. */
const ALWAYS = 1_000_000;

export interface BullJobQueueOptions {
  readonly redis: Redis;
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
  readonly #countIn: Script;
  readonly #stop: Script;
  #worker: Worker | undefined;

  constructor(options: BullJobQueueOptions) {
    const { redis, onError } = options;
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
    this.#countIn = loadScript(redis, 'CountIn', COUNT_IN);
    this.#stop = loadScript(redis, 'Stop', STOP);
  }

  async enqueue(jobId: string): Promise<void> {
    await answered(this.#countIn([keys.job(jobId), keys.log(jobId)], [jobId, keys.busy('')]));
    await answered(this.#queue.add('job', null, { jobId }));
    await answered(this.#options.redis.zrem(keys.unqueued, jobId));
  }

  /** BullMQ leaves a job alone that a worker holds. */
  async remove(jobId: string): Promise<void> {
    await answered(this.#queue.remove(jobId));
  }

  /** Every worker is told, and asks for itself should it have missed that. */
  async stop(jobId: string): Promise<void> {
    await answered(this.#stop([keys.clock, keys.feed], [jobId, this.#options.feedLength]));
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
    const { runs, onError } = this.#options;
    const jobId = job.id!;
    const signal = runs.begin(jobId, lock);
    // It was handed out while the worker was about to stop.
    if (this.#worker?.closing) runs.stop(jobId, 'shutdown');
    try {
      await handler(jobId, signal);
    } catch (error) {
      onError(error, jobId);
      throw error;
    } finally {
      runs.end(jobId);
    }
    if (!signal.aborted) return;
    const { why } = signal.reason as { why: string };
    if (why === 'cancel') return;
    if (why === 'shutdown') await job.moveToWait(lock);
    // Whoever has the job now is none of this worker's business.
    throw new WaitingError();
  }
}
