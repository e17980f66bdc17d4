/** Base of every error that this SDK throws or hands to a callback. */
import type { ProblemDetails } from '../protocol/problem-details.ts';

export interface AuraErrorOptions {
  /** Symbolic code of the protocol sheet, section 5. */
  readonly code: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** The answer's `X-Correlation-ID`: quote it to support. */
  readonly requestId?: string | undefined;
  /** Whether the same call may succeed later without any change. */
  readonly retryable?: boolean | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The answer's problem object. */
  readonly problem?: ProblemDetails | undefined;
  readonly cause?: unknown;
}

// A registered symbol is the same in every copy of this module, so the guard works across bundles and frames.
const BRAND = Symbol.for('aura-jobs.error');

/** A failure with a code to switch on. The message says what failed, with what, and what to do next. */
export class AuraError extends Error {
  override readonly name: string = 'AuraError';
  declare readonly code: string;
  declare readonly status: number | undefined;
  declare readonly requestId: string | undefined;
  declare readonly retryable: boolean;
  declare readonly retryAfterMs: number | undefined;
  declare readonly problem: ProblemDetails | undefined;

  constructor(message: string, { cause, ...facts }: AuraErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { retryable: false }, facts);
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * Whether a value is an error of this SDK, also when it comes from another copy of it.
 *
 * @example
 * try { await client.jobs.cancel(id); }
 * catch (error) { if (isAuraError(error) && error.code === 'NotCancellable') showState(error.problem?.currentStatus); }
 */
export function isAuraError(value: unknown): value is AuraError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
