/** A snapshot told as events, for a reader of events that joins late. */
import type { JobEvent, JobEventType } from './job-events.ts';
import type { JobSnapshot } from './job-snapshot.ts';

/**
 * What a first connection would say of this state: the status, the current step and how far it is, or how the job
 * ended. These events are not in the log, so they have no id; the fields of the snapshot have the names of the wire.
 */
export function stateEvents(job: JobSnapshot): JobEvent[] {
  const { stage, percent, correlationId, errorMessage, logs } = job;
  const tell = (type: JobEventType, status: string = job.status): JobEvent =>
    ({
      type,
      data: {
        ...job,
        status,
        step: stage,
        progressPct: percent,
        correlationId: correlationId ?? '',
        errorMessage: errorMessage ?? '',
        logs: logs.slice(-10),
      },
    }) as unknown as JobEvent;
  const events = [tell('job-status')];
  if (job.status === 'Succeeded') events.push(tell('job-completed'));
  else if (job.status === 'Failed') events.push(tell('job-failed'));
  else if (job.status === 'Canceled') events.push(tell('job-cancelled', 'Cancelled'));
  else if (job.status !== 'Queued') events.push(tell('step-status', 'started'), tell('step-progress'));
  return events;
}
