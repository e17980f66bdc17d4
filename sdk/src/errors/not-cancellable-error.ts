/** Cancel was refused because of the job's state (HTTP 409). */
import { AuraError } from './aura-error.ts';

/** The job cannot be cancelled any more; `problem.currentStatus` says why (C-15). */
export class NotCancellableError extends AuraError {
  override readonly name = 'NotCancellableError';
}
