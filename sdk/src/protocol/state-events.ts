/** A snapshot told as events, for a reader of events that joins late. */
import type { JobEvent, JobEventType } from './job-events.ts';
import type { JobSnapshot } from './job-snapshot.ts';

/**
 * What a first connection would say of this state: the status, the current step and how far it is, or how the job
 * ended. These events are not in the log, so they have no id; the fields of the snapshot have the names of the wire.
 */
export function stateEvents(job: JobSnapshot): JobEvent[] {
  const { status, stage, percent } = job;
  const tell = (type: JobEventType, extra?: object): JobEvent =>
    ({
      type,
      data: { ...job, step: stage, progressPct: percent, correlationId: job.correlationId ?? '', ...extra },
    }) as unknown as JobEvent;
  const events = [tell('job-status')];
  if (status === 'Running' || status === 'Paused') {
    events.push(tell('step-status', { status: 'started' }), tell('step-progress'));
  } else if (status === 'Succeeded') events.push(tell('job-completed'));
  else if (status === 'Failed')
    events.push(tell('job-failed', { errorMessage: job.errorMessage ?? '', logs: job.logs.slice(-10) }));
  else if (status === 'Canceled') events.push(tell('job-cancelled', { status: 'Cancelled' }));
  return events;
}
