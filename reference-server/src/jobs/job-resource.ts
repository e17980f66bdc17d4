/** The job as REST shows it: the fold of its events and the facts of its record. */
import type { JobSnapshot } from '@aura-jobs/sdk/protocol';
import type { JobRecord } from './job-store.ts';

/** Log lines in an answer (protocol sheet, C-20). */
const LOGS = 100;

/** Body of `GET /api/jobs/{id}`; the second names of some fields are those of earlier backends. */
export interface JobResource extends JobSnapshot {
  readonly id: string;
  readonly ownerId: string;
  readonly progressMessage: string;
  readonly outputPath: string | null;
  readonly brief: JobRecord['spec']['brief'];
}

export function toJobResource(record: JobRecord, snapshot: JobSnapshot, queuePosition: number | null): JobResource {
  return {
    ...snapshot,
    id: record.id,
    ownerId: record.ownerId,
    jobId: record.id,
    title: record.spec.brief.topic,
    correlationId: record.correlationId,
    createdAt: new Date(record.createdAt).toISOString(),
    retryOf: record.retryOf,
    attempt: record.attempt,
    queuePosition,
    logs: snapshot.logs.slice(-LOGS),
    progressMessage: snapshot.message,
    outputPath: snapshot.output?.videoPath ?? null,
    brief: record.spec.brief,
  };
}
