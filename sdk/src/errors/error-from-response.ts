/** Chooses the error class for an HTTP answer, in one place. */
import { retryAfterMs } from '../http/retry-after.ts';
import { fieldsOf } from '../protocol/fold-keys.ts';
import { firstText } from '../protocol/read-fields.ts';
import type { ProblemDetails } from '../protocol/problem-details.ts';
import { AccessDeniedError } from './access-denied-error.ts';
import { AuraError } from './aura-error.ts';
import type { AuraErrorOptions } from './aura-error.ts';
import { InvalidInputError } from './invalid-input-error.ts';
import { JobNotFoundError } from './job-not-found-error.ts';
import { NotCancellableError } from './not-cancellable-error.ts';
import { NotRetryableError } from './not-retryable-error.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { ServerError } from './server-error.ts';

type ErrorClass = new (message: string, options: AuraErrorOptions) => AuraError;

const MAX_BODY = 16_384;

/** The typed error for an answer that is not a success. Never fails itself, whatever the body holds (AC sheet, 3.4). */
export async function errorFromResponse(response: Response, what: string): Promise<AuraError> {
  const text = (await response.text().catch(() => '')).slice(0, MAX_BODY);
  const problem = readProblem(text);
  const { status } = response;
  const [Class, code] = classFor(status, what);
  const said = firstText(problem.detail, fieldsOf(problem).message, fieldsOf(problem).error, problem.title);
  return new Class(`${what} answered ${status}: ${said || response.statusText || 'no reason given'}`, {
    code: problem.code ?? code,
    status,
    requestId: response.headers.get('x-correlation-id') ?? problem.correlationId,
    retryable: status >= 500 || status === 429 || status === 408,
    retryAfterMs: retryAfterMs(response.headers),
    problem,
  });
}

function classFor(status: number, what: string): [ErrorClass, string] {
  if (status === 401 || status === 403) return [AccessDeniedError, 'AccessDenied'];
  if (status === 404 || status === 410) return [JobNotFoundError, 'JobNotFound'];
  // Backends of the original family answer 400 where this protocol says 409 (C-15).
  if ((status === 409 || status === 400) && what.endsWith('/cancel')) return [NotCancellableError, 'NotCancellable'];
  if ((status === 409 || status === 400) && what.includes('/retry')) return [NotRetryableError, 'NotRetryable'];
  if (status === 400 || status === 413 || status === 422) return [InvalidInputError, 'InvalidInput'];
  if (status === 429) return [RateLimitedError, 'RateLimited'];
  return status >= 500 ? [ServerError, 'ServiceUnavailable'] : [AuraError, 'UnknownError'];
}

/** HTML pages and empty bodies give an empty problem. */
function readProblem(text: string): ProblemDetails {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
