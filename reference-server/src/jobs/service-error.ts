/** A request that cannot be met, by symbolic code; the HTTP layer knows the status of each. */

/** Codes a request can fail with (protocol sheet, section 5). */
export type ServiceErrorCode =
  | 'InvalidInput'
  | 'JobNotFound'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'IdempotencyKeyReused'
  | 'NotCancellable'
  | 'NotRetryable'
  | 'NotPausable'
  | 'NotResumable'
  | 'NotDeletable'
  | 'NotFailed'
  | 'SignInRequired'
  | 'AccessDenied'
  | 'RateLimited'
  | 'PayloadTooLarge'
  | 'HeadersTooLarge'
  | 'RequestTimeout'
  | 'RangeNotSatisfiable'
  | 'UnsupportedMediaType'
  | 'UpgradeRequired'
  | 'ServiceUnavailable';

/** Extra members of the problem object. */
export interface ServiceErrorExtras {
  readonly field?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  readonly guidance?: string;
  readonly currentStatus?: string;
  readonly suggestedActions?: readonly string[];
  readonly provider?: string;
  readonly jobId?: string;
  /** Seconds until it is worth trying again; also the header `Retry-After`. */
  readonly retryAfter?: number;
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  readonly extras: ServiceErrorExtras;

  /** @param message what failed, with what, and what to do */
  constructor(code: ServiceErrorCode, message: string, extras: ServiceErrorExtras = {}) {
    super(message);
    this.code = code;
    this.extras = extras;
  }
}
