/** The request was not valid (HTTP 400, 413, 422). */
import { AuraError } from './aura-error.ts';

/** A field is missing or out of range; `problem.field` and `problem.errors` name it. */
export class InvalidInputError extends AuraError {
  override readonly name = 'InvalidInputError';
}
