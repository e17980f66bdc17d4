/** Waits that an AbortSignal can end. They leave no timer and no listener. */

/** Longest time a timer can take, in ms (24.8 days); a longer one would fire at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;

/** Resolves after `ms`; rejects at once with the signal's reason when it is aborted. */
export async function abortableDelay(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
  });
  await abortable(elapsed, signal).finally(() => clearTimeout(timer));
}

/** The promise's result, or the signal's reason as soon as it is aborted: for work that does not listen itself. */
export function abortable<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    void work.then(resolve, reject).then(() => signal.removeEventListener('abort', onAbort));
  });
}
