/** Puts a running job down, and takes it up again: it goes on after its last finished stage, as after a restart. */
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import { LogSealedError } from '../events/event-log.ts';
import { pausedEvent } from './job-endings.ts';
import type { JobStarterOptions } from './job-starter.ts';
import type { JobRecord } from './job-store.ts';
import { ServiceError } from './service-error.ts';

export class JobPauser {
  readonly #parts: Omit<JobStarterOptions, 'hub'>;

  constructor(parts: Omit<JobStarterOptions, 'hub'>) {
    this.#parts = parts;
  }

  /**
   * Resolves when the job rests, or when its worker was told to put it down. The stage that runs is begun anew later.
   *
   * @throws {ServiceError} `NotPausable` unless it is running; asking again is no fault
   */
  async pause(record: JobRecord, snapshot: JobSnapshot): Promise<void> {
    const { store, log, queue } = this.#parts;
    const { id } = record;
    const { status } = snapshot;
    if (status !== 'Running' && status !== 'Paused')
      throw refused('NotPausable', `Only running jobs can be paused; this one is ${status}.`, record, status);
    // Remembered first, so that no worker takes it up, not after a crash either.
    await store.requestPause(id, true);
    if ((await queue.position(id)) === null) return queue.stop(id, 'pause');
    // It waits for a worker, to go on.
    if (status === 'Running') await log.append(id, [pausedEvent(record, snapshot)]).catch(hasEnded(record));
    await queue.remove(id);
    // Another process may have resumed or cancelled it while it was still there, and so have left it where it was.
    if (!(await store.isPauseRequested(id)) || (await store.isCancelRequested(id))) await queue.enqueue(id);
  }

  /** Resolves when the job waits for a worker. @throws {ServiceError} `NotResumable` unless it is paused */
  async resume(record: JobRecord, { status }: JobSnapshot): Promise<void> {
    const { store, queue } = this.#parts;
    if (status !== 'Paused')
      throw refused('NotResumable', `Only paused jobs can be resumed; this one is ${status}.`, record, status);
    await store.requestPause(record.id, false);
    await queue.enqueue(record.id);
  }
}

/** It was ended between the look at its state and this. */
function hasEnded(record: JobRecord): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof LogSealedError)) throw error;
    throw refused('NotPausable', 'Only running jobs can be paused; this one has just ended.', record);
  };
}

/** How many of an owner's jobs rest. */
export async function countPaused(
  { store, hub }: Pick<JobStarterOptions, 'store' | 'hub'>,
  ownerId: string,
): Promise<number> {
  const jobs = await Promise.all((await store.pausedOf(ownerId)).map((jobId) => hub.snapshot(jobId)));
  return jobs.filter(({ status }) => status === 'Paused').length;
}

function refused(
  code: 'NotPausable' | 'NotResumable',
  message: string,
  { id: jobId }: JobRecord,
  currentStatus?: JobSnapshot['status'],
): ServiceError {
  return new ServiceError(code, message, { jobId, ...(currentStatus && { currentStatus }) });
}
