/** The event that tells how a job ended. */
import type { JobSnapshot } from '@aura-jobs/sdk';
import { AuraJobCanceledEvent, AuraJobCompletedEvent, AuraJobFailedEvent } from './events.ts';

export function endingEvent(job: JobSnapshot): AuraJobCompletedEvent | AuraJobFailedEvent | AuraJobCanceledEvent {
  const { jobId, stage, percent, output, artifacts, errorMessage, errors, correlationId } = job;
  if (job.status === 'Succeeded') return new AuraJobCompletedEvent({ jobId, output, artifacts });
  if (job.status === 'Failed') return new AuraJobFailedEvent({ jobId, stage, errorMessage, errors, correlationId });
  return new AuraJobCanceledEvent({ jobId, stage, percent });
}
