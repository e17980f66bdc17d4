/** So many streams, sockets and polls at the same time, for each owner; closing one makes room (AC-51). */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';
import type { Slots } from '../../limits/slots.ts';
import { asksForWebSocket } from '../upgrades.ts';
import { callerOf } from './caller.ts';

/** When to try again, in seconds: a poll has ended by then, a stream may have. */
const RETRY_AFTER_SECONDS = 5;

/** @param limit 0: no limit */
export function streamSlots(slots: Slots, limit: number): RequestHandler {
  return async (request, response, next) => {
    const { id } = callerOf(request);
    // A socket's response is let go of when the upgrade is done.
    const end = asksForWebSocket(request) ? request.socket : response;
    if (limit === 0 || end.destroyed) return next();
    const slot = await slots.take(`streams ${id}`, limit);
    if (!slot) {
      throw new ServiceError(
        'RateLimited',
        `${limit} streams are open already. Close one, or read several jobs in one.`,
        {
          retryAfter: RETRY_AFTER_SECONDS,
        },
      );
    }
    // The reader may have left meanwhile.
    if (end.destroyed) return slot.release();
    end.once('close', () => slot.release());
    next();
  };
}
