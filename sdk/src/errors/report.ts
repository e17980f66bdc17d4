/** Calls back without letting the caller's faults in. */

/** A fault in a callback is the caller's to see, as an uncaught error, but it stops neither the stream nor other readers. */
export function report<T>(callback: ((value: T) => void) | undefined, value: T): void {
  try {
    callback?.(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
