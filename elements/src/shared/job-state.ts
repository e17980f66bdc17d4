/** What there is to show of a job. */
import { isAuraError } from '@aura-jobs/sdk';
import type { ConnectionState, JobSnapshot } from '@aura-jobs/sdk';

/** The job's status; while nothing is known of the job, why. */
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

export function jobState(jobId: string, job: JobSnapshot | null, connection: ConnectionState): JobState {
  if (job) return job.status.toLowerCase() as JobState;
  if (!jobId) return 'idle';
  if (connection.status !== 'failed') return 'loading';
  return (isAuraError(connection.error) && STATE_BY_CODE[connection.error.code]) || 'lost';
}
