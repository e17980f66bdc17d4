/** Errors on their way from one tab to another: what a structured clone keeps of a class is only its name. */
import { isAuraError } from '../errors/aura-error.ts';
import type { AuraError, AuraErrorOptions } from '../errors/aura-error.ts';
import { errorOfName } from '../errors/error-of-name.ts';

export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly facts: AuraErrorOptions;
}

/**
 * Whether any tab would have failed so: the server has said it, or no retry mends it. That a connection broke may be one
 * tab's trouble; browsers break it off even before they tell a page that it is left.
 */
export function concernsAll(error: unknown): error is AuraError {
  return isAuraError(error) && (!error.retryable || error.status !== undefined);
}

/** Keeps what a caller decides by; the cause stays where it happened. */
export function packError(error: AuraError): PortableError {
  const { name, message, code, status, requestId, retryable, retryAfterMs, problem } = error;
  return { name, message, facts: { code, status, requestId, retryable, retryAfterMs, problem } };
}

export function unpackError({ name, message, facts }: PortableError): AuraError {
  return errorOfName(name, message, facts);
}
