/** What a trace says of an error. */
import { isAuraError } from '../errors/aura-error.ts';
import type { TracedError } from './trace-entry.ts';

export function describeFault(error: unknown): TracedError {
  // Whoever throws something else may throw anything, a token for example.
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an Error' };
  const { name, message } = error;
  const cause = error.cause instanceof Error && { cause: error.cause.message };
  if (!isAuraError(error)) return { name, message, ...cause };
  const { code, status, requestId, retryable, problem } = error;
  return {
    name,
    message,
    ...cause,
    code,
    retryable,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(problem && { body: JSON.stringify(problem) }),
  };
}
