/** Errors on their way from one tab to another: what a structured clone keeps of a class is only its name. */
import { AccessDeniedError } from '../errors/access-denied-error.ts';
import { AuraError, isAuraError } from '../errors/aura-error.ts';
import type { AuraErrorOptions } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { JobNotFoundError } from '../errors/job-not-found-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { RateLimitedError } from '../errors/rate-limited-error.ts';
import { ServerError } from '../errors/server-error.ts';

export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly facts: AuraErrorOptions;
}

/** Those that a connection can end with. */
const CLASSES: Readonly<Record<string, typeof AuraError>> = {
  AccessDeniedError,
  ConnectionError,
  InvalidInputError,
  JobNotFoundError,
  ProtocolError,
  RateLimitedError,
  ServerError,
};

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
  return new (CLASSES[name] ?? AuraError)(message, facts);
}
