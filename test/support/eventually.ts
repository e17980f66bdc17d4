/** Waits for a condition, as long as a busy machine may need. */

// Taken before a test may put its own clock in place.
const { setTimeout } = globalThis;

const EVERY_MS = 10;

/**
 * Resolves with the first result that is truthy.
 *
 * @param seconds of patience. Not by the clock: a machine that stood still has not looked in that time
 * @throws when no check was true, 100 for each of the seconds
 */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 30): Promise<T> {
  for (let left = (seconds * 1000) / EVERY_MS; left > 0; left--) {
    const result = await check();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  throw new Error(`It never came true: ${check.toString()}`);
}
