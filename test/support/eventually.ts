/** Waits for a condition, as long as a busy machine may need. */

// Taken before a test may put its own clock in place.
const { setTimeout } = globalThis;

const EVERY_MS = 10;
/** Half a minute. Not by the clock: a machine that stood still has not looked in that time. */
const CHECKS = 3000;

/** Resolves with the first result that is truthy. @throws when there was none in 3000 checks, 10 ms apart */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  for (let left = CHECKS; left > 0; left--) {
    const result = await check();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  throw new Error(`It never came true: ${check.toString()}`);
}
