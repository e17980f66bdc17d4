/** Chooses the error class for an HTTP answer, in one place. */
import { isTransient, retryAfterMs } from '../http/retry-after.ts';
import { fieldsOf } from '../protocol/fold-keys.ts';
import { firstText } from '../protocol/read-fields.ts';
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

/** The typed error for an answer that is not a success. Never fails itself, whatever the body holds (AC sheet, 3.4). */
export async function errorFromResponse(response: Response, what: string): Promise<AuraError> {
  const { status, headers } = response;
  const problem = readProblem(await response.text().catch(() => ''));
  const { code, detail, message, error, title, correlationId } = problem;
  const [Class, ownCode] = classFor(status, what);
  const said = firstText(detail, message, error, title, response.statusText);
  return new Class(`${what} answered ${status}: ${said || 'no reason given'}`, {
    code: firstText(code, ownCode),
    status,
    requestId: firstText(headers.get('x-correlation-id'), correlationId) || undefined,
    retryable: isTransient(status),
    retryAfterMs: retryAfterMs(response),
    problem,
  });
}

function classFor(status: number, what: string): [ErrorClass, string] {
  if (status === 401 || status === 403) return [AccessDeniedError, 'AccessDenied'];
  if (status === 404 || status === 410) return [JobNotFoundError, 'JobNotFound'];
  if (status === 429) return [RateLimitedError, 'RateLimited'];
  if (status >= 500) return [ServerError, 'ServiceUnavailable'];
  // Backends of the original family answer 400 where this protocol says 409 (C-15).
  if (status === 409 || status === 400) {
    if (what.endsWith('/cancel')) return [NotCancellableError, 'NotCancellable'];
    if (what.endsWith('/retry')) return [NotRetryableError, 'NotRetryable'];
  }
  return /400|413|422/.test(`${status}`) ? [InvalidInputError, 'InvalidInput'] : [AuraError, 'UnknownError'];
}

/** HTML pages and empty bodies give an empty problem. */
function readProblem(text: string): Record<string, unknown> {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
