/** So many requests of one kind in a minute, for each owner (AC-52). */
import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { ServiceError } from '../../jobs/service-error.ts';
import type { Rates } from '../../limits/rate.ts';
import { callerOf } from './caller.ts';

const SECONDS = 60;

/** Counts one of its kind and says in the answer's headers what is left. @throws {ServiceError} `RateLimited` */
export type Counter = (request: Request, response: Response) => Promise<void>;

/** @param perMinute 0: no limit @param what for the message, for example `new jobs` */
export function counter(rates: Rates, perMinute: number, what: string): Counter {
  if (perMinute === 0) return async () => {};
  const limiter = rates(what, perMinute, SECONDS);
  return async (request, response) => {
    try {
      tell(response, perMinute, await limiter.consume(callerOf(request).id));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      tell(response, perMinute, refused);
      throw new ServiceError('RateLimited', `That was more than ${perMinute} ${what} in a minute.`, {
        retryAfter: secondsUntilReset(refused),
      });
    }
  };
}

/** Counts each request. */
export function rateLimit(...kind: Parameters<typeof counter>): RequestHandler {
  const count = counter(...kind);
  return async (request, response, next) => {
    await count(request, response);
    next();
  };
}

/** In both spellings that clients look for. */
function tell(response: Response, limit: number, state: RateLimiterRes): void {
  const values = { Limit: limit, Remaining: Math.max(0, state.remainingPoints), Reset: secondsUntilReset(state) };
  for (const [name, value] of Object.entries(values))
    response.set({ [`RateLimit-${name}`]: String(value), [`X-RateLimit-${name}`]: String(value) });
}

function secondsUntilReset({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
