/** A job ended as Canceled; thrown by `await watcher.done`. */
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { AuraError } from './aura-error.ts';

/** The job was cancelled. Not a fault: somebody asked for it. */
export class JobCanceledError extends AuraError {
  override readonly name = 'JobCanceledError';
  readonly snapshot: JobSnapshot;

  constructor(snapshot: JobSnapshot) {
    super(`Job ${snapshot.jobId} was cancelled in ${snapshot.stage}.`, { code: 'Cancelled' });
    this.snapshot = snapshot;
  }
}
