/** The other side does not speak the protocol. */
import { AuraError } from './aura-error.ts';

/** An answer of the wrong content type, a payload that is not JSON, or an event over the size limit. */
export class ProtocolError extends AuraError {
  override readonly name = 'ProtocolError';
}
