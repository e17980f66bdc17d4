/** How long to wait after an attempt that failed. */

const MAX_MS = 900_000;
/** A receiver may ask for more time, but not for ever. */
const MAX_ASKED_MS = 3_600_000;

/**
 * Doubles with each attempt, and falls anywhere in the upper half of that, so that those who failed together do not come
 * back together.
 *
 * @param attempt 1 after the first @param options.askedMs what the receiver asked for @returns whole ms
 */
export function retryWait(
  attempt: number,
  {
    firstMs,
    askedMs = 0,
    random = Math.random,
  }: { firstMs: number; askedMs?: number | undefined; random?: () => number },
): number {
  const full = Math.min(firstMs * 2 ** (attempt - 1), MAX_MS);
  return Math.round(Math.max(full / 2 + (random() * full) / 2, Math.min(askedMs, MAX_ASKED_MS)));
}
