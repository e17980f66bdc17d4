/** A snapshot told as events, for a reader of events that joins late. */
import type { JobEvent, JobEventDraft } from './job-events.ts';
import type { JobSnapshot } from './job-snapshot.ts';
import { isTerminal } from './job-status.ts';

/**
 * What a first connection would say of this state: the status, the current step and how far it is, or how the job
 * ended. These events are not in the log, so they have no id.
 */
export function stateEvents(job: JobSnapshot): JobEvent[] {
  const { jobId, status, stage, phase, percent, message } = job;
  const correlationId = job.correlationId ?? '';
  const events: JobEventDraft[] = [{ type: 'job-status', data: { status, stage, percent, correlationId } }];
  if (isTerminal(status)) events.push(endingEvent(job, correlationId));
  else if (status !== 'Queued') {
    const { substageDetail, currentItem, totalItems, elapsedTime, estimatedTimeRemaining } = job;
    events.push(
      { type: 'step-status', data: { step: stage, status: 'started', phase, correlationId } },
      {
        type: 'step-progress',
        data: {
          ...{ step: stage, phase, progressPct: percent, percent, message, substageDetail, currentItem, totalItems },
          ...{ elapsedTime, estimatedTimeRemaining, correlationId },
        },
      },
    );
  }
  return events.map((event) => ({ ...event, data: { jobId, ...event.data } }) as JobEvent);
}

function endingEvent(job: JobSnapshot, correlationId: string): JobEventDraft {
  const { jobId, stage, message, errors, artifacts, output } = job;
  if (job.status === 'Failed') {
    const errorMessage = job.errorMessage ?? '';
    const logs = job.logs.slice(-10);
    return {
      type: 'job-failed',
      data: { status: 'Failed', jobId, stage, errorMessage, errors: [...errors], logs, correlationId },
    };
  }
  if (job.status === 'Canceled') {
    return { type: 'job-cancelled', data: { status: 'Cancelled', jobId, stage, message, correlationId } };
  }
  return {
    type: 'job-completed',
    data: { status: 'Succeeded', jobId, artifacts: [...artifacts], output: output!, correlationId },
  };
}
