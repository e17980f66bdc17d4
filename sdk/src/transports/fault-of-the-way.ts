/** Tells faults of a transport from faults that every transport would meet. */
import { AuraError } from '../errors/aura-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';

/** What proxies answer where they know no streams or no sockets. */
const STATUSES: readonly unknown[] = [405, 406, 426, 501];

/**
 * Whether another transport may do better: something between has changed the answer, or lets no socket through. All
 * else – the network, the token, the job, the server – is the same by every way, so it is said at once (AC-33).
 */
export function isFaultOfTheWay(error: unknown): error is AuraError {
  if (error instanceof ProtocolError || error instanceof ConnectionError) return true;
  return error instanceof AuraError && STATUSES.includes(error.status);
}
