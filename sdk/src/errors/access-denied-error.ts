/** The caller is not known or not allowed (HTTP 401, 403). */
import { AuraError } from './aura-error.ts';

/** The token is missing, wrong or not allowed to do this. Sign in and try again. */
export class AccessDeniedError extends AuraError {
  override readonly name = 'AccessDeniedError';
}
