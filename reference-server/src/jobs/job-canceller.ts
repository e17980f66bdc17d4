/** Stops a job, whether it waits, runs or rests. Its end is told by whoever ends it: the worker, or for a waiting job this. */
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { Artifacts } from '../artifacts/artifacts.ts';
import { LogSealedError } from '../events/event-log.ts';
import { endOfJob } from './job-endings.ts';
import type { JobStarterOptions } from './job-starter.ts';
import type { JobRecord } from './job-store.ts';
import type { Workspaces } from './workspaces.ts';

interface CancellerParts extends Omit<JobStarterOptions, 'hub'> {
  readonly artifacts: Artifacts;
  readonly workspaces: Workspaces;
}

export class JobCanceller {
  readonly #parts: CancellerParts;

  constructor(parts: CancellerParts) {
    this.#parts = parts;
  }

  /** Resolves when the job has ended, or when its worker was told. @param snapshot its state, which is not terminal */
  async cancel(record: JobRecord, snapshot: JobSnapshot): Promise<void> {
    const { store, log, queue, artifacts, workspaces } = this.#parts;
    const { id } = record;
    // Remembered first: a worker that takes the job this very moment looks there before it begins.
    await store.requestCancel(id);
    // One that is held or paused is in no queue.
    await queue.enqueue(id);
    if ((await queue.position(id)) === null) await queue.stop(id, 'cancel');
    else {
      // It has begun before: a crash has interrupted it, or it was put down (AC-23).
      await artifacts.discard(record);
      await workspaces.remove(id);
      // Told first and taken out then: a crash in between leaves a job that a worker finds to have ended.
      await log.append(id, endOfJob.canceled(record, snapshot)).catch(ignoreSealed);
      await queue.remove(id);
    }
  }
}

/** The job has ended in the meantime, which is what was asked for. */
function ignoreSealed(error: unknown): void {
  if (!(error instanceof LogSealedError)) throw error;
}
