/** So many of something in a time, counted over all processes. Implemented by each engine with rate-limiter-flexible. */
import type { RateLimiterRes } from 'rate-limiter-flexible';

export interface Rate {
  /** Counts one. @throws {RateLimiterRes} that was too many */
  consume(key: string): Promise<RateLimiterRes>;
}

/** @param name what is counted @param points how many in `duration` seconds */
export type Rates = (name: string, points: number, duration: number) => Rate;
