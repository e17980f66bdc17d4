/** The network or the link failed; the server may be well. */
import { AuraError } from './aura-error.ts';

/** No answer, or a stream that broke, fell silent or could not be opened again. Retryable. */
export class ConnectionError extends AuraError {
  override readonly name = 'ConnectionError';
}
