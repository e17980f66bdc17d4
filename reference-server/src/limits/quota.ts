/** How many jobs and how much space an owner may have: asked before a job is made. */
import type { Artifacts } from '../artifacts/artifacts.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { ServiceError } from '../jobs/service-error.ts';
import type { Limits } from './limits.ts';
import type { Slots } from './slots.ts';

/** When to try again while the owner's jobs wait, in seconds: one of them may have ended by then. */
const RETRY_AFTER_SECONDS = 30;

export interface QuotaOptions {
  readonly queue: JobQueue;
  readonly slots: Slots;
  /** How many of an owner's jobs rest: they are in no queue. */
  countPaused(ownerId: string): Promise<number>;
  readonly artifacts: Artifacts;
  readonly limits: Pick<Limits, 'queuedJobs' | 'diskBytes'>;
  /** How long files are kept: then there is space again. */
  readonly keepArtifactsMs: number;
}

export class Quota {
  readonly #options: QuotaOptions;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  /** Makes a job if its owner may have one more. @throws {ServiceError} `RateLimited` */
  async admit<T>(ownerId: string, make: () => Promise<T>): Promise<T> {
    const { limits } = this.#options;
    if (limits.queuedJobs === 0) return this.#make(ownerId, make);
    // Jobs that are being made are in no queue yet.
    const coming = await this.#options.slots.take(`coming ${ownerId}`, Infinity);
    try {
      await this.#checkJobs(ownerId, coming!.others);
      return await this.#make(ownerId, make);
    } finally {
      coming!.release();
    }
  }

  async #make<T>(ownerId: string, make: () => Promise<T>): Promise<T> {
    await this.#checkSpace(ownerId);
    return make();
  }

  async #checkJobs(ownerId: string, coming: number): Promise<void> {
    const { queue, limits } = this.#options;
    const [queued, resting] = await Promise.all([queue.countOf(ownerId), this.#options.countPaused(ownerId)]);
    if (queued + resting + coming < limits.queuedJobs) return;
    throw new ServiceError('RateLimited', `${limits.queuedJobs} of your jobs wait or run already.`, {
      retryAfter: RETRY_AFTER_SECONDS,
      suggestedActions: ['Wait until one of them has ended, or cancel one.'],
    });
  }

  async #checkSpace(ownerId: string): Promise<void> {
    const { artifacts, limits, keepArtifactsMs } = this.#options;
    if (limits.diskBytes === 0) return;
    const { bytes, oldestAt } = await artifacts.usageOf(ownerId);
    if (bytes < limits.diskBytes) return;
    const megabytes = (size: number): number => Math.ceil(size / 1_000_000);
    throw new ServiceError(
      'RateLimited',
      `Your files take ${megabytes(bytes)} MB, and ${megabytes(limits.diskBytes)} MB is what you may have.`,
      {
        retryAfter: Math.max(1, Math.ceil((oldestAt + keepArtifactsMs - Date.now()) / 1000)),
        suggestedActions: ['Delete jobs that you no longer need.'],
      },
    );
  }
}
