/** A limit was reached (HTTP 429). */
import { AuraError } from './aura-error.ts';

/** Too many requests; `retryAfterMs` says how long to wait. Retryable. */
export class RateLimitedError extends AuraError {
  override readonly name = 'RateLimitedError';
}
