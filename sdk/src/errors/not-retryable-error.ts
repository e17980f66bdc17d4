/** Retry was refused because of the job's state (HTTP 409). */
import { AuraError } from './aura-error.ts';

/** The job cannot be retried; only failed jobs can (AC-58). `problem.currentStatus` says what it is. */
export class NotRetryableError extends AuraError {
  override readonly name = 'NotRetryableError';
}
