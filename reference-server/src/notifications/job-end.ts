/** What is told of the end of a job: the same however it is told, and each time it is tried. */
import type { JobSnapshot, JobStatus } from '@aura-jobs/sdk/protocol';
import type { JobRecord } from '../jobs/job-store.ts';

const TYPES: Readonly<Partial<Record<JobStatus, string>>> = {
  Succeeded: 'job.completed',
  Failed: 'job.failed',
  Canceled: 'job.cancelled',
};

/** Body of a webhook, in the form that Standard Webhooks recommend. */
export interface JobEnd {
  readonly type: string;
  /** When the job ended, ISO 8601. */
  readonly timestamp: string;
  readonly data: Pick<
    JobSnapshot,
    'jobId' | 'status' | 'stage' | 'title' | 'output' | 'artifacts' | 'errors' | 'retryOf' | 'attempt' | 'correlationId'
  > & { readonly ownerId: string };
}

/** Names the message, so that a receiver knows one that comes again. */
export function messageIdOf({ data }: JobEnd): string {
  return `msg_${data.jobId}`;
}

/** @param snapshot of a job that has ended */
export function jobEnd(
  record: JobRecord,
  { status, stage, output, artifacts, errors, completedAt }: JobSnapshot,
): JobEnd {
  return {
    type: TYPES[status] ?? 'job.ended',
    timestamp: completedAt ?? new Date(record.createdAt).toISOString(),
    data: {
      jobId: record.id,
      ownerId: record.ownerId,
      title: record.spec.brief.topic,
      status,
      stage,
      output,
      artifacts,
      errors,
      retryOf: record.retryOf,
      attempt: record.attempt,
      correlationId: record.correlationId,
    },
  };
}
