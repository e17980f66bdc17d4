/** Takes away what was kept for long enough (C-33, AC-60): first what is known of a job, later its files. Jobs that have not ended stay. */
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/artifacts.ts';
import { forgetJob } from '../jobs/forget-job.ts';
import type { Traces } from '../jobs/forget-job.ts';

/** Jobs that are taken away before others get a turn. */
const PORTION = 100;
const MAX_INTERVAL_MS = 60_000;

export interface RetentionOptions extends Traces {
  readonly artifacts: Artifacts;
  readonly logger: Logger;
  /** How long a job's events are kept after its last one, in ms. */
  readonly keepHistoryMs: number;
  /** How long its files are kept, in ms; not less. */
  readonly keepArtifactsMs: number;
  /** Clock in Unix ms. */
  readonly now?: () => number;
}

export class Retention {
  readonly #options: RetentionOptions;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;

  constructor({ now = Date.now, ...options }: RetentionOptions) {
    this.#options = { ...options };
    this.#now = now;
  }

  /** Sweeps now, and then often enough that nothing stays for much longer than it should. */
  start(): void {
    const { keepHistoryMs, logger } = this.#options;
    const sweep = (): void => {
      this.sweep().catch((err: unknown) => logger.error({ err }, 'old jobs could not be swept; it is tried again'));
    };
    this.#timer = setInterval(sweep, Math.min(MAX_INTERVAL_MS, Math.max(keepHistoryMs / 4, 10))).unref();
    sweep();
  }

  /** Takes away what is due. A sweep that is under way is waited for. */
  sweep(): Promise<void> {
    return (this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = undefined)));
  }

  /** Ends the sweeps. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping?.catch(() => {});
  }

  async #sweep(): Promise<void> {
    const { log, artifacts, keepHistoryMs, keepArtifactsMs } = this.#options;
    const now = this.#now();
    await inPortions(
      (limit) => log.endedBefore(now - keepHistoryMs, limit),
      // Files stay. The log goes last: until then the job is found again by the next sweep.
      (jobId) => forgetJob(this.#options, jobId),
    );
    await inPortions(
      (limit) => artifacts.madeBefore(now - keepArtifactsMs, limit),
      (jobId) => artifacts.remove(jobId),
    );
    await this.#sweepFolders();
  }

  /** Folders of jobs that are gone: a crash can leave one behind. */
  async #sweepFolders(): Promise<void> {
    const { store, workspaces } = this.#options;
    for (const jobId of await workspaces.list()) if (!(await store.get(jobId))) await workspaces.remove(jobId);
  }
}

/** Does something to all that is due, a portion at a time, so that others get their turn. */
async function inPortions(due: (limit: number) => Promise<string[]>, act: (jobId: string) => Promise<void>) {
  for (;;) {
    const jobIds = await due(PORTION);
    for (const jobId of jobIds) await act(jobId);
    if (jobIds.length < PORTION) return;
  }
}
