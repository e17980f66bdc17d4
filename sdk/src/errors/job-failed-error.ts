/** A job ended as Failed; thrown by `await watcher.done` and by readers that wait for a result. */
import type { JobSnapshot } from '../protocol/job-snapshot.ts';
import { AuraError } from './aura-error.ts';

/** The job failed. `code` is its first error's; `snapshot.errors` holds every code with its remediation. */
export class JobFailedError extends AuraError {
  override readonly name = 'JobFailedError';
  readonly snapshot: JobSnapshot;

  constructor(snapshot: JobSnapshot) {
    const [first] = snapshot.errors;
    super(
      `Job ${snapshot.jobId} failed in ${snapshot.stage}: ${snapshot.errorMessage ?? first?.message ?? ''} ${first?.remediation ?? ''}`.trim(),
      {
        code: first?.code ?? 'UnknownError',
        requestId: snapshot.correlationId ?? undefined,
      },
    );
    this.snapshot = snapshot;
  }
}
