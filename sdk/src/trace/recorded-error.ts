/** A recorded error as the client had it. */
import { errorOfName } from '../errors/error-of-name.ts';
import type { TracedError } from './trace-entry.ts';

/** The same class and facts, but for the time that the server asked to wait: nobody waits in a replay. */
export function recordedError({ name, message, code, body, cause, ...facts }: TracedError): Error {
  // What `fetch` and streams throw; the client makes its own error of it.
  if (code === undefined) return new TypeError(message, { cause });
  const problem = body === undefined ? undefined : (JSON.parse(body) as object);
  return errorOfName(name, message, { code, cause, problem, ...facts });
}
