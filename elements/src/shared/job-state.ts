/** What there is to show of a job. */
import { isAuraError, isTerminal } from '@aura-jobs/sdk';
import type { JobSnapshot } from '@aura-jobs/sdk';

/** The job's status; while the server cannot be asked about it, why. */
export type JobState =
  | 'idle'
  | 'loading'
  | 'missing'
  | 'denied'
  | 'lost'
  | 'queued'
  | 'running'
  | 'paused'
  | 'succeeded'
  | 'failed'
  | 'canceled';

const STATE_BY_CODE: Record<string, JobState | undefined> = { JobNotFound: 'missing', AccessDenied: 'denied' };

/** @param trouble why the connection was given up: what is known of a job that has not ended may be wrong by now */
export function jobState(jobId: string, job: JobSnapshot | null, trouble: Error | undefined): JobState {
  if (job && (!trouble || isTerminal(job.status))) return job.status.toLowerCase() as JobState;
  if (trouble) return (isAuraError(trouble) && STATE_BY_CODE[trouble.code]) || 'lost';
  return jobId ? 'loading' : 'idle';
}
