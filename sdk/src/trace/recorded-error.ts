/** A recorded error as the client had it. */
import { AccessDeniedError } from '../errors/access-denied-error.ts';
import { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { JobNotFoundError } from '../errors/job-not-found-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { RateLimitedError } from '../errors/rate-limited-error.ts';
import { ServerError } from '../errors/server-error.ts';
import type { TracedError } from './trace-entry.ts';

// What an attempt to connect can end with.
const CLASSES: Readonly<Record<string, typeof AuraError>> = {
  AccessDeniedError,
  ConnectionError,
  InvalidInputError,
  JobNotFoundError,
  ProtocolError,
  RateLimitedError,
  ServerError,
};

/** The same class and facts, but for the time that the server asked to wait: nobody waits in a replay. */
export function recordedError({ name, message, code, body, cause, ...facts }: TracedError): Error {
  // What `fetch` and streams throw; the client makes its own error of it.
  if (code === undefined) return new TypeError(message, { cause });
  const problem = body === undefined ? undefined : (JSON.parse(body) as object);
  return new (CLASSES[name] ?? AuraError)(message, { code, cause, problem, ...facts });
}
