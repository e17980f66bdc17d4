/** Reads a job's log. */
import type { Redis } from 'ioredis';
import type { LoggedEvent } from '../../events/event-log.ts';
import { keys } from './keys.ts';

/** Up to `limit` events after an id, oldest first; `undefined`: from the beginning. */
export async function readEvents(
  redis: Redis,
  jobId: string,
  after: string | undefined,
  limit: number,
): Promise<LoggedEvent[]> {
  const entries = await redis.xrange(keys.events(jobId), after ? `(${after}` : '-', '+', 'COUNT', limit);
  return entries.map(([id, [, type, , json]]) => ({ id, type: type as LoggedEvent['type'], json: json! }));
}
