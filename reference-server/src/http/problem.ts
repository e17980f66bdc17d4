/** RFC 9457 problem objects: one table from code to status and title. */
import type { ServiceError, ServiceErrorCode } from '../jobs/service-error.ts';

/** `code` where several problems are one to a reader. */
interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly code?: string;
}

/** Told at `/docs`, where the `type` of a problem points. */
export const PROBLEMS: Record<ServiceErrorCode | 'InternalError', ProblemKind> = {
  InvalidInput: { status: 400, title: 'The request is not valid' },
  SignInRequired: { status: 401, title: 'Sign in first', code: 'AccessDenied' },
  AccessDenied: { status: 403, title: 'Not allowed' },
  JobNotFound: { status: 404, title: 'No such job' },
  NotFound: { status: 404, title: 'Not found' },
  MethodNotAllowed: { status: 405, title: 'This method is not served here' },
  RequestTimeout: { status: 408, title: 'The request took too long', code: 'ServiceUnavailable' },
  NotCancellable: { status: 409, title: 'The job cannot be cancelled' },
  NotRetryable: { status: 409, title: 'The job cannot be retried' },
  NotPausable: { status: 409, title: 'The job cannot be paused' },
  NotResumable: { status: 409, title: 'The job cannot be resumed' },
  NotFailed: { status: 409, title: 'The job has not failed' },
  NotDeletable: { status: 409, title: 'The job cannot be deleted' },
  PayloadTooLarge: { status: 413, title: 'The request is too large' },
  UnsupportedMediaType: { status: 415, title: 'The request is in an unknown format' },
  RangeNotSatisfiable: { status: 416, title: 'The range lies outside the file' },
  IdempotencyKeyReused: { status: 422, title: 'The idempotency key was used before' },
  UpgradeRequired: { status: 426, title: 'This is served on a WebSocket' },
  RateLimited: { status: 429, title: 'Too much at once' },
  HeadersTooLarge: { status: 431, title: 'The headers are too large', code: 'PayloadTooLarge' },
  InternalError: { status: 500, title: 'The server failed' },
  ServiceUnavailable: { status: 503, title: 'Not available now' },
};

/** Body of every error answer. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly correlationId: string;
}

export function statusOf(code: ServiceErrorCode): number {
  return PROBLEMS[code].status;
}

export function problemFrom(
  error: Pick<ServiceError, 'message' | 'extras'> & { code: keyof typeof PROBLEMS },
  correlationId: string,
): Problem {
  const { status, title, code = error.code } = PROBLEMS[error.code];
  return {
    type: `/docs#${code}`,
    title,
    status,
    detail: error.message,
    code,
    correlationId,
    ...error.extras,
  };
}
