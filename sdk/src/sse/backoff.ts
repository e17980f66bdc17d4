/** How long to wait before the next attempt (guide: 1 s doubling, 5 attempts; cap 30 s). */

export interface RetryOptions {
  /** Wait before the first attempt of an outage, in ms. @defaultValue 1000 */
  initialDelayMs?: number;
  /** No computed wait is longer, in ms. A wait that the server asked for is kept as it is. @defaultValue 30000 */
  maxDelayMs?: number;
  /** Attempts per outage; `Infinity` never gives up. @defaultValue 5 */
  maxAttempts?: number;
  /** Full jitter: each computed wait is a random part of its value, so that many readers do not come back at once. @defaultValue true */
  jitter?: boolean;
}

export const DEFAULT_RETRY: Required<RetryOptions> = {
  initialDelayMs: 1000,
  maxDelayMs: 30_000,
  maxAttempts: 5,
  jitter: true,
};

/** Computed wait before attempt `attempt` (1-based) of an outage, in ms. */
export function backoffDelay(attempt: number, { initialDelayMs, maxDelayMs, jitter }: Required<RetryOptions>): number {
  const delay = Math.min(maxDelayMs, initialDelayMs * 2 ** (attempt - 1));
  return jitter ? Math.random() * delay : delay;
}
