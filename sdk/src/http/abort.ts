/** Work that an AbortSignal can end. Nothing here leaves a timer or a listener behind. */

/** Sets a timer, for 24.8 days at most: a longer one would fire at once. */
export function startTimer(callback: () => void, ms: number): ReturnType<typeof setTimeout> {
  return setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
}

/** Resolves after `ms`; rejects at once with the signal's reason when it is aborted. */
export function abortableDelay(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const elapsed = new Promise<void>((resolve) => {
    timer = startTimer(resolve, ms);
  });
  return abortable(elapsed, signal).finally(() => clearTimeout(timer));
}

/** The promise's result, or the signal's reason as soon as it is aborted: for work that does not listen itself. */
export function abortable<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, reject);
    void work.then(resolve, reject).then(release);
  });
}

/** Calls back with the reason when the signal is aborted, at once if it is so already. @returns a function that forgets it */
export function onAbort(signal: AbortSignal | undefined, callback: (reason: unknown) => void): () => void {
  const listener = (): void => callback(signal!.reason);
  if (signal?.aborted) listener();
  else signal?.addEventListener('abort', listener, { once: true });
  return () => signal?.removeEventListener('abort', listener);
}
