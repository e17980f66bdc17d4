/** The server failed (HTTP 5xx). */
import { AuraError } from './aura-error.ts';

/** The server could not answer. Retryable. */
export class ServerError extends AuraError {
  override readonly name = 'ServerError';
}
