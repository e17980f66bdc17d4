/** Waits for a condition, as long as a busy machine may need. */
import { vi } from 'vitest';

const TIMEOUT_MS = 30_000;

/** Resolves with the first result that is truthy. @throws when there was none in 30 s */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitUntil(check, { timeout: TIMEOUT_MS, interval: 10 });
}
