/** The job is unknown, expired or somebody else's (HTTP 404, 410). */
import { AuraError } from './aura-error.ts';

/** The job is unknown, expired or owned by somebody else. Not retryable: start a new one. */
export class JobNotFoundError extends AuraError {
  override readonly name = 'JobNotFoundError';
}
