/** So many streams, sockets and polls at the same time, for each owner; closing one makes room (AC-51). */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';
import { asksForWebSocket } from '../upgrades.ts';
import { callerOf } from './caller.ts';

/** When to try again, in seconds: a poll has ended by then, a stream may have. */
const RETRY_AFTER_SECONDS = 5;

/** @param limit 0: no limit. One handler counts what it lets through, so all ways to read events share it. */
export function streamSlots(limit: number): RequestHandler {
  const taken = new Map<string, number>();
  return (request, response, next) => {
    const { id } = callerOf(request);
    // A socket's response is let go of when the upgrade is done.
    const end = asksForWebSocket(request) ? request.socket : response;
    if (limit === 0 || end.destroyed) return next();
    const count = taken.get(id) ?? 0;
    if (count >= limit) {
      throw new ServiceError(
        'RateLimited',
        `${limit} streams are open already. Close one, or read several jobs in one.`,
        {
          retryAfter: RETRY_AFTER_SECONDS,
        },
      );
    }
    taken.set(id, count + 1);
    end.once('close', () => {
      const left = taken.get(id)! - 1;
      if (left > 0) taken.set(id, left);
      else taken.delete(id);
    });
    next();
  };
}
