/** An error that comes from elsewhere – another tab, a trace – where only its class's name and its facts were kept. */
import { AccessDeniedError } from './access-denied-error.ts';
import { AuraError } from './aura-error.ts';
import type { AuraErrorOptions } from './aura-error.ts';
import { ConnectionError } from './connection-error.ts';
import { InvalidInputError } from './invalid-input-error.ts';
import { JobNotFoundError } from './job-not-found-error.ts';
import { ProtocolError } from './protocol-error.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { ServerError } from './server-error.ts';

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

/** The error of that class; of the base class where the name is none of these. */
export function errorOfName(name: string, message: string, facts: AuraErrorOptions): AuraError {
  return new (CLASSES[name] ?? AuraError)(message, facts);
}
